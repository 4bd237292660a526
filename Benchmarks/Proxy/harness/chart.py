"""The figures as one SVG: a panel for each, a bar for each proxy, a line from the least round to the most."""

from html import escape

PANELS = [
    ("full_per_second", "new connections/s, full", True),
    ("full_per_cpu_second", "full, per CPU second", True),
    ("resumed_per_second", "new connections/s, resumed", True),
    ("resumed_per_cpu_second", "resumed, per CPU second", True),
    ("down_mib_per_second", "MiB/s down", True),
    ("down_mib_per_cpu_second", "MiB down, per CPU second", True),
    ("up_mib_per_second", "MiB/s up", True),
    ("up_mib_per_cpu_second", "MiB up, per CPU second", True),
    ("lone_p50_us", "request p50, 1 connection, µs", False),
    ("lone_p99_us", "request p99, 1 connection, µs", False),
    ("busy_p50_us", "request p50, 64 connections, µs", False),
    ("busy_p99_us", "request p99, 64 connections, µs", False),
    ("idle_rss_mib", "RSS with idle connections, MiB", False),
    ("idle_kib_per_connection", "memory per idle connection, KiB", False),
]

COLUMNS = 2
WIDTH, MARGIN, TITLE, BAR, GAP = 460, 20, 30, 18, 8
LABEL, VALUE = 80, 70
OWN, PEER = "#d9480f", "#748ca3"


def chart(title, names, subject, figures_of):
    """An SVG of the medians. `figures_of` maps names to figures by key."""
    figures = {name: figures_of(name) for name in names}
    panels = [panel for panel in PANELS if any(panel[0] in figures[name] for name in names)]
    height = TITLE + len(names) * (BAR + GAP) + MARGIN
    rows = -(-len(panels) // COLUMNS)
    parts = []
    for index, (key, words, more) in enumerate(panels):
        x = MARGIN + index % COLUMNS * (WIDTH + MARGIN)
        y = 40 + index // COLUMNS * height
        arrow = "more is better" if more else "less is better"
        parts.append(text(x, y + 16, f"{words} ({arrow})", weight="bold"))
        parts += bars(x, y + TITLE, [(name, figures[name].get(key)) for name in names], subject)
    whole = f"{COLUMNS * (WIDTH + MARGIN) + MARGIN} {40 + rows * height + MARGIN}"
    body = "\n".join([text(MARGIN, 24, title, size=15, weight="bold"), *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="white"/>\n{body}\n</svg>\n'
    )


def bars(x, y, rows, subject):
    """One panel's bars, scaled to the largest value that it has to show."""
    largest = max((figure["most"] for _, figure in rows if figure), default=0) or 1
    scale = (WIDTH - LABEL - VALUE) / largest
    for name, figure in rows:
        yield text(x, y + 13, name)
        if figure:
            left, width = x + LABEL, figure["median"] * scale
            colour = OWN if name == subject else PEER
            yield f'<rect x="{left}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'
            least, most = (left + figure[key] * scale for key in ("least", "most"))
            middle = y + BAR / 2
            yield f'<path d="M{least:.1f} {middle}H{most:.1f}" stroke="black" stroke-width="1.5"/>'
            yield text(max(most, left + width) + 6, y + 13, number(figure["median"]))
        else:
            yield text(x + LABEL, y + 13, "not measured", colour="#888")
        y += BAR + GAP


def number(value):
    """A value with three digits that count, or all before the point."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def text(x, y, words, size=12, weight="normal", colour="#222"):
    """One line of text."""
    return f'<text x="{x:.1f}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{escape(words)}</text>'
