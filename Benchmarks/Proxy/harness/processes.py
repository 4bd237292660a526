"""Programs that the harness starts, pins to CPUs, reads the costs of, and ends."""

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import time

START_SECONDS_MAX = 10
STOP_SECONDS_MAX = 3


class Failure(Exception):
    """Something could not be measured; the words say why."""


def path_of(program):
    """The program's path, in the administrator's folders too, or None."""
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")


def raise_descriptor_limit(least):
    """Allows this process and its children as many descriptors as the system does."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and hard < least:
        raise Failure(f"{least} descriptors are needed, {hard} allowed: raise it (`ulimit -Hn`) or lower --idle")


def free_port():
    """A port of 127.0.0.1 that nothing listens at."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Process:
    """A running program in a group of its own, with all its descendants."""

    # Added to the niceness of each program; below 0 (root only), strangers on the same CPUs come second.
    niceness = 0

    def __init__(self, arguments, cpus, log, environment=None, **streams):
        self.log = log
        self.cpus = cpus
        pinned = ["taskset", "-c", cpus, "nice", "-n", str(self.niceness), *arguments]
        with open(log, "wb") as output:
            self.popen = subprocess.Popen(
                pinned,
                stdout=streams.get("stdout", output),
                stderr=output,
                stdin=streams.get("stdin", subprocess.DEVNULL),
                env={**os.environ, **(environment or {})},
                start_new_session=True,
                text=True,
            )
        self.weigh()

    def weigh(self):
        """Gives the program's session the same niceness: Linux weighs sessions first, sched(7), "autogroup"."""
        group = f"/proc/{self.popen.pid}/autogroup"
        if self.niceness and os.path.exists(group):
            with open(group, "w", encoding="ascii") as file:
                file.write(str(self.niceness))

    def wait_for_port(self, port):
        """Returns when the program takes connections at `port`. One that doesn't is ended."""
        deadline = time.monotonic() + START_SECONDS_MAX
        while time.monotonic() < deadline and self.popen.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise Failure(f"takes no connections: {self.last_words()}")

    def wait_for_end(self, seconds):
        """Returns when the program has ended. Its costs can still be read until it is stopped."""
        deadline = time.monotonic() + seconds
        while os.waitid(os.P_PID, self.popen.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
            if time.monotonic() > deadline:
                raise Failure(f"did not end within {seconds:.0f} s: {self.last_words()}")
            time.sleep(0.005)

    def last_words(self):
        """The end of what the program said."""
        with open(self.log, "rb") as log:
            lines = log.read().decode(errors="replace").split("\n")
        return "; ".join([line.strip() for line in lines if line.strip()][-2:])[-300:] or "it said nothing"

    def stop(self):
        """Ends the program and what it started, by force if it takes long. Held connections aren't waited for."""
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
            try:
                self.popen.wait(STOP_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.popen.wait()
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream:
                stream.close()

    def ids(self):
        """Process ids: its own, its children's, theirs."""
        parents = {}
        for name in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as stat:
                    parents.setdefault(int(stat.read().rpartition(")")[2].split()[1]), []).append(int(name))
            except (FileNotFoundError, ProcessLookupError):
                continue
        found = [self.popen.pid]
        for pid in found:
            found += parents.get(pid, [])
        return found

    def threads(self):
        """Ids of all threads of all its processes."""
        return [int(thread) for pid in self.ids() for thread in os.listdir(f"/proc/{pid}/task")]

    def pin(self):
        """Puts every thread on the program's CPUs again. hitch's worker, for one, chooses CPU 0 for itself."""
        for thread in self.threads():
            with contextlib.suppress(ProcessLookupError):  # ended meanwhile
                os.sched_setaffinity(thread, cpu_numbers(self.cpus))

    def is_pinned(self):
        """Whether every thread is on the program's CPUs."""
        allowed = set(cpu_numbers(self.cpus))
        for thread in self.threads():
            with contextlib.suppress(ProcessLookupError):
                if not os.sched_getaffinity(thread) <= allowed:
                    return False
        return True

    def cpu_seconds(self):
        """CPU time of all its processes so far, of ended threads too, to the nanosecond.

        clock_getcpuclockid(3) makes a clock's number of a process id in this way; Python doesn't offer the call.
        """
        return sum(time.clock_gettime((~pid << 3) | 2) for pid in self.ids())

    def system_seconds(self):
        """The kernel's part of the CPU time, in ticks of 10 ms."""
        ticks = 0
        for pid in self.ids():
            with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as stat:
                ticks += int(stat.read().rpartition(")")[2].split()[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory(self):
        """Resident bytes of all its processes: (each page in each process, shared pages by their shares)."""
        sums = {"Rss:": 0, "Pss:": 0}
        for pid in self.ids():
            with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as rollup:
                for words in map(str.split, rollup):
                    if words[0] in sums:
                        sums[words[0]] += int(words[1]) * 1024
        return sums["Rss:"], sums["Pss:"]


def busy_seconds(cpus):
    """Time that the CPUs of a list like `0` or `1-3` spent on anything so far."""
    wanted = {f"cpu{number}" for number in cpu_numbers(cpus)}
    total = 0
    with open("/proc/stat", encoding="utf-8") as stat:
        for words in map(str.split, stat):
            if words and words[0] in wanted:
                user, nice, system, _, _, interrupt, soft, steal = map(int, words[1:9])
                total += user + nice + system + interrupt + soft + steal
    return total / os.sysconf("SC_CLK_TCK")


def cpu_numbers(cpus):
    """The numbers in a list as `taskset -c` takes it."""
    numbers = []
    for part in cpus.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers
