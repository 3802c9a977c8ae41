"""The figures of a run as a table and as bars, written into docs/performance.md and docs/performance.svg."""

import json
import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

BEGIN = "<!-- measured: begin -->"
END = "<!-- measured: end -->"

Row = Mapping[str, Any]

_ROW_HEIGHT, _LEFT, _WIDTH, _RIGHT = 26, 460, 380, 150
# A figure better than its goal keeps left of the line, whichever way the goal points.
_LONGEST = 2.0


def number(value: float) -> str:
    """A figure with three significant digits, as people write it."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def line(row: Row) -> str:
    """One row of the table."""
    baseline = number(row["baseline"]) if row["baseline"] else ""
    ratio = f"{row['ratio']:.2f}×" if row["ratio"] else ""
    verdict = {None: "", True: "met", False: "**missed**"}[row["met"]]
    cells = [row["what"], f"{number(row['value'])} {row['unit']}", baseline, ratio, row["goal"], verdict]
    return f"| {' | '.join(cells)} |"


def table(results: Mapping[str, Sequence[Row]]) -> str:
    """All figures, by benchmark."""
    head = "| figure | measured | baseline | ratio | goal | |\n|---|---|---|---|---|---|"
    parts = [
        "\n".join([f"### {name.replace('_', ' ')}", "", head, *map(line, rows)])
        for name, rows in results.items()
    ]
    return "\n\n".join(parts)


def machine() -> str:
    """Where this was measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (named := re.search(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE)):
        model = named[1].strip()
    day = datetime.now(UTC).date()
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} × {model}, {system}, {day}"


def shortfall(row: Row) -> float:
    """How much of its goal a figure uses up: 1 is the goal itself, less is better."""
    relation, bound = row["goal"].split()[:2]
    judged = row["ratio"] if "×" in bound else row["value"]
    share = float(bound.rstrip("×")) / judged if relation == "≥" else judged / float(bound.rstrip("×"))
    return float(share)


def plot(results: Mapping[str, Sequence[Row]]) -> str:
    """A bar for each figure that has a goal, in units of that goal."""
    rows = [row for group in results.values() for row in group if row["goal"]]
    height = _ROW_HEIGHT * len(rows) + 50
    scale = _WIDTH / _LONGEST
    goal_at = _LEFT + scale
    size = f'width="{_LEFT + _WIDTH + _RIGHT}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13" role="img">',
        "<title>Measured figures in units of their goals: shorter is better</title>",
        f'<rect {size} fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="20" fill="#444">share of the goal used up (shorter is better)</text>',
    ]
    for index, row in enumerate(rows):
        top = 34 + index * _ROW_HEIGHT
        share = shortfall(row)
        length = min(share, _LONGEST) * scale
        label = f"{number(row['value'])} {row['unit']}"
        label += f" ({row['ratio']:.2f}×)" if row["ratio"] else ""
        colour = "#2a7f62" if row["met"] else "#c2571a"
        name = escape(row["what"])
        parts += [
            f'<text x="{_LEFT - 10}" y="{top + 15}" text-anchor="end" fill="#222">{name}</text>',
            f'<rect x="{_LEFT}" y="{top + 3}" width="{length:.0f}" height="16" rx="2" fill="{colour}"/>',
            f'<text x="{_LEFT + length + 6:.0f}" y="{top + 15}" fill="#222">{escape(label)}</text>',
        ]
    ends = f'x1="{goal_at}" y1="28" x2="{goal_at}" y2="{height - 12}"'
    parts.append(f'<line {ends} stroke="#222" stroke-dasharray="4 3"/>')
    return "\n".join([*parts, "</svg>", ""])


def shortcomings(chosen: Sequence[str], results: Mapping[str, Sequence[Row]]) -> list[str]:
    """What keeps a run of the `chosen` benchmarks from having met every goal; empty where nothing does."""
    missed = [row["what"] for rows in results.values() for row in rows if row["met"] is False]
    failed = [name for name in chosen if not results.get(name)]
    found = (("missed", missed), ("failed", failed))
    return [f"{what}: {', '.join(names)}" for what, names in found if names]


def write(folder: Path, results: Mapping[str, Sequence[Row]]) -> None:
    """Put the run's figures where readers look for them; benchmarks that were not run keep theirs."""
    kept = folder / "performance.json"
    every: dict[str, Sequence[Row]] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    every = dict(sorted((every | dict(results)).items()))
    kept.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")
    page = folder / "performance.md"
    before, rest = page.read_text(encoding="utf-8").split(BEGIN)
    measured = f"{BEGIN}\nMeasured on: {machine()}.\n\n{table(every)}\n{END}"
    page.write_text(before + measured + rest.split(END)[1], encoding="utf-8")
    (folder / "performance.svg").write_text(plot(every), encoding="utf-8")
