"""What is recorded with `sluice connect`, peer by peer."""

import dataclasses
from collections.abc import Callable

from recording import sluice
from recording.servers import ROOT_FILE
from recording.sluice import echoes, fetches, fetches_and_waits, greets, listens

# What `sluice` ends with.
CLEAN, UNVERIFIED, REFUSED, TRUNCATED = 0, 2, 3, 4

BOTH = ["1.2", "1.3"]


@dataclasses.dataclass(frozen=True)
class ClientCase:
    """One journal of a client."""

    peer: str
    scenario: str
    version: str
    # How the server is started, for its function in servers.py.
    serve: dict = dataclasses.field(default_factory=dict)
    # Of `sluice connect`.
    options: tuple = ()
    talk: Callable = fetches
    # What it must end with, and words that it must say on standard error.
    status: int = CLEAN
    says: str = ""
    # The second of two connections is recorded, which resumes the first.
    resumes: bool = False

    role = "client"

    @property
    def name(self):
        return f"{self.peer}-client-{self.scenario}-tls{self.version.replace('.', '')}"


US = tuple(sluice.identity("client"))
ALPN = ("--alpn", "h2,http/1.1")
STRANGER = ("--ca", "stranger.pem")


def required_alert(version):
    return "received alert " + ("certificate_required" if version == "1.3" else "handshake_failure")


def openssl_cases():
    """The most of all, as `s_server` has an option for each."""
    judge = ("-Verify", "3", "-verify_return_error", "-CAfile", ROOT_FILE)
    for version in BOTH:

        def case(scenario, *server, identity="server-ecdsa", www=True, **how):
            serve = {"identity": identity, "options": ("-www", *server) if www else server}
            return ClientCase("openssl", scenario, version, serve, **how)

        yield case("full")
        yield case("resumed", resumes=True)
        yield case("alpn", "-alpn", "http/1.1", options=ALPN, says="ALPN http/1.1")
        yield case("mtls", *judge, options=US)
        yield case("rsa", identity="server-rsa", says="rsa_pss_rsae_sha256")
        yield case("ed25519", identity="server-ed25519", says="ed25519")
        yield case("long-chain", identity="long-chain")
        yield case("small-records", "-max_send_frag", "512")
        yield case("half-closed", www=False, talk=greets)
        yield case("unknown-ca", options=STRANGER, status=UNVERIFIED, talk=listens)
        yield case("wrong-host", identity="wrong-host", status=UNVERIFIED, talk=listens)
        yield case("expired", identity="expired", status=UNVERIFIED, talk=listens)
        yield case("no-client-certificate", *judge, status=REFUSED, says=required_alert(version), talk=listens)
        yield case(
            "no-common-protocol",
            "-alpn",
            "imap",
            options=ALPN,
            status=REFUSED,
            talk=listens,
            says="received alert no_application_protocol",
        )
        yield case("truncated", www=False, status=TRUNCATED, talk=sluice.meets_its_end)
        other = "1.3" if version == "1.2" else "1.2"
        yield case(
            "no-common-version",
            options=tuple(sluice.versions(other)),
            status=REFUSED,
            talk=listens,
            says="protocol_version",
        )
    yield ClientCase(
        "openssl", "hello-retry-request", "1.3", {"options": ("-www", "-groups", "P-384")}, says="secp384r1"
    )
    yield ClientCase(
        "openssl",
        "key-update",
        "1.3",
        {"options": ()},
        options=("--trace",),
        talk=sluice.updates_keys,
        says=">>   KeyUpdate",
    )
    yield ClientCase("openssl", "session-id", "1.2", {"options": ("-www", "-no_ticket")}, resumes=True)
    yield ClientCase(
        "openssl",
        "no-shared-cipher",
        "1.2",
        {"options": ("-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256")},
        talk=listens,
        options=("--ciphers", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
        status=REFUSED,
        says="received alert handshake_failure",
    )
    yield ClientCase(
        "openssl",
        "no-shared-cipher",
        "1.3",
        {"options": ("-ciphersuites", "TLS_AES_128_GCM_SHA256")},
        talk=listens,
        options=("--ciphers", "TLS_AES_256_GCM_SHA384"),
        status=REFUSED,
        says="received alert handshake_failure",
    )
    yield ClientCase(
        "openssl",
        "no-shared-group",
        "1.3",
        {"options": ("-groups", "P-384")},
        talk=listens,
        options=("--groups", "X25519"),
        status=REFUSED,
        says="received alert handshake_failure",
    )


def gnutls_cases():
    judge = ("--echo", "--require-client-cert", "--x509cafile", str(ROOT_FILE))
    for version in BOTH:
        yield ClientCase("gnutls", "full", version, talk=echoes())
        yield ClientCase("gnutls", "resumed", version, talk=echoes(), resumes=True)
        yield ClientCase(
            "gnutls", "alpn", version, {"options": ("--echo", "--alpn", "h2")}, ALPN, echoes(), says="ALPN h2"
        )
        yield ClientCase("gnutls", "mtls", version, {"options": judge}, US, echoes())
        yield ClientCase("gnutls", "rsa", version, {"identity": "server-rsa"}, talk=echoes())
        yield ClientCase("gnutls", "unknown-ca", version, options=STRANGER, talk=listens, status=UNVERIFIED)
    retry = {"priority": ":-GROUP-ALL:+GROUP-SECP384R1"}
    yield ClientCase("gnutls", "hello-retry-request", "1.3", retry, talk=echoes(), says="secp384r1")


def web_server_cases():
    """nginx, Apache and HAProxy."""
    demand = {
        "nginx": {"directives": ("ssl_verify_client on", "ssl_verify_depth 2", f"ssl_client_certificate {ROOT_FILE}")},
        "apache": {"directives": ("SSLVerifyClient require", "SSLVerifyDepth 2", f"SSLCACertificateFile {ROOT_FILE}")},
        "haproxy": {"bind": f"verify required ca-file {ROOT_FILE}"},
    }
    protocols = {
        "nginx": {"listen": "ssl http2"},
        "apache": {"directives": ("Protocols h2 http/1.1",)},
        "haproxy": {"bind": "alpn h2,http/1.1"},
    }
    group = {
        "nginx": {"directives": ("ssl_ecdh_curve secp384r1",)},
        "apache": {"directives": ("SSLOpenSSLConfCmd Groups P-384",)},
        "haproxy": {"bind": "curves P-384"},
    }
    for peer in ["nginx", "apache", "haproxy"]:
        for version in BOTH:
            yield ClientCase(peer, "full", version)
            yield ClientCase(peer, "resumed", version, resumes=True)
            yield ClientCase(peer, "alpn", version, protocols[peer], ("--alpn", "http/1.1"), says="ALPN http/1.1")
            yield ClientCase(peer, "mtls", version, demand[peer], US)
            yield ClientCase(peer, "wrong-host", version, {"identity": "wrong-host"}, status=UNVERIFIED, talk=listens)
        yield ClientCase(peer, "hello-retry-request", "1.3", group[peer], says="secp384r1")
        yield ClientCase(peer, "rsa", "1.3", {"identity": "server-rsa"})
    yield from odd_web_server_cases(demand["nginx"])


def odd_web_server_cases(nginx_demand):
    """Ends that only they make."""
    for version in BOTH:
        yield ClientCase("nginx", "no-client-certificate", version, nginx_demand)  # it sends a page that says so
        yield ClientCase(
            "nginx", "tired-of-waiting", version, {"directives": ("keepalive_timeout 300ms",)}, talk=fetches_and_waits
        )
        yield ClientCase("nginx", "closed-without-answer", version, {"page": "return 444;"}, status=TRUNCATED)
        yield ClientCase("haproxy", "closed-without-answer", version, {"rules": ("http-request reject",)})
    yield ClientCase(
        "nginx",
        "server-name-refused",
        "1.3",
        {"directives": ("ssl_reject_handshake on",)},
        status=REFUSED,
        talk=listens,
        says="received alert unrecognized_name",
    )
    yield ClientCase("nginx", "long-chain", "1.2", {"identity": "long-chain"})
    yield ClientCase("nginx", "no-tls", "1.3", {"listen": ""}, status=REFUSED, talk=listens)
    rules = ("mode tcp", "tcp-request inspect-delay 5s", "tcp-request content reject if { req.len gt 100 }")
    yield ClientCase(
        "haproxy", "closed-on-hello", "1.3", {"bind": None, "rules": rules}, talk=listens, status=TRUNCATED
    )


def stunnel_cases():
    judge = ("verifyChain = yes", f"CAfile = {ROOT_FILE}")
    for version in BOTH:
        yield ClientCase("stunnel", "full", version, talk=echoes())
        yield ClientCase("stunnel", "resumed", version, talk=echoes(), resumes=True)
        yield ClientCase("stunnel", "mtls", version, {"settings": judge}, US, echoes())
        yield ClientCase(
            "stunnel",
            "no-client-certificate",
            version,
            {"settings": judge},
            status=REFUSED,
            says=required_alert(version),
            talk=listens,
        )
    yield ClientCase(
        "stunnel", "hello-retry-request", "1.3", {"settings": ("curves = P-384",)}, talk=echoes(), says="secp384r1"
    )


def language_cases():
    """The peer program on each stack of its own."""
    for peer in ["go", "java", "node", "python", "boringssl"]:
        for version in BOTH:
            alpn, judged = {"alpn": "h2"}, {"auth": "required", "ca": ROOT_FILE}
            yield ClientCase(peer, "full", version, talk=echoes())
            yield ClientCase(peer, "resumed", version, talk=echoes(), resumes=True)
            yield ClientCase(peer, "alpn", version, alpn, ALPN, echoes(), says="ALPN h2")
            yield ClientCase(peer, "mtls", version, judged, US, echoes())
            if peer == "java":  # it says close_notify however it goes; in TLS 1.3 user_canceled before that
                yield ClientCase(peer, "closes-first", version, {"does": "send", "bytes": 100}, talk=listens)
            else:
                vanish = {"does": "vanish", "bytes": 100}
                yield ClientCase(peer, "vanished", version, vanish, talk=listens, status=TRUNCATED)
        yield ClientCase(peer, "hello-retry-request", "1.3", {"group": "P-384"}, talk=echoes(), says="secp384r1")
        if peer in ["go", "boringssl"]:
            yield ClientCase(peer, "25-kilobytes", "1.3", {"does": "send", "bytes": 25_000}, talk=listens)
    for version in BOTH:
        only = tuple(sluice.versions(version))
        yield ClientCase("rustls", "full", version, options=only, talk=echoes(), status=TRUNCATED)
        yield ClientCase("rustls", "resumed", version, options=only, talk=echoes(), status=TRUNCATED, resumes=True)
        yield ClientCase("rustls", "alpn", version, {"alpn": "h2"}, only + ALPN, echoes(), TRUNCATED, "ALPN h2")
        yield ClientCase(
            "rustls",
            "no-common-protocol",
            version,
            {"alpn": "imap"},
            only + ALPN,
            listens,
            REFUSED,
            "received alert no_application_protocol",
        )
    yield ClientCase("rustls", "wrong-host", "1.3", {"identity": "wrong-host"}, status=UNVERIFIED, talk=listens)


def all_cases():
    yield from openssl_cases()
    yield from gnutls_cases()
    yield from web_server_cases()
    yield from stunnel_cases()
    yield from language_cases()
