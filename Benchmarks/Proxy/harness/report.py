"""Figures over rounds: medians, spreads, tables of them and of ratios."""

import statistics

# Key, title, decimals, whether more is better.
FIGURES = [
    ("full_per_second", "new connections/s, full", 0, True),
    ("full_per_cpu_second", "… per CPU second of the proxy", 0, True),
    ("full_p99_ms", "… p99 to the first answer, ms", 2, False),
    ("resumed_per_second", "new connections/s, resumed", 0, True),
    ("resumed_per_cpu_second", "… per CPU second of the proxy", 0, True),
    ("resumed_p99_ms", "… p99 to the first answer, ms", 2, False),
    ("down_mib_per_second", "MiB/s down", 0, True),
    ("down_mib_per_cpu_second", "… per CPU second of the proxy", 0, True),
    ("up_mib_per_second", "MiB/s up", 0, True),
    ("up_mib_per_cpu_second", "… per CPU second of the proxy", 0, True),
    ("lone_p50_us", "request, 1 connection: p50 µs", 0, False),
    ("lone_p99_us", "… p99 µs", 0, False),
    ("busy_p50_us", "request, 64 connections: p50 µs", 0, False),
    ("busy_p99_us", "… p99 µs", 0, False),
    ("busy_requests_per_second", "… requests/s", 0, True),
    ("busy_request_cpu_us", "… CPU of the proxy per request, µs", 1, False),
    ("start_rss_mib", "memory after start (RSS), MiB", 1, False),
    ("idle_rss_mib", "memory, {idle} idle (RSS), MiB", 1, False),
    ("idle_pss_mib", "memory, {idle} idle (PSS), MiB", 1, False),
    ("idle_kib_per_connection", "… per connection, KiB", 1, False),
    ("idle_cpu_percent", "… CPU while idle, %", 2, False),
]

# Above this share of CPU time used by strangers, rates and latencies are worth a remark.
OTHERS_BUSY_REMARK = 0.05


class Results:
    """What each proxy gave in each round, or why it gave nothing."""

    def __init__(self):
        self.rounds = {}
        self.failures = {}

    def add(self, proxy, measurement, counts):
        """Keeps one measurement of one round."""
        self.rounds.setdefault(proxy, {}).setdefault(measurement, []).append(counts)

    def fail(self, proxy, measurement, why):
        """Keeps why one gave nothing."""
        self.failures.setdefault(proxy, {}).setdefault(measurement, []).append(why)

    def values(self, proxy, key):
        """A figure in every round that has it."""
        runs = self.rounds.get(proxy, {}).values()
        return [counts[key] for run in runs for counts in run if key in counts]

    def figures(self, proxy):
        """Median, least and most of every figure."""
        found = {}
        for key, *_ in FIGURES:
            values = self.values(proxy, key)
            if values:
                found[key] = {"median": statistics.median(values), "least": min(values), "most": max(values)}
        return found

    def others_busy(self, key):
        """The most that strangers took of the CPUs in a measurement, and the median."""
        shares = [counts[key] for runs in self.rounds.values() for run in runs.values() for counts in run]
        return (max(shares), statistics.median(shares)) if shares else (0, 0)

    def limits(self, proxy):
        """How busy the proxy was in each measurement, and how busy the load with its backend, at the median."""
        shares = {}
        for name, run in self.rounds.get(proxy, {}).items():
            shares[name] = [statistics.median(counts[key] for counts in run) for key in ("proxy_busy", "load_busy")]
        return shares


def summary(results, names, subject, facts):
    """All that is told at the end, as text."""
    tls, settings = facts["tls"], facts["settings"]
    idle = settings["idle"]
    tables = [
        f"{tls['version']}, {tls['suite']}, ECDSA P-256, X25519 · rounds: {settings['rounds']}, each "
        f"{settings['seconds']:g} s · medians, ± half the spread",
        table(results, names, idle),
        limit_table(results, names),
    ]
    if subject in names and len(names) > 1:
        tables.append(ratio_table(results, names, subject, idle) + f"\n+ in favour of {subject}")
    return "\n\n".join([*tables, "\n".join(remarks(results, facts))]) + "\n"


def remarks(results, facts):
    """Lines on what was measured, what wasn't and why, and how far the figures can be believed."""
    yield from (f"{name}: {said}" for name, said in facts["proxies"].items())
    yield from (f"not measured: {name}: {why}" for name, why in facts["missing"].items())
    for name, runs in results.failures.items():
        yield from (f"failed: {name}, {key}, {len(why)}×: {why[0]}" for key, why in runs.items())
    for whose, key in (("proxies'", "others_busy"), ("load's", "others_busy_load")):
        most, median = results.others_busy(key)
        noise = f"Strangers took {median:.0%} of the {whose} CPU at the median, {most:.0%} at the most."
        yield noise + (" Not a quiet machine." if median > OTHERS_BUSY_REMARK else "")


def table(results, names, idle):
    """A row for each figure: `median ±spread` for each proxy."""
    figures = {name: results.figures(name) for name in names}
    rows = [["", *names]]
    for key, title, decimals, _ in FIGURES:
        if any(key in figure for figure in figures.values()):
            cells = [cell(figures[name].get(key), decimals) for name in names]
            rows.append([title.format(idle=f"{idle:,}"), *cells])
    return aligned(rows)


def cell(figure, decimals):
    """The median and, if there was more than one round, half of the way from least to most in percent of it."""
    if figure is None:
        return "–"
    median, way = figure["median"], figure["most"] - figure["least"]
    return f"{median:,.{decimals}f}" + (f" ±{way / 2 / median:.0%}" if way and median else "")


def ratios(results, names, subject):
    """The subject's median divided by each peer's: {key: {peer: ratio}}."""
    own = results.figures(subject)
    found = {}
    for peer in names:
        for key, figure in results.figures(peer).items():
            if peer != subject and key in own and figure["median"]:
                found.setdefault(key, {})[peer] = own[key]["median"] / figure["median"]
    return found


def ratio_table(results, names, subject, idle):
    """A row for each figure: the subject's median divided by each peer's; `+` where that is in its favour."""
    found = ratios(results, names, subject)
    peers = [name for name in names if name != subject]
    rows = [[f"{subject} ÷", *peers]]
    for key, title, _, more_is_better in FIGURES:
        if key in found:
            cells = [favour(found[key].get(peer), more_is_better) for peer in peers]
            rows.append([title.format(idle=f"{idle:,}"), *cells])
    return aligned(rows)


def favour(ratio, more_is_better):
    """A ratio, marked if it speaks for the subject."""
    if ratio is None:
        return "–"
    return f"{ratio:.2f}{'+' if (ratio > 1) == more_is_better else ' '}"


def limit_table(results, names):
    """A row for each measurement: who was the limit. Where the load was, the wall rates tell less than the CPU's."""
    limits = {name: results.limits(name) for name in names}
    measurements = list(dict.fromkeys(key for limit in limits.values() for key in limit))
    rows = [["CPU busy, %: proxy, load", *names]]
    for key in measurements:
        cells = (limits[name].get(key) for name in names)
        rows.append([key, *(f"{cell[0] * 100:.0f}, {cell[1] * 100:.0f}" if cell else "–" for cell in cells)])
    return aligned(rows)


def aligned(rows):
    """Rows as lines, the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0]), *(text.rjust(width) for text, width in zip(row[1:], widths[1:]))]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "─" * max(map(len, lines)))
    return "\n".join(lines)
