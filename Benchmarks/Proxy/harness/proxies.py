"""The proxies: for each what it needs, its configuration, and its command."""

import glob
import os
import shlex
import subprocess

from .material import user_line
from .processes import Process, path_of


class Proxy:
    """A proxy that terminates TLS at a port and connects to a backend in the clear.

    A new one says in `missing` what keeps it from running (None if nothing does), and in `arguments` its command.
    """

    name = ""

    def missing(self):
        """Why it can't run here, or None."""
        return None if path_of(self.name) else f"install it: apt-get install {self.name}"

    def version(self):
        """One line that tells what was measured."""
        return first_line([path_of(self.name), "--version"])

    def arguments(self, place):
        """The command that runs it in the foreground. May write files into `place.folder`."""
        raise NotImplementedError

    def start(self, place, cpus):
        """Runs it, and returns its process when it takes connections."""
        process = Process(self.arguments(place), cpus, f"{place.folder}/{self.name}.log")
        process.wait_for_port(place.port)
        return process


class Place:
    """Where a proxy listens, what it connects to, its certificate, a folder for its files, how much it must hold."""

    def __init__(self, folder, port, backend, certificate, connections_max):
        self.folder, self.port, self.backend, self.certificate = folder, port, backend, certificate
        self.connections_max = connections_max

    def write(self, name, text):
        """Writes a configuration, and returns its path."""
        path = f"{self.folder}/{name}"
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return path


class Sluice(Proxy):
    """`sluice proxy`, of a release build."""

    name = "sluice"

    def __init__(self, path):
        self.path = path

    def missing(self):
        if not os.access(self.path, os.X_OK):
            return f"no program at {self.path}: swift build -c release --product sluice, or give --sluice PATH"
        asked = subprocess.run([self.path, "proxy", "--help"], capture_output=True, check=False)
        # An unknown subcommand shows the help of the whole command, and counts as asked for.
        return None if asked.returncode == 0 and b"--to" in asked.stdout else f"{self.path} has no `proxy`"

    def version(self):
        return first_line([self.path, "--version"])

    def arguments(self, place):
        return [
            self.path, "proxy", "--listen", f"127.0.0.1:{place.port}", "--cert", place.certificate.cert,
            "--key", place.certificate.key, "--to", f"127.0.0.1:{place.backend}", "--threads", "1",
            # The others write no line for each connection either.
            "--log-level", "warning",
        ]


class Given(Proxy):
    """One from the command line, `NAME=COMMAND`, whose words may hold {listen} {cert} {key} {pem} {backend}."""

    def __init__(self, text):
        self.name, _, self.command = text.partition("=")

    def missing(self):
        words = shlex.split(self.command)
        return None if words and path_of(words[0]) else f"no program for {self.command!r}"

    def version(self):
        return self.command

    def arguments(self, place):
        certificate = place.certificate
        known = {"cert": certificate.cert, "key": certificate.key, "pem": certificate.pem}
        known |= {"listen": f"127.0.0.1:{place.port}", "backend": f"127.0.0.1:{place.backend}"}
        return [word.format(**known) for word in shlex.split(self.command)]


class Stunnel(Proxy):
    """stunnel 4 and later. It has a thread for each connection: no setting makes it one thread, only the pinning."""

    name = "stunnel4"

    def version(self):
        return first_line([path_of(self.name), "-version"], matching="stunnel ")

    def arguments(self, place):
        text = STUNNEL.format(place=place, pem=place.certificate.pem)
        return [path_of(self.name), place.write("stunnel.conf", text)]


STUNNEL = """
foreground = yes
pid =
debug = err
syslog = no
socket = l:TCP_NODELAY=1
socket = r:TCP_NODELAY=1
[proxy]
accept = 127.0.0.1:{place.port}
connect = 127.0.0.1:{place.backend}
cert = {pem}
TIMEOUTidle = 3600
"""


class Hitch(Proxy):
    """hitch, one worker."""

    name = "hitch"

    def arguments(self, place):
        # As root it insists on another user for its worker.
        user = 'user = "nobody"' if os.geteuid() == 0 else ""
        text = HITCH.format(place=place, pem=place.certificate.pem, user=user)
        return [path_of(self.name), f"--config={place.write('hitch.conf', text)}"]


HITCH = """
frontend = "[127.0.0.1]:{place.port}"
backend = "[127.0.0.1]:{place.backend}"
pem-file = "{pem}"
workers = 1
backlog = 4096
daemon = off
log-level = 1
{user}
"""


class HAProxy(Proxy):
    """HAProxy as a TCP proxy, one thread."""

    name = "haproxy"

    def version(self):
        return first_line([path_of(self.name), "-v"])

    def arguments(self, place):
        text = HAPROXY.format(place=place, pem=place.certificate.pem)
        return [path_of(self.name), "-db", "-f", place.write("haproxy.cfg", text)]


HAPROXY = """
global
    nbthread 1
    maxconn {place.connections_max}
defaults
    mode tcp
    timeout connect 5s
    timeout client 1h
    timeout server 1h
listen proxy
    bind 127.0.0.1:{place.port} backlog 4096 ssl crt {pem}
    server backend 127.0.0.1:{place.backend}
"""


class NginxStream(Proxy):
    """nginx's stream module, one worker."""

    name = "nginx"

    def missing(self):
        if not path_of("nginx"):
            return "install it: apt-get install nginx libnginx-mod-stream"
        return None if self.module() is not None else "install its module: apt-get install libnginx-mod-stream"

    @staticmethod
    def module():
        """The line that loads the module, empty if it is built in, None if there is none."""
        for path in glob.glob("/usr/lib*/nginx/modules/ngx_stream_module.so"):
            return f"load_module {path};"
        asked = subprocess.run([path_of("nginx"), "-V"], capture_output=True, text=True, check=False).stderr
        return "" if "--with-stream " in asked else None

    def version(self):
        return first_line([path_of("nginx"), "-v"])

    def arguments(self, place):
        text = NGINX.format(
            place=place, certificate=place.certificate, module=self.module(), user=user_line(),
            ends=2 * place.connections_max,
        )
        return [path_of("nginx"), "-c", place.write("nginx.conf", text), "-e", f"{place.folder}/nginx.err"]


NGINX = """
{module}
{user}
daemon off;
worker_processes 1;
pid {place.folder}/nginx.pid;
events {{ worker_connections {ends}; }}
stream {{
    server {{
        listen 127.0.0.1:{place.port} ssl backlog=4096;
        ssl_protocols TLSv1.2 TLSv1.3;
        ssl_certificate {certificate.cert};
        ssl_certificate_key {certificate.key};
        ssl_session_cache shared:tls:10m;
        proxy_pass 127.0.0.1:{place.backend};
        proxy_timeout 1h;
    }}
}}
"""


def first_line(arguments, matching=""):
    """The first line of what a command says, of those that hold some words."""
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    lines = (line.strip() for line in (done.stdout + done.stderr).splitlines())
    return next((line for line in lines if line and matching in line), "unknown")


def all_proxies(sluice, given):
    """Every proxy that is known, ours first."""
    return [Sluice(sluice), Stunnel(), Hitch(), HAProxy(), NginxStream(), *map(Given, given)]
