"""Programs that run beside each other: started, listened to, ended."""

import contextlib
import socket
import subprocess
import tempfile
import threading
import time

# Everything here is over within a second; a browser or a JVM takes a few.
PATIENCE = 30.0


class Failure(Exception):
    """A case didn't go as it must."""


def free_port():
    """A port of 127.0.0.1 that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


class Process:
    """A program with all that it says, which can be waited for."""

    def __init__(self, command, folder=None):
        self.command = [str(word) for word in command]
        self.program = subprocess.Popen(
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=folder
        )
        self.output, self.errors = b"", b""
        self.news = threading.Condition()
        self.threads = [
            threading.Thread(target=self._listen, args=(self.program.stdout, "output"), daemon=True),
            threading.Thread(target=self._listen, args=(self.program.stderr, "errors"), daemon=True),
        ]
        for thread in self.threads:
            thread.start()

    def _listen(self, pipe, name):
        while data := pipe.read1(65536):
            with self.news:
                setattr(self, name, getattr(self, name) + data)
                self.news.notify_all()

    def write(self, data):
        with contextlib.suppress(BrokenPipeError):
            self.program.stdin.write(data)
            self.program.stdin.flush()

    def close_input(self):
        with contextlib.suppress(BrokenPipeError):
            self.program.stdin.close()

    def wait_for(self, data, count=1):
        """Waits until it has said this, so many times, on whichever stream."""
        with self.news:
            said = lambda: (self.output + b"\n" + self.errors).count(data) >= count or self.program.poll() is not None
            if not self._waited(said):
                raise Failure(f"no {data!r} from {self}")

    def wait_for_output(self, count):
        """Waits until this many bytes came on standard output, or it has ended."""
        with self.news:
            if not self._waited(lambda: len(self.output) >= count or self.program.poll() is not None):
                raise Failure(f"no {count} bytes from {self}")

    def _waited(self, condition):
        """Looks every now and then whether the program has ended, too."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.news.wait(0.05)
        return True

    def line(self, start):
        """The rest of the first line of output that begins so, once it is there."""
        self.wait_for(start.encode())
        for line in self.output.decode(errors="replace").splitlines():
            if line.startswith(start):
                return line[len(start) :]
        raise Failure(f"no line {start!r} from {self}")

    def finish(self):
        """Waits for its end. Returns its exit code."""
        try:
            status = self.program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.program.kill()
            raise Failure(f"no end of {self}") from None
        for thread in self.threads:
            thread.join(1)
        return status

    def stop(self):
        """Ends it as a signal from its owner does."""
        self.program.terminate()
        return self.finish()

    def __str__(self):
        said = (self.output[-600:] + self.errors[-600:]).decode(errors="replace")
        return f"{' '.join(self.command[:12])}\n{said}"


@contextlib.contextmanager
def running(command, folder=None):
    """A program for the time of the block, in this working directory."""
    process = Process(command, folder)
    try:
        yield process
    finally:
        if process.program.poll() is None:
            process.program.kill()
        process.program.wait()


@contextlib.contextmanager
def daemon(command, port):
    """A program for the time of the block, once it listens on this port."""
    with running(command) as process:
        deadline = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
                break
            if time.monotonic() > deadline or process.program.poll() is not None:
                raise Failure(f"nothing listens on port {port}: {process}")
            time.sleep(0.02)
        yield process


@contextlib.contextmanager
def file_with(text, name):
    """A file in a directory of its own, for the time of the block."""
    with tempfile.TemporaryDirectory() as directory:
        path = f"{directory}/{name}"
        with open(path, "w") as file:
            file.write(text.replace("DIRECTORY", directory))
        yield path
