"""Draws how figures grow with the number of passages: an SVG of three panels, each with its own scale."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

PANELS = (
    ("A whole page of results, ms of a core", (("core_p95", "95 %"), ("core_p50", "half"))),
    ("On disk, MB", (("megabytes", "index"), ("fts_megabytes", "plain FTS5"))),
    ("Built, thousand words a second of a core", (("build_thousands", "index"),)),
)
WIDTH, HEIGHT, LEFT, TOP, GAP = 300, 190, 52, 34, 46
COLOURS = ("#0b5cad", "#a3541a")


def plot(figures: Sequence[Mapping[str, Any]]) -> str:
    """Return the plot of some sizes, in the order of their passages."""
    rows = [
        {**row, "build_thousands": row["core_words_a_second"] / 1e3}
        for row in sorted(figures, key=lambda row: row["passages"])
    ]
    width, height = len(PANELS) * (WIDTH + LEFT) + GAP, TOP + HEIGHT + GAP
    parts = [part for number in range(len(PANELS)) for part in _panel(number, rows)]
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
                'font-size="12" role="img">'
            ),
            "<title>How search grows with the number of passages</title>",
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _panel(number: int, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one panel: its title, its scales, a line for each series."""
    title, series = PANELS[number]
    left = LEFT + number * (WIDTH + LEFT)
    greatest = _round_up(max(row[name] for row in rows for name, _ in series))
    yield f'<text x="{left}" y="20" font-weight="bold">{title}</text>'
    for share in (0, 0.5, 1):
        y = TOP + HEIGHT * (1 - share)
        yield f'<path d="M{left} {y:.0f}h{WIDTH - GAP}" stroke="#ccc"/>'
        yield f'<text x="{left - 6}" y="{y + 4:.0f}" text-anchor="end">{greatest * share:g}</text>'
    for row in rows:
        x = left + _share(row["passages"], rows) * (WIDTH - GAP)
        yield f'<text x="{x:.0f}" y="{TOP + HEIGHT + 18}" text-anchor="middle">{row["passages"] // 1000}k</text>'
    for (name, label), colour in zip(series, COLOURS, strict=False):
        points = [
            (left + _share(row["passages"], rows) * (WIDTH - GAP), TOP + HEIGHT * (1 - row[name] / greatest))
            for row in rows
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
        x, y = points[-1]
        yield f'<text x="{x - 6:.0f}" y="{y - 7:.0f}" text-anchor="end" fill="{colour}">{label}</text>'


def _share(passages: int, rows: Sequence[Mapping[str, Any]]) -> float:
    """Return where a size stands between the least and the greatest, by its logarithm."""
    least, greatest = math.log(rows[0]["passages"]), math.log(rows[-1]["passages"])
    return (math.log(passages) - least) / (greatest - least) if greatest > least else 0.5


def _round_up(figure: float) -> float:
    """Return a round number above a figure, for the end of a scale."""
    step = 10.0 ** math.floor(math.log10(max(figure, 1e-9)))
    return float(next(step * times for times in (1, 2, 4, 6, 8, 10) if step * times >= figure))
