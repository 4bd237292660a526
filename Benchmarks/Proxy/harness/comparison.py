"""All rounds of all measurements over all proxies."""

import os
import sys

from .material import Certificate, build_load, start_backend
from .measurements import Bench
from .processes import Failure, free_port
from .proxies import Place
from .report import Results

# Beside the idle ones: those of the other measurements.
SPARE_CONNECTIONS = 200


class Comparison:
    """All rounds over all proxies."""

    def __init__(self, options, folder):
        self.options, self.folder = options, folder
        self.results = Results()
        self.certificate = Certificate(folder)
        load = build_load(folder)
        self.backend, self.backend_port = start_backend(folder, options.load_cpus)
        self.bench = Bench(folder, load, self.backend, options)

    def run(self, present, wanted):
        """Runs all rounds, each beginning with another proxy, and returns the results."""
        try:
            for number in range(self.options.rounds):
                first = number % len(present)
                self.round(number, present[first:] + present[:first], wanted)
        finally:
            self.backend.stop()
        return self.results

    def round(self, number, turn, wanted):
        """Every measurement once, one after another over all proxies: what is compared is close in time."""
        running = {}
        try:
            for measurement in wanted:
                for proxy in turn:
                    self.measure(number, measurement, proxy, running)
        finally:
            for process, _ in running.values():
                process.stop()

    def measure(self, number, measurement, proxy, running):
        """One measurement of one proxy. What fails is kept as a failure: the others go on."""
        try:
            counts = self.counts(measurement, proxy, running)
            self.results.add(proxy.name, measurement.name, counts)
            said = f"proxy {counts['proxy_busy']:.0%} of its CPU, strangers {counts['others_busy']:.0%}; "
            said += f"load {counts['load_busy']:.0%}, strangers {counts['others_busy_load']:.0%}"
        except (Failure, OSError, ValueError) as error:
            self.results.fail(proxy.name, measurement.name, str(error))
            said = f"failed: {error}"
        print(f"round {number + 1}  {measurement.name:8} {proxy.name:9} {said}", file=sys.stderr, flush=True)

    def counts(self, measurement, proxy, running):
        """What a measurement counts, of the round's process of a proxy or of a fresh one."""
        if measurement.needs_fresh_proxy:
            process, port = self.start(proxy)
        else:
            process, port = self.still_running(proxy, running)
        try:
            process.pin()
            counts = measurement.run(self.bench, process, port)
            if not process.is_pinned():
                raise Failure(f"left the CPUs that it was put on ({process.cpus})")
            return counts | {"load_average": os.getloadavg()[0]}
        finally:
            if measurement.needs_fresh_proxy:
                process.stop()

    def still_running(self, proxy, running):
        """The round's process of a proxy and its port. One that has ended is replaced."""
        if proxy.name in running and running[proxy.name][0].popen.poll() is not None:
            running.pop(proxy.name)[0].stop()
        if proxy.name not in running:
            running[proxy.name] = self.start(proxy)
        return running[proxy.name]

    def start(self, proxy):
        """Starts a proxy at a port of its own."""
        port = free_port()
        most = self.options.idle + SPARE_CONNECTIONS
        place = Place(self.folder, port, self.backend_port, self.certificate, most)
        return proxy.start(place, self.options.proxy_cpus), port
