package main

import (
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"net"
	"reflect"
	"strconv"
)

// stream is a connection whose halves close one by one: TLS, or TCP alone.
type stream interface {
	net.Conn
	CloseWrite() error
}

// begin makes the handshake, where there is one, and tells of it.
func begin(connection stream) bool {
	c, ok := connection.(*tls.Conn)
	if !ok {
		return true
	}
	if err := c.Handshake(); err != nil {
		reportFailure(err)
		return false
	}
	reportHandshake(c)
	return true
}

// reportHandshake tells what this end negotiated.
func reportHandshake(c *tls.Conn) {
	state := c.ConnectionState()
	names := map[uint16]string{}
	for name, version := range versions {
		names[version] = name
	}
	resumed := "no"
	if state.DidResume {
		resumed = "yes"
	}
	pairs := []string{
		"version", names[state.Version], "suite", tls.CipherSuiteName(state.CipherSuite),
		"alpn", state.NegotiatedProtocol, "resumed", resumed, "name", state.ServerName,
		"certificates", strconv.Itoa(len(state.PeerCertificates)),
	}
	if len(state.PeerCertificates) > 0 {
		pairs = append(pairs, "subject", state.PeerCertificates[0].Subject.CommonName)
	}
	report("handshake", pairs...)
}

// intake counts and digests what arrives, and remembers how it ended.
type intake struct {
	received int
	digest   hash.Hash
}

func newIntake() *intake { return &intake{digest: sha256.New()} }

func (i *intake) Write(bytes []byte) (int, error) {
	i.received += len(bytes)
	return i.digest.Write(bytes)
}

func (i *intake) sum() string { return hex.EncodeToString(i.digest.Sum(nil)) }

// watchedEnd is a transport that remembers its end. crypto/tls takes EOF between records for a close_notify, and after
// a real close_notify it doesn't read on, so only whether TCP's end was seen tells the two apart.
type watchedEnd struct {
	net.Conn
	plain bool
	ended bool
}

func (w *watchedEnd) Read(bytes []byte) (int, error) {
	count, err := w.Conn.Read(bytes)
	w.ended = w.ended || err == io.EOF
	return count, err
}

// reportEnd tells how reading ended; io.Copy hides io.EOF.
func (i *intake) reportEnd(transport *watchedEnd, err error) {
	how := "close_notify"
	if transport.plain && err == nil {
		how = "eof"
	} else if transport.ended {
		how = "truncated"
	} else if err != nil {
		reportFailure(err)
		return
	}
	report("end", "how", how, "received", strconv.Itoa(i.received), "sha256", i.sum())
}

// reportFailure tells why a connection failed, with the alert that came, if one did.
func reportFailure(err error) {
	pairs := []string{}
	var operation *net.OpError
	if errors.As(err, &operation) && operation.Op == "remote error" {
		pairs = append(pairs, "alert", alertNames[reflect.ValueOf(operation.Err).Uint()])
	}
	report("failed", append(pairs, "words", err.Error())...)
}

// alertNames are the alerts of RFC 8446 §6 and of RFC 5246 by number: crypto/tls keeps its type to itself.
var alertNames = map[uint64]string{
	0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 40: "handshake_failure",
	42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired",
	46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
	51: "decrypt_error", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error",
	90: "user_canceled", 109: "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name",
	116: "certificate_required", 120: "no_application_protocol",
}

// patternRounds is how many times the 251 bytes of the pattern go out at a time.
const patternRounds = 256

// writePattern sends what a peer sends: byte i is i mod 251.
func writePattern(connection io.Writer, count int) error {
	bytes := make([]byte, 251*patternRounds)
	for i := range bytes {
		bytes[i] = byte(i % 251)
	}
	for count > 0 {
		size := len(bytes)
		if size > count {
			size = count
		}
		if _, err := connection.Write(bytes[:size]); err != nil {
			return err
		}
		count -= size
	}
	return nil
}
