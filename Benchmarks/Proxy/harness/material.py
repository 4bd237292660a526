"""What every proxy and the load share: a certificate, a backend, the program that makes connections."""

import os
import subprocess

from .processes import Failure, Process, free_port, path_of

SMALL_BYTES = 64
DOWN_MEBIBYTES = 64


def run(arguments, **options):
    """Runs a short program to its end."""
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120, **options)
    except FileNotFoundError as error:
        raise Failure(f"{arguments[0]} is missing") from error
    if done.returncode != 0:
        raise Failure(f"{' '.join(arguments[:3])}…: {done.stderr.strip()[-600:]}")
    return done.stdout


class Certificate:
    """A self-signed P-256 certificate for `localhost`, as two files and as one."""

    def __init__(self, folder):
        self.cert, self.key, self.pem = (f"{folder}/{name}" for name in ("cert.pem", "key.pem", "both.pem"))
        run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", self.key, "-out", self.cert, "-days", "30", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE",
        ])
        with open(self.pem, "w", opener=private, encoding="ascii") as pem:
            for part in (self.key, self.cert):
                with open(part, encoding="ascii") as text:
                    pem.write(text.read())


def private(path, flags):
    """Opens a file for its owner alone."""
    return os.open(path, flags, 0o600)


def build_load(folder):
    """Compiles load/*.c, and returns the program's path."""
    sources = os.path.join(os.path.dirname(__file__), "..", "load")
    files = sorted(os.path.join(sources, name) for name in os.listdir(sources) if name.endswith(".c"))
    program = f"{folder}/load"
    run(["cc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-o", program, *files, "-lssl", "-lcrypto"])
    return program


def start_backend(folder, cpus):
    """Starts nginx without TLS: a small page, a large file, a place that swallows all. Returns it and its port."""
    if not path_of("nginx"):
        raise Failure("nginx is missing, which serves as the backend")
    port = free_port()
    os.makedirs(f"{folder}/www", exist_ok=True)
    with open(f"{folder}/www/down", "wb") as down:
        # The load knows the end by this byte.
        down.write(b"x" * ((DOWN_MEBIBYTES << 20) - 1) + b"~")
    configuration = f"{folder}/backend.conf"
    with open(configuration, "w", encoding="ascii") as text:
        text.write(BACKEND.format(folder=folder, port=port, small="x" * (SMALL_BYTES - 1) + "~", user=user_line()))
    command = [path_of("nginx"), "-c", configuration, "-e", f"{folder}/backend.err"]
    process = Process(command, cpus, f"{folder}/backend.log")
    process.wait_for_port(port)
    return process, port


def user_line():
    """Workers of nginx stay who they are: as root they'd become a user who can't read the folder."""
    return "user root;" if os.geteuid() == 0 else ""


BACKEND = """
{user}
daemon off;
worker_processes 1;
pid {folder}/backend.pid;
events {{ worker_connections 16384; multi_accept on; }}
http {{
    access_log off;
    sendfile on;
    tcp_nodelay on;
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    client_header_timeout 1h;
    client_max_body_size 0;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location = /small {{ return 200 "{small}"; }}
        location = /down {{ root {folder}/www; }}
        location = /up {{ return 200 "swallowed"; lingering_time 1h; }}
    }}
}}
"""
