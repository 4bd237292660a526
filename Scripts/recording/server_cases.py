"""What is recorded with `sluice serve`, peer by peer."""

import dataclasses
from collections.abc import Callable

from recording import clients, sluice
from recording.clients import curl, gnutls, peer, s_client
from recording.programs import CERTIFICATES

BOTH = ["1.2", "1.3"]


@dataclasses.dataclass(frozen=True)
class ServerCase:
    """One journal of a server."""

    peer: str
    scenario: str
    version: str
    # Connects, once or twice.
    client: Callable
    # Of `sluice serve`.
    options: tuple = ()
    # What the server must say on standard error.
    says: str = "closed"
    # The last of several connections is kept; it resumes the first.
    resumes: bool = False
    # The first of several connections is kept.
    keeps_first: bool = False

    role = "server"

    @property
    def name(self):
        return f"{self.peer}-server-{self.scenario}-tls{self.version.replace('.', '')}"


JUDGE = ("--client-ca", "root.pem", "--require-client-cert")
ALPN = ("--alpn", "h2,http/1.1")
STRANGER = CERTIFICATES / "stranger.pem"
P384 = ("--groups", "P-384")


def named(identity):
    return tuple(sluice.identity(identity))


def openssl_cases():
    us = ["-cert", clients.CHAIN, "-key", clients.KEY, "-cert_chain", CERTIFICATES / "intermediate.pem"]
    for version in BOTH:

        def case(scenario, client, *options, **how):
            return ServerCase("openssl", scenario, version, client, options, **how)

        yield case("full", s_client())
        yield case("resumed", clients.s_client_resuming(), resumes=True)
        yield case("alpn", s_client("-alpn", "http/1.1,h2"), *ALPN, says="ALPN h2")
        yield case("mtls", s_client(*us), *JUDGE, says="CN=client")
        yield case("rsa", s_client(), *named("server-rsa"))
        yield case("ed25519", s_client(), *named("server-ed25519"))
        yield case("long-chain", s_client(), *named("long-chain"))
        yield case("small-records", s_client("-max_send_frag", "512", says=LONG))
        yield case("vanished", clients.s_client_killed, says="truncated")
        yield case("unknown-ca", s_client(root=STRANGER, says=b""), says="unknown_ca")
        yield case("wrong-host", s_client(name="elsewhere.test", says=b""), says="received alert bad_certificate")
        yield case(
            "no-client-certificate",
            s_client(says=b""),
            *JUDGE,
            says="sent alert " + ("certificate_required" if version == "1.3" else "handshake_failure"),
        )
        yield case(
            "no-common-protocol", s_client("-alpn", "imap", says=b""), *ALPN, says="sent alert no_application_protocol"
        )
        other = "1.3" if version == "1.2" else "1.2"
        yield case("no-common-version", s_client(says=b""), *sluice.versions(other), says="protocol_version")
    yield ServerCase("openssl", "hello-retry-request", "1.3", s_client(), P384, "secp384r1")
    yield ServerCase("openssl", "key-update", "1.3", clients.s_client_updating)
    yield ServerCase(
        "openssl",
        "no-shared-cipher",
        "1.2",
        s_client("-cipher", "AES128-SHA", says=b""),
        (),
        "sent alert handshake_failure",
    )
    yield ServerCase(
        "openssl",
        "no-shared-cipher",
        "1.3",
        s_client("-ciphersuites", "TLS_AES_128_GCM_SHA256", says=b""),
        ("--ciphers", "TLS_AES_256_GCM_SHA384"),
        "sent alert handshake_failure",
    )
    yield ServerCase(
        "openssl",
        "no-shared-group",
        "1.3",
        s_client("-groups", "X25519", says=b""),
        P384,
        "sent alert handshake_failure",
    )


LONG = b"There and back again.\n" * 180


def gnutls_cases():
    us = ["--x509certfile", clients.CHAIN, "--x509keyfile", clients.KEY]
    for version in BOTH:
        yield ServerCase("gnutls", "full", version, gnutls())
        yield ServerCase("gnutls", "resumed", version, gnutls("--resume"), resumes=True)
        yield ServerCase("gnutls", "alpn", version, gnutls("--alpn", "h2"), ALPN, "ALPN h2")
        yield ServerCase("gnutls", "mtls", version, gnutls(*us), JUDGE, "CN=client")
        yield ServerCase("gnutls", "unknown-ca", version, gnutls(root=STRANGER, says=b""), (), "alert")
    yield ServerCase("gnutls", "hello-retry-request", "1.3", gnutls(), P384, "secp384r1")


def page_cases():
    """Clients that ask for a page: curl, and proxies in front of the server."""
    page = ("--www",)
    for version in BOTH:
        yield ServerCase("curl", "full", version, curl(), page)
        if version == "1.3":  # in TLS 1.2 it takes no tickets, and a server that records keeps no sessions
            yield ServerCase("curl", "resumed", version, curl("-H", "Connection: close", "URL"), page, resumes=True)
        yield ServerCase("curl", "alpn", version, curl("--http1.1"), (*page, "--alpn", "http/1.1"), "ALPN http/1.1")
        yield ServerCase(
            "curl", "mtls", version, curl("--cert", clients.CHAIN, "--key", clients.KEY), (*page, *JUDGE), "CN=client"
        )
        yield ServerCase("curl", "wrong-host", version, curl(host="elsewhere.test"), page)  # polite about it
        yield ServerCase("nginx", "full", version, clients.nginx(), page)
        yield ServerCase("haproxy", "full", version, clients.haproxy(), page, "truncated")
        yield ServerCase("stunnel", "full", version, clients.stunnel())


def browser_cases():
    """Chromium opens a connection or two more than it needs."""
    http = ("--www", "--alpn", "http/1.1")
    trusting = clients.chromium("--ignore-certificate-errors")
    yield ServerCase("chromium", "full", "1.3", trusting, http, "truncated", keeps_first=True)
    yield ServerCase("chromium", "hello-retry-request", "1.3", trusting, (*http, *P384), "secp384r1", keeps_first=True)
    yield ServerCase("chromium", "unknown-ca", "1.3", clients.chromium(), http, "alert", keeps_first=True)


def language_cases():
    us = {"cert": clients.CHAIN, "key": clients.KEY}
    for language in ["go", "java", "node", "python", "boringssl", "rustls"]:
        for version in ["1.3"] if language == "rustls" else BOTH:
            end = "truncated" if language == "rustls" else "closed"

            def case(scenario, options=(), says=end, resumes=False, **settings):
                return ServerCase(
                    language, scenario, version, peer(language, **({"bytes": 100} | settings)), options, says, resumes
                )

            yield case("full")
            yield case("alpn", ALPN, "ALPN h2", alpn="h2,http/1.1")
            yield case("unknown-ca", says="alert", ca=STRANGER)
            if language != "boringssl":  # swift-nio-ssl keeps no session
                yield case("resumed", times=2, resumes=True)
            if language != "rustls":
                yield case("mtls", JUDGE, "CN=client", **us)
                yield case("no-client-certificate", JUDGE, "sent alert")
        if language != "rustls":
            yield case("hello-retry-request", P384, "secp384r1")
            yield case("rsa", named("server-rsa"))
    yield ServerCase("go", "25-kilobytes", "1.3", peer("go", bytes=25_000))


def all_cases():
    yield from openssl_cases()
    yield from gnutls_cases()
    yield from page_cases()
    yield from browser_cases()
    yield from language_cases()
