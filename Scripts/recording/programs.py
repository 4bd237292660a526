"""The programs that fixtures are recorded with: where they are, which version they have, how they are made."""

import functools
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CERTIFICATES = ROOT / "Fixtures/Certificates"
INTEROP_PEERS = ROOT / "Tests/SluiceCLITests/Interop/Peers"
FIXTURE_PEERS = ROOT / "Fixtures/Peers"

# What is built or fetched for a recording stays here until the next one.
CACHE = ROOT / ".build/recording"

# Program, Debian package, and what prints its version. Some print it to standard error, stunnel with much else.
PROGRAMS = {
    "apache2": ("apache2", ["-v"]),
    "chromium": ("chromium", ["--version"]),
    "curl": ("curl", ["--version"]),
    "firefox-esr": ("firefox-esr", ["--version"]),
    "gnutls-cli": ("gnutls-bin", ["--version"]),
    "gnutls-serv": ("gnutls-bin", ["--version"]),
    "go": ("golang-go", ["version"]),
    "haproxy": ("haproxy", ["-v"]),
    "java": ("default-jdk-headless", ["-version"]),
    "javac": ("default-jdk-headless", ["-version"]),
    "nginx": ("nginx-light", ["-v"]),
    "node": ("nodejs", ["--version"]),
    "openssl": ("openssl", ["version"]),
    "python3": ("python3-venv", ["--version"]),
    "stunnel4": ("stunnel4", ["-version"]),
    "tcpdump": ("tcpdump", ["--version"]),
    "tshark": ("tshark", ["--version"]),
}


def path(program):
    """Where it is, or None. Debian keeps servers where only root's PATH looks."""
    return shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")


def install(programs):
    """Installs what isn't there, by apt; services aren't started."""
    packages = sorted({PROGRAMS[program][0] for program in programs if path(program) is None})
    if not packages:
        return
    print("installing:", *packages)
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-q", "-y"]
    subprocess.run(apt + ["update"], stdout=subprocess.DEVNULL)
    subprocess.run(apt + ["install", "--no-install-recommends"] + packages, stdout=subprocess.DEVNULL, check=True)


def version(program):
    """The version that it says, such as `3.0.19`."""
    match program:
        case "rustls":
            return "pyrtls " + in_rustls_environment("import importlib.metadata as m; print(m.version('pyrtls'))")
        case "boringssl":
            manifest = (FIXTURE_PEERS / "BoringSSL/Package.swift").read_text()
            return "swift-nio-ssl " + re.search(r'swift-nio-ssl", exact: "([^"]+)"', manifest)[1]
    run = subprocess.run(
        [path(program)] + PROGRAMS[program][1], capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return re.search(r"\d+(\.\d+)+", run.stdout + run.stderr)[0]


def in_rustls_environment(code):
    return subprocess.run([rustls_python(), "-c", code], capture_output=True, text=True, check=True).stdout.strip()


@functools.lru_cache
def rustls_python():
    """The interpreter of an environment that has rustls."""
    environment = CACHE / "rustls"
    python = environment / "bin/python"
    if not (environment / "ready").exists():
        subprocess.run([path("python3"), "-m", "venv", environment], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "pyrtls==0.1.3"], check=True)
        (environment / "ready").touch()
    return str(python)


@functools.lru_cache
def boringssl_peer():
    """The peer program on BoringSSL, built."""
    build = ["swift", "build", "--package-path", FIXTURE_PEERS / "BoringSSL", "--scratch-path", CACHE / "boringssl"]
    subprocess.run(build, check=True, stdout=sys.stderr)
    return str(CACHE / "boringssl/debug/boringssl-peer")


@functools.lru_cache
def go_peer():
    """The peer program in Go, built."""
    program = CACHE / "go-peer"
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run([path("go"), "build", "-o", program] + sorted((INTEROP_PEERS / "go").glob("*.go")), check=True)
    return str(program)


@functools.lru_cache
def java_classes():
    """The folder of the peer program's classes, compiled."""
    classes = CACHE / "java"
    subprocess.run([path("javac"), "-d", classes] + sorted((INTEROP_PEERS / "java").glob("*.java")), check=True)
    return str(classes)


class PeerProgram:
    """The command of the peer program in one language; what it needs is made once."""

    LANGUAGES = ["go", "java", "node", "python", "rustls", "boringssl"]

    # The programs that each needs.
    NEEDS = {
        "go": ["go"],
        "java": ["java", "javac"],
        "node": ["node"],
        "python": ["python3"],
        "rustls": ["python3"],
        "boringssl": [],
    }

    def __init__(self, language):
        self.language = language
        match language:
            case "go":
                self.command = [go_peer()]
            case "java":
                self.command = ["java", "-XX:TieredStopAtLevel=1", "-cp", java_classes(), "Peer"]
            case "node":
                self.command = ["node", str(INTEROP_PEERS / "peer.js")]
            case "python":
                self.command = ["python3", str(INTEROP_PEERS / "peer.py")]
            case "rustls":
                self.command = [rustls_python(), str(FIXTURE_PEERS / "rustls/peer.py")]
            case "boringssl":
                self.command = [boringssl_peer()]

    def version(self):
        return version({"python": "python3"}.get(self.language, self.language))

    def arguments(self, **settings):
        """The command with these settings; those that are None are left out."""
        return self.command + [f"{key}={value}" for key, value in settings.items() if value is not None]


def shown(command):
    """A command as documentation shows it: without the folders of this machine."""
    words = []
    for word in map(str, command):
        for folder, name in [(f"{CERTIFICATES}/", ""), (f"{CACHE}/", ""), (f"{INTEROP_PEERS}/", ""), (f"{ROOT}/", "")]:
            word = word.replace(folder, name)
        words.append(f"'{word}'" if re.search(r"[\s;&*?()$]", word) else word)
    return " ".join(words)
