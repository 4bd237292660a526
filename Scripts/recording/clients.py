"""Peers that connect. Each makes a function that connects to a port with one version, runs to its end, and returns the
words that describe it. What came of it is read from the server."""

import contextlib
import re
import socket
import tempfile

from recording.processes import Process, daemon, file_with, free_port, running
from recording.programs import PeerProgram, path, shown
from recording.servers import ROOT_FILE, chain, describing, key
from recording.sluice import NAME

LINE = b"Hello from the client.\n"

# The client's identity: chain and key.
CHAIN, KEY = chain("client"), key("client")


def s_client_command(port, version, *options, root=ROOT_FILE, name=NAME):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-servername", name, "-CAfile", root]
    only = "-tls1_2" if version == "1.2" else "-tls1_3"
    return [*command, "-verify_hostname", name, "-verify_return_error", only, *options]


def s_client(*options, root=ROOT_FILE, name=NAME, says=LINE):
    """`openssl s_client`, which closes politely at the end of its input."""

    def connect(port, version):
        command = s_client_command(port, version, *options, root=root, name=name)
        talk(command, says)
        return shown(command)

    return connect


def talk(command, says):
    """Says something, waits until it is back, and ends the input."""
    with running(command) as client:
        if says:
            client.write(says)
            client.wait_for(says)
        client.close_input()
        client.finish()


def s_client_resuming(*options):
    """Two connections: the second resumes the first."""

    def connect(port, version):
        with tempfile.TemporaryDirectory() as folder:
            s_client(*options, "-sess_out", f"{folder}/session")(port, version)
            return s_client(*options, "-sess_in", f"{folder}/session")(port, version).replace(f"{folder}/", "")

    return connect


def s_client_updating(port, version):
    """Asks for new keys with the command K, between two lines."""
    command = s_client_command(port, version)
    with running(command) as client:
        client.write(LINE)
        client.wait_for(LINE)
        client.write(b"K\n")
        client.wait_for(b"KEYUPDATE")
        client.write(b"after\n")
        client.wait_for(b"after\n")
        client.close_input()
        client.finish()
    return shown(command) + ", and the command K"


def s_client_killed(port, version):
    """Ends without a word."""
    command = s_client_command(port, version)
    with running(command) as client:
        client.write(LINE)
        client.wait_for(LINE)
        client.program.kill()
        client.finish()
    return shown(command) + ", killed"


def gnutls(*options, root=ROOT_FILE, name=NAME, priority="", says=LINE):
    """`gnutls-cli`."""

    def connect(port, version):
        command = ["gnutls-cli", "127.0.0.1", "--port", port, "--sni-hostname", name, "--verify-hostname", name]
        command += ["--x509cafile", root, "--priority", f"NORMAL:-VERS-ALL:+VERS-TLS{version}{priority}", *options]
        talk(command, says)
        return shown(command)

    return connect


def curl(*options, host=NAME):
    """curl, for a page."""

    def connect(port, version):
        url = f"https://{host}:{port}/"
        command = ["curl", "-sS", "--max-time", "10", "--cacert", ROOT_FILE, "--tls-max", version, "--tlsv" + version]
        command += ["--connect-to", f"::127.0.0.1:{port}", *[url if word == "URL" else word for word in options], url]
        process = Process(command)
        process.close_input()
        process.finish()
        return shown(command)

    return connect


def chromium(*options):
    """Chromium without a window, for a page; by its own roots the test's is unknown."""

    def connect(port, version):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]
            command += ["--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}"]
            command += ["--host-resolver-rules=MAP * 127.0.0.1", *options, "--dump-dom", f"https://{NAME}:{port}/"]
            process = Process(command)
            process.close_input()
            process.finish()
            return shown(command).replace(folder, "PROFILE")

    return connect


def peer(language, **settings):
    """The peer program as a client."""

    def connect(port, version):
        settings_here = {
            "role": "client",
            "connect": f"127.0.0.1:{port}",
            "name": NAME,
            "ca": ROOT_FILE,
            "does": "echo",
        }
        command = PeerProgram(language).arguments(**(settings_here | {"min": version, "max": version} | settings))
        process = Process(command)
        process.close_input()
        process.finish()
        return shown(command)

    return connect


def through(port, says):
    """Sends a request in plaintext to a proxy that speaks TLS behind itself, and waits for its end."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(says)
        if says.startswith(b"GET"):
            while connection.recv(65536):
                pass
        else:
            connection.recv(65536)


REQUEST = b"GET / HTTP/1.1\r\nHost: server.test\r\nConnection: close\r\n\r\n"


def stunnel(*settings):
    """stunnel as a client: a line goes there and back."""

    def connect(port, version):
        front = free_port()
        block = [
            "client = yes",
            f"accept = 127.0.0.1:{front}",
            f"connect = 127.0.0.1:{port}",
            f"sslVersion = TLSv{version}",
        ]
        block += [f"CAfile = {ROOT_FILE}", "verifyChain = yes", f"checkHost = {NAME}", f"sni = {NAME}", *settings]
        text = "foreground = yes\npid =\n[peer]\n" + "\n".join(block) + "\n"
        # Whether it listens must not be tried: it would connect.
        with file_with(text, "stunnel.conf") as file, running([path("stunnel4"), file]) as program:
            program.wait_for(b"Configuration successful")
            patiently(front, LINE)
            program.wait_for(b"Connection closed")
        return tidied("stunnel", block, port, front)

    return connect


def nginx(*directives):
    """nginx as a proxy to the server."""

    def connect(port, version):
        front = free_port()
        folders = " ".join(
            f"{name}_temp_path DIRECTORY/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        )
        block = [f"proxy_pass https://127.0.0.1:{port}", f"proxy_ssl_protocols TLSv{version}", "proxy_ssl_verify on"]
        block += [f"proxy_ssl_trusted_certificate {ROOT_FILE}", f"proxy_ssl_name {NAME}", "proxy_ssl_server_name on"]
        block += ["proxy_ssl_verify_depth 2", *directives]
        text = (
            "daemon off; master_process off; pid DIRECTORY/pid; error_log stderr notice;\nevents {}\n"
            f"http {{ access_log off; {folders}\nserver {{ listen 127.0.0.1:{front};\n"
            f"location / {{ {'; '.join(block)}; }} }} }}\n"
        )
        with (
            file_with(text, "nginx.conf") as file,
            daemon([path("nginx"), "-e", "stderr", "-c", file], front),
        ):
            through(front, REQUEST)
        return tidied("nginx", block, port, front)

    return connect


def haproxy(*words):
    """HAProxy in front of the server."""

    def connect(port, version):
        front = free_port()
        only = f"ssl-min-ver TLSv{version} ssl-max-ver TLSv{version}"
        block = [f"server peer 127.0.0.1:{port} ssl verify required ca-file {ROOT_FILE} sni str({NAME})", only, *words]
        text = "defaults\n mode http\n timeout client 5s\n timeout server 5s\n timeout connect 5s\nfrontend front\n "
        text += f"bind 127.0.0.1:{front}\n default_backend back\nbackend back\n " + " ".join(block) + "\n"
        with file_with(text, "haproxy.cfg") as file, daemon([path("haproxy"), "-f", file], front) as program:
            through(front, REQUEST)
            program.stop()
        return tidied("haproxy", [" ".join(block)], port, front)

    return connect


def patiently(port, says):
    """As `through`, but waits for somebody to listen."""
    for _ in range(100):
        with contextlib.suppress(ConnectionRefusedError):
            return through(port, says)


def tidied(program, block, port, front):
    words = describing(program, "; ".join(block))
    return re.sub(rf"\b{port}\b", "PORT", re.sub(rf"\b{front}\b", "FRONT", words))
