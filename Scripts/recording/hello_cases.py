"""Whose ClientHellos are recorded, how each client is called, and what a server makes of it."""

from recording import programs
from recording.programs import PeerProgram

# What the server of the tests chooses: it prefers its own suites and protocols, h2 before http/1.1.
TLS13 = "TLS_AES_256_GCM_SHA384"
TLS12 = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
MANY = ",".join(f"protocol-{number:04}" for number in range(300))


class Case:
    """One capture: `client-version-variant`, how the client is called, and what a server makes of it.

    A silent server needs no name; else these are options of `s_server`. Of a client's connections one is kept.
    """

    def __init__(self, client, variant, outcome, command, form="pcapng", device="lo", server=None, connection=0):
        self.client, self.variant, self.outcome, self.command = client, variant, outcome, command
        self.form, self.device, self.server, self.connection = form, device, server, connection

    def file(self, version):
        return f"{self.client}-{version.replace(' ', '-')}-{self.variant}.{self.form}"


def chosen(version, suite, alpn=None):
    words = f', applicationProtocol: "{alpn}"' if alpn else ""
    return f'.negotiates(version: "{version}", cipherSuite: "{suite}"{words})'


def refused(alert):
    return f'.refuses(alert: "{alert}")'


T13, T12 = chosen("1.3", TLS13), chosen("1.2", TLS12)
T13_H2, T12_H2, T13_H1 = chosen("1.3", TLS13, "h2"), chosen("1.2", TLS12, "h2"), chosen("1.3", TLS13, "http/1.1")


def curl(*options, host="server.test"):
    return ["curl", "-s", "--max-time", "10", *options, "--connect-to", "::127.0.0.1:PORT", f"https://{host}:PORT/"]


def s_client(*options):
    return ["openssl", "s_client", "-connect", "127.0.0.1:PORT", *options]


def gnutls(*options):
    return ["gnutls-cli", "127.0.0.1", "--port", "PORT", "--insecure", *options]


def chromium(host):
    resolution = "--host-resolver-rules=MAP * 127.0.0.1"
    quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--disable-sync"]
    return ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=DIRECTORY/chromium"] + [
        *quiet,
        resolution,
        f"https://{host}:PORT/",
    ]


def firefox(host):
    return ["firefox-esr", "--headless", "--no-remote", "--profile", "DIRECTORY", f"https://{host}:PORT/"]


FIREFOX_PREFERENCES = """
user_pref("network.dns.localDomains", "server.test");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.aboutwelcome.enabled", false);
"""


def peer(language, **settings):
    """The peer program as a client; it is built when its turn comes."""
    settings = {"role": "client", "connect": "127.0.0.1:PORT", "name": "server.test"} | settings
    settings |= {"does": "echo", "ca": programs.CERTIFICATES / "root.pem"}
    return lambda: PeerProgram(language).arguments(**settings)


def cases():
    """All of them."""
    yield Case("curl", "default", T13_H2, curl())
    yield Case("curl", "tls12", T12_H2, curl("--tls-max", "1.2"), form="pcap")
    yield Case("curl", "http1.1", T13_H1, curl("--http1.1"), device="any")
    yield Case("curl", "ip", T13_H2, curl(host="127.0.0.1"))
    yield Case("openssl", "default", T13, s_client("-servername", "server.test"))
    yield Case("openssl", "no-name", T13, s_client("-noservername"), form="pcap")
    yield Case("openssl", "tls12", T12, s_client("-servername", "server.test", "-tls1_2"), form="pcap", device="any")
    yield Case(
        "openssl",
        "tls13-chacha",
        chosen("1.3", "TLS_CHACHA20_POLY1305_SHA256"),
        s_client("-servername", "server.test", "-tls1_3", "-ciphersuites", "TLS_CHACHA20_POLY1305_SHA256"),
    )
    yield Case("openssl", "alpn", T13_H1, s_client("-servername", "server.test", "-alpn", "http/1.0,http/1.1"))
    yield Case(
        "openssl",
        "alpn-stranger",
        refused("no_application_protocol"),
        s_client("-servername", "server.test", "-alpn", "imap"),
    )
    yield Case("openssl", "alpn-many", T13_H2, s_client("-servername", "server.test", "-alpn", MANY + ",h2"))
    yield Case(
        "openssl",
        "tls11",
        refused("protocol_version"),
        s_client("-servername", "server.test", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"),
    )
    yield Case(
        "openssl",
        "tls12-no-common-suite",
        refused("handshake_failure"),
        s_client("-servername", "server.test", "-tls1_2", "-cipher", "AES128-SHA"),
        form="pcap",
    )
    yield Case("curl", "retry", T13_H2, curl(), server=["-groups", "P-521"])
    yield Case(
        "gnutls", "resumption", T13, gnutls("--sni-hostname", "server.test", "--resume"), server=[], connection=1
    )
    yield Case("gnutls", "default", T13, gnutls("--sni-hostname", "server.test"))
    yield Case(
        "gnutls",
        "tls12",
        T12,
        gnutls("--sni-hostname", "server.test", "--priority", "NORMAL:-VERS-TLS1.3"),
        form="pcap",
    )
    yield Case("gnutls", "alpn", T13_H2, gnutls("--sni-hostname", "server.test", "--alpn", "http/1.1", "--alpn", "h2"))
    yield Case("go", "default", T13, peer("go"))
    yield Case("go", "tls12", T12, peer("go", max="1.2"), form="pcap")
    yield Case("go", "alpn", T13_H2, peer("go", alpn="h2,http/1.1"))
    yield Case("java", "default", T13, peer("java"))
    yield Case("java", "tls12", T12, peer("java", max="1.2"), form="pcap")
    yield Case("java", "alpn", T13_H2, peer("java", alpn="h2,http/1.1"))
    yield Case("node", "default", T13, peer("node"))
    yield Case("node", "tls12-alpn", T12_H2, peer("node", max="1.2", alpn="h2,http/1.1"), form="pcap")
    yield Case("python", "default", T13, peer("python"))
    yield Case("python", "tls12", T12, peer("python", max="1.2"), form="pcap", device="any")
    yield Case("python", "ip", T13_H1, peer("python", name="127.0.0.1", alpn="http/1.1"))
    yield Case("rustls", "default", T13, peer("rustls"))
    yield Case("boringssl", "default", T13, peer("boringssl"))
    yield Case("boringssl", "tls12-alpn", T12_H2, peer("boringssl", max="1.2", alpn="http/1.1,h2"), form="pcap")
    yield Case("chromium", "default", T13_H2, chromium("server.test"))
    yield Case("chromium", "ip", T13_H2, chromium("127.0.0.1"), form="pcap")
    yield Case("firefox", "default", T13_H2, firefox("server.test"))
    yield Case("firefox", "ip", T13_H2, firefox("127.0.0.1"), device="any")
