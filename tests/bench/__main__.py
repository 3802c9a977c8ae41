"""`dev.py bench [NAME …] [--write]`: each benchmark in its own process, then one table of figures."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench import report

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs"
LONGEST_SECONDS = 600


def names() -> list[str]:
    """The modules here that have a `main()`."""
    files = sorted(HERE.glob("*_*.py"))
    return [
        f.stem for f in files if not f.stem.startswith("_") and "\ndef main(" in f.read_text(encoding="utf-8")
    ]


def run(name: str) -> list[dict[str, Any]] | None:
    """Run one benchmark; its rows, None where it failed. What comes before its last line is for people."""
    sys.stdout.write(f"bench: {name}\n")
    sys.stdout.flush()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{name}"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=LONGEST_SECONDS,
    )
    if done.returncode:
        sys.stdout.write(f"bench: {name} failed with {done.returncode}\n{done.stdout}")
        return None
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if why := told.get("skipped"):
        sys.stdout.write(f"bench: {name} skipped: {why}\n")
    rows: list[dict[str, Any]] = told.get("figures", [])
    return rows


def main(words: Sequence[str]) -> int:
    """Run what is named, or all; exit code 0 when every goal was met."""
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(names())}")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/performance.md")
    options = parser.parse_args(words)
    chosen = options.names or names()
    if unknown := set(chosen) - set(names()):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    ran = {name: run(name) for name in chosen}
    results = {name: rows for name, rows in ran.items() if rows}
    sys.stdout.write(f"\n{report.machine()}\n\n{report.table(results)}\n")
    if options.write:
        report.write(DOCS, results)
    verdict = report.shortcomings(chosen, results)
    sys.stdout.write("\n".join(["", *(verdict or ["every goal met"]), ""]))
    return 1 if verdict else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
