package main

import (
	"crypto/tls"
	"crypto/x509"
	"os"
)

var versions = map[string]uint16{
	"1.0": tls.VersionTLS10, "1.1": tls.VersionTLS11, "1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13,
}

var groups = map[string]tls.CurveID{
	"X25519": tls.X25519, "P-256": tls.CurveP256, "P-384": tls.CurveP384, "P-521": tls.CurveP521,
}

var demands = map[string]tls.ClientAuthType{
	"optional": tls.VerifyClientCertIfGiven, "required": tls.RequireAndVerifyClientCert,
}

// configuration is what both roles share, and the roles' own parts where they were given.
func configuration(s settings) *tls.Config {
	c := &tls.Config{
		ServerName: s["name"],
		MinVersion: versions[s["min"]],
		MaxVersion: versions[s["max"]],
		NextProtos: s.list("alpn", ","),
		ClientAuth: demands[s["auth"]],
	}
	if s["cert"] != "" {
		identity, err := tls.LoadX509KeyPair(s["cert"], s["key"])
		if err != nil {
			fatal(err)
		}
		c.Certificates = []tls.Certificate{identity}
		// Whatever authorities the server names.
		c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &identity, nil }
	}
	if s["ca"] != "" {
		pem, err := os.ReadFile(s["ca"])
		if err != nil {
			fatal(err)
		}
		c.RootCAs, c.ClientCAs = x509.NewCertPool(), x509.NewCertPool()
		c.RootCAs.AppendCertsFromPEM(pem)
		c.ClientCAs.AppendCertsFromPEM(pem)
	}
	if group, ok := groups[s["group"]]; ok {
		c.CurvePreferences = []tls.CurveID{group}
	}
	for _, suite := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		for _, name := range s.list("suites", ":") {
			if suite.Name == name {
				c.CipherSuites = append(c.CipherSuites, suite.ID)
			}
		}
	}
	if s["keylog"] != "" {
		file, err := os.OpenFile(s["keylog"], os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
		if err != nil {
			fatal(err)
		}
		c.KeyLogWriter = file
	}
	return c
}
