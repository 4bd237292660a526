"""Peers that serve. Each gives, for the time of a block, its process, its port and the words that describe it."""

import contextlib

from recording.processes import daemon, file_with, free_port, running
from recording.programs import CERTIFICATES, PeerProgram, path, shown

ROOT_FILE = CERTIFICATES / "root.pem"


def chain(name):
    return CERTIFICATES / f"{name}.pem"


def key(name):
    return CERTIFICATES / f"{name}.key.pem"


@contextlib.contextmanager
def openssl(version, identity="server-ecdsa", options=("-www",)):
    """`openssl s_server`, which takes the leaf and the rest of a chain from files of their own."""
    command = [path("openssl"), "s_server", "-accept", "127.0.0.1:0", "-cert", chain(identity), "-key", key(identity)]
    command += ["-tls1_2" if version == "1.2" else "-tls1_3", *options]
    marker = "-----END CERTIFICATE-----\n"
    with file_with(chain(identity).read_text().split(marker, 1)[1], "rest.pem") as rest:
        with running([*command, "-cert_chain", rest]) as server:
            port = int(server.line("ACCEPT ").rsplit(":", 1)[1])
            yield server, port, shown(["openssl", *command[1:], "-cert_chain", "rest.pem"])


@contextlib.contextmanager
def gnutls(version, identity="server-ecdsa", options=("--echo",), priority=""):
    """`gnutls-serv`."""
    port = free_port()
    command = [path("gnutls-serv"), "--port", port, "--x509certfile", chain(identity), "--x509keyfile", key(identity)]
    command += ["--priority", f"NORMAL:-VERS-ALL:+VERS-TLS{version}{priority}", *options]
    with daemon(command, port) as server:
        yield server, port, shown(["gnutls-serv", "--port", "PORT", *command[3:]])


@contextlib.contextmanager
def nginx(version, identity="server-ecdsa", directives=(), listen="ssl", page="return 200 hello;"):
    """nginx in one process."""
    port = free_port()
    folders = " ".join(
        f"{name}_temp_path DIRECTORY/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    )
    own = [f"ssl_protocols TLSv{version}", f"ssl_certificate {chain(identity)}", f"ssl_certificate_key {key(identity)}"]
    block = "; ".join([f"listen 127.0.0.1:{port} {listen}", *own, *directives])
    text = (
        "daemon off; master_process off; pid DIRECTORY/pid; error_log stderr notice;\nevents {}\n"
        f"http {{ access_log off; {folders}\nserver {{ {block}; location / {{ {page} }} }} }}\n"
    )
    with file_with(text, "nginx.conf") as file, daemon([path("nginx"), "-e", "stderr", "-c", file], port) as server:
        yield server, port, describing("nginx", block.replace(str(port), "PORT"))


APACHE = """
ServerName server.test
ServerRoot DIRECTORY
PidFile DIRECTORY/pid
ErrorLog /dev/stderr
LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
LoadModule socache_shmcb_module /usr/lib/apache2/modules/mod_socache_shmcb.so
LoadModule ssl_module /usr/lib/apache2/modules/mod_ssl.so
LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
User www-data
Group www-data
DocumentRoot DIRECTORY
"""


@contextlib.contextmanager
def apache(version, identity="server-ecdsa", directives=()):
    """Apache httpd: an empty folder, so its page is 403 Forbidden."""
    port = free_port()
    own = [
        f"SSLProtocol TLSv{version}",
        f"SSLCertificateFile {chain(identity)}",
        f"SSLCertificateKeyFile {key(identity)}",
    ]
    words = [
        f"Listen 127.0.0.1:{port}",
        "SSLEngine on",
        "SSLSessionCache shmcb:DIRECTORY/sessions(65536)",
        *own,
        *directives,
    ]
    with file_with(APACHE + "\n".join(words) + "\n", "httpd.conf") as file:
        with daemon([path("apache2"), "-DFOREGROUND", "-f", file], port) as server:
            yield server, port, describing("apache2", "; ".join(words).replace(str(port), "PORT"))


@contextlib.contextmanager
def haproxy(
    version,
    identity="server-ecdsa",
    bind="",
    rules=("http-request return status 200 content-type text/plain string hello",),
):
    """HAProxy that answers itself; without TLS if there is nothing to say of it."""
    port = free_port()
    pem = chain(identity).read_text() + key(identity).read_text()
    only = f"ssl-min-ver TLSv{version} ssl-max-ver TLSv{version}"
    with file_with(pem, "identity.pem") as credentials:
        tls = "" if bind is None else f"ssl crt {credentials} {only} {bind}"
        block = [f"bind 127.0.0.1:{port} {tls}", *rules]
        text = "defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\nfrontend peer\n "
        with file_with(text + "\n ".join(block) + "\n", "haproxy.cfg") as file:
            with daemon([path("haproxy"), "-f", file], port) as server:
                words = "; ".join(block).replace(str(port), "PORT").replace(credentials, f"{identity}.pem")
                yield server, port, describing("haproxy", words)


@contextlib.contextmanager
def stunnel(version, identity="server-ecdsa", settings=()):
    """stunnel in front of `cat`."""
    port = free_port()
    own = [f"sslVersion = TLSv{version}", f"cert = {chain(identity)}", f"key = {key(identity)}", "exec = /bin/cat"]
    block = [f"accept = 127.0.0.1:{port}", *own, *settings]
    with file_with("foreground = yes\npid =\n[peer]\n" + "\n".join(block) + "\n", "stunnel.conf") as file:
        with daemon([path("stunnel4"), file], port) as server:
            yield server, port, describing("stunnel", "; ".join(block).replace(str(port), "PORT"))


def describing(program, configuration):
    """A program with a configuration file, in words."""
    return f"{program} with: {shown([configuration])[1:-1]}"


def peer(language):
    """The peer program in a language, as one of the servers."""

    @contextlib.contextmanager
    def serve(version, identity="server-ecdsa", does="echo", **settings):
        program = PeerProgram(language)
        command = program.arguments(
            role="server", does=does, min=version, max=version, cert=chain(identity), key=key(identity), **settings
        )
        with running(command) as server:
            yield server, int(server.line("listening\tport=")), shown(command)

    return serve


SERVERS = {
    "openssl": openssl,
    "gnutls": gnutls,
    "nginx": nginx,
    "apache": apache,
    "haproxy": haproxy,
    "stunnel": stunnel,
    **{language: peer(language) for language in PeerProgram.LANGUAGES},
}
