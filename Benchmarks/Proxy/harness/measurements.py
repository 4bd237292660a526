"""The measurements: what runs against a proxy, and which figures come of it."""

import json
import re
import subprocess
import time

from .processes import Failure, Process, busy_seconds, path_of

# How many connections at once. Enough to keep one core busy, few enough for a thread each.
NEW_CONNECTIONS = 32
TRANSFER_CONNECTIONS = 4
BUSY_CONNECTIONS = 64
WRK_GRACE_SECONDS = 15
# A resumed run with fewer sessions resumed than this measured something else.
RESUMED_SHARE_MIN = 0.99

SUITES = {"1.3": ("TLSv1.3", "TLS_AES_128_GCM_SHA256"), "1.2": ("TLSv1.2", "ECDHE-ECDSA-AES128-GCM-SHA256")}


class Bench:
    """What a measurement needs besides the proxy."""

    def __init__(self, folder, load, backend, settings):
        self.folder, self.load, self.backend, self.settings = folder, load, backend, settings

    def wrk_environment(self):
        """Makes libssl offer wrk's servers one version and one suite: wrk has no options for it."""
        path = f"{self.folder}/openssl.cnf"
        version, suite = SUITES[self.settings.tls]
        with open(path, "w", encoding="ascii") as text:
            text.write(OPENSSL_CONFIGURATION.format(version=version, suite=suite))
        return {"OPENSSL_CONF": path}


OPENSSL_CONFIGURATION = """
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = defaults
[defaults]
MinProtocol = {version}
MaxProtocol = {version}
Ciphersuites = TLS_AES_128_GCM_SHA256
CipherString = ECDHE-ECDSA-AES128-GCM-SHA256
Groups = X25519:P-256
"""


class Costs:
    """What a proxy used between two moments, and what the load and the backend did."""

    def __init__(self, bench, proxy, load):
        self.proxy, self.load, self.backend = proxy, load, bench.backend
        self.before = self.now()

    def now(self):
        """Wall time; CPU time of the proxy, the kernel's part of it, of load and backend; all work on either's CPUs."""
        proxy, load = self.proxy, self.load
        ours = load.cpu_seconds() + self.backend.cpu_seconds()
        kernel, busy = proxy.system_seconds(), busy_seconds(proxy.cpus)
        return time.monotonic(), proxy.cpu_seconds(), kernel, busy, ours, busy_seconds(load.cpus)

    def figures(self):
        """CPU seconds since the beginning, and shares of the wall time."""
        wall, cpu, kernel, busy, ours, load_busy = (now - then for now, then in zip(self.now(), self.before))
        return {
            "cpu_seconds": cpu,
            "kernel_share": min(kernel / cpu, 1) if cpu else 0,
            "proxy_busy": cpu / wall,
            "load_busy": ours / wall,
            # Work of strangers: on a quiet machine next to nothing.
            "others_busy": max(0, busy - cpu) / wall,
            "others_busy_load": max(0, load_busy - ours) / wall,
        }


def run_load(bench, proxy, port, mode, connections, *more):
    """Runs load/ against a proxy. Returns its counts, with the proxy's costs from `ready` to the result."""
    settings = bench.settings
    words = [bench.load, mode, "--port", port, "--connections", connections, "--seconds", settings.seconds]
    words += ["--tls", settings.tls, *more]
    log = f"{bench.folder}/load.log"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    load = Process(list(map(str, words)), settings.load_cpus, log, **pipes)
    try:
        if load.popen.stdout.readline() != "ready\n":
            raise Failure(load.last_words())
        time.sleep(0.1)
        costs = Costs(bench, proxy, load)
        if mode == "idle":
            time.sleep(settings.settle)
        load.popen.stdin.write("go\n")
        load.popen.stdin.flush()
        line = load.popen.stdout.readline()
        if not line:
            raise Failure(load.last_words())
        counts = json.loads(line) | costs.figures()
        if mode == "idle":
            counts["rss"], counts["pss"] = proxy.memory()
    finally:
        load.stop()
    check(counts, settings)
    return counts


def check(counts, settings):
    """Refuses counts of connections that weren't as they should be."""
    if (counts["version"], counts["suite"]) != SUITES[settings.tls]:
        raise Failure(f"negotiated {counts['version']} {counts['suite']}")
    attempts = counts["done"] + counts["failed"]
    if counts["failed"] > attempts * 0.001:
        raise Failure(f"{counts['failed']} of {attempts} connections failed")


def new_connections(kind):
    """New connections one after another in each of a few slots: handshake, small request, answer, proper end."""

    def measure(bench, proxy, port):
        resumes = kind == "resumed"
        counts = run_load(bench, proxy, port, "new", NEW_CONNECTIONS, *(["--resume"] if resumes else []))
        done = counts["done"]
        if done == 0:
            raise Failure("no connection was made")
        share = counts["resumed"] / done
        if resumes and share < RESUMED_SHARE_MIN:
            raise Failure(f"only {share:.0%} resumed")
        if not resumes and share > 0:
            raise Failure(f"{share:.0%} resumed, and none should")
        return counts | {
            f"{kind}_per_second": counts["in_time"] / counts["seconds"],
            f"{kind}_per_cpu_second": done / counts["cpu_seconds"],
            f"{kind}_cpu_us": counts["cpu_seconds"] / done * 1e6,
            f"{kind}_p99_ms": counts["p99_us"] / 1000,
        }

    return measure


def transfer(direction):
    """Bytes as fast as they go, one way, on a few connections."""

    def measure(bench, proxy, port):
        counts = run_load(bench, proxy, port, direction, TRANSFER_CONNECTIONS)
        mebibytes = counts["bytes"] / (1 << 20)
        if mebibytes == 0:
            raise Failure("no byte was moved")
        return counts | {
            f"{direction}_mib_per_second": mebibytes / counts["seconds"],
            f"{direction}_mib_per_cpu_second": mebibytes / counts["cpu_seconds"],
        }

    return measure


def requests(connections, kind):
    """Small requests one after another on kept connections, by wrk."""

    def measure(bench, proxy, port):
        if not path_of("wrk"):
            raise Failure("install wrk: apt-get install wrk")
        settings = bench.settings
        duration = f"{max(1, round(settings.seconds))}s"
        words = ["wrk", "--threads", 1, "--connections", connections, "--duration", duration, "--latency"]
        words.append(f"https://127.0.0.1:{port}/small")
        log = f"{bench.folder}/wrk.log"
        wrk = Process(list(map(str, words)), settings.load_cpus, log, bench.wrk_environment())
        costs = Costs(bench, proxy, wrk)
        try:
            wrk.wait_for_end(settings.seconds + WRK_GRACE_SECONDS)
            figures = costs.figures()
        finally:
            wrk.stop()
        with open(log, encoding="utf-8") as text:
            return figures | read_wrk(text.read(), kind, figures)

    return measure


def read_wrk(text, kind, costs):
    """The figures in what wrk prints. It has no other format without a script in Lua."""
    units = {"us": 1, "ms": 1e3, "s": 1e6}
    found = dict(re.findall(r"^\s+(50|99)%\s+([\d.]+(?:us|ms|s))$", text, re.MULTILINE))
    count = re.search(r"(\d+) requests in ", text)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    wrong = re.search(r"Socket errors.*|Non-2xx.*", text)
    if wrong or not (count and rate and len(found) == 2) or int(count[1]) == 0:
        raise Failure(f"wrk: {wrong[0] if wrong else text[-300:].strip()}")
    micros = {}
    for share, value in found.items():
        number, unit = re.fullmatch(r"([\d.]+)(\w+)", value).groups()
        micros[share] = float(number) * units[unit]
    return {
        f"{kind}_p50_us": micros["50"],
        f"{kind}_p99_us": micros["99"],
        f"{kind}_requests_per_second": float(rate[1]),
        f"{kind}_request_cpu_us": costs["cpu_seconds"] / int(count[1]) * 1e6,
    }


def idle_memory(bench, proxy, port):
    """Memory of a proxy that was just started, before and while it holds idle connections."""
    count = bench.settings.idle
    # One connection first, so that what is made once isn't counted as a connection's.
    run_load(bench, proxy, port, "idle", 1)
    rss_before, pss_before = proxy.memory()
    counts = run_load(bench, proxy, port, "idle", count)
    if counts["open"] != count:
        raise Failure(f"holds {counts['open']} of {count} connections")
    return counts | {
        "start_rss_mib": rss_before / (1 << 20),
        "idle_rss_mib": counts["rss"] / (1 << 20),
        "idle_pss_mib": counts["pss"] / (1 << 20),
        "idle_kib_per_connection": (counts["pss"] - pss_before) / count / 1024,
        "idle_cpu_percent": counts["proxy_busy"] * 100,
    }


class Measurement:
    """A run against a proxy, and whether the proxy is to be fresh."""

    def __init__(self, name, run, needs_fresh_proxy=False):
        self.name, self.run, self.needs_fresh_proxy = name, run, needs_fresh_proxy


MEASUREMENTS = [
    Measurement("full", new_connections("full")),
    Measurement("resumed", new_connections("resumed")),
    Measurement("down", transfer("down")),
    Measurement("up", transfer("up")),
    Measurement("lone", requests(1, "lone")),
    Measurement("busy", requests(BUSY_CONNECTIONS, "busy")),
    Measurement("idle", idle_memory, needs_fresh_proxy=True),
]
