"""`sluice` as the client or the server of a recording."""

import contextlib
import pathlib
import shutil
import signal
import subprocess
import sys

from recording.processes import Failure, running
from recording.programs import CERTIFICATES, ROOT

NAME = "server.test"


def build():
    """Builds it. Returns where it is."""
    subprocess.run(["swift", "build", "--package-path", ROOT, "--product", "sluice"], check=True, stdout=sys.stderr)
    return str(ROOT / ".build/debug/sluice")


class Sluice:
    """The command, with or without the option that records.

    It runs in a folder of its own with copies of the certificates, so that journals, which say how they were made, name
    no folder of this machine.
    """

    def __init__(self, program, folder, records):
        self.program, self.folder, self.records = program, pathlib.Path(folder), records
        for file in CERTIFICATES.glob("*.pem"):
            shutil.copy(file, folder)

    def connect(self, server, port, options, talk, journal):
        """Connects and talks. Returns the exit code and what was said on standard error."""
        recording = ["--record", journal] if self.records and journal else []
        with running([self.program, *connect_words(port, options), *recording], self.folder) as client:
            talk(client, server)
            status = client.finish()
            return status, client.errors.decode(errors="replace")

    @contextlib.contextmanager
    def serving(self, options):
        """A server for the time of the block: its process, its port, and the folder of its journals."""
        journals = self.folder / "journals"
        shutil.rmtree(journals, ignore_errors=True)
        recording = ["--record", "journals/"] if self.records else []
        with running([self.program, *serve_words("127.0.0.1:0", options), *recording], self.folder) as server:
            port = int(server.line("listening on ").rsplit(":", 1)[1])
            yield server, port, journals


def connect_words(port, options):
    """The arguments of `sluice connect`; later options win, so a case may say another name or root."""
    words = ["connect", f"127.0.0.1:{port}"]
    for option, usual in [("--server-name", NAME), ("--ca", "root.pem")]:
        if option not in options:
            words += [option, usual]
    return words + list(options)


def serve_words(address, options):
    """The arguments of `sluice serve`."""
    words = ["serve", "--listen", address]
    if "--cert" not in options:
        words += identity("server-ecdsa")
    return words + list(options)


def identity(name):
    """An identity as `sluice` takes it, by the names of its files."""
    return ["--cert", f"{name}.pem", "--key", f"{name}.key.pem"]


def versions(version):
    """The options for nothing but this version."""
    return ["--tls-min", version, "--tls-max", version]


# What a client says to a server, and how it goes on.


def listens(client, server):
    """Says nothing, and reads until the server closes."""


def greets(client, server):
    """Says something to a server that doesn't answer, and closes."""
    client.write(b"hello from the client\n")
    client.close_input()


def echoes(count=60):
    """Says so many bytes, waits until they are back, and closes."""

    def talk(client, server):
        client.write((b"There and back again.\n" * (count // 22 + 1))[:count])
        client.wait_for_output(count)
        client.close_input()

    return talk


def fetches(client, server):
    """Asks for a page, and reads until the server closes."""
    client.write(b"GET / HTTP/1.1\r\nHost: server.test\r\nConnection: close\r\n\r\n")


def meets_its_end(client, server):
    """Hears something from `s_server`, which then closes TCP without close_notify, as it does at its input's end."""
    server.wait_for(b"CIPHER is ")
    server.write(b"not the last wor")
    client.wait_for_output(16)
    server.close_input()


def updates_keys(client, server):
    """Is asked for new keys by `s_server`, a command of which is K, and goes on with them."""
    server.wait_for(b"CIPHER is ")
    server.write(b"K\n")
    client.wait_for(b"<<   KeyUpdate")
    server.write(b"after\n")
    client.wait_for_output(6)
    client.write(b"over\n")
    server.wait_for(b"over\n")
    client.close_input()


def fetches_and_waits(client, server):
    """Asks for a page without an end: the server ends the connection when it is tired of it."""
    client.write(b"GET / HTTP/1.1\r\nHost: server.test\r\n\r\n")


def stop(server):
    """Lets a server finish. Returns what it said on standard error."""
    server.program.send_signal(signal.SIGTERM)
    if server.finish() != 0:
        raise Failure(f"sluice serve: {server}")
    return server.errors.decode(errors="replace")
