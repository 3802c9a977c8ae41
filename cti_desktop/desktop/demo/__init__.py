"""The whole product on one machine: relay, simulated calls, the real desktop. Only here do they meet."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the demo; the exit code. Headless, it is 0 only if every step of the shift happened."""
    parser = argparse.ArgumentParser(prog="cti-desktop --demo", description=__doc__)
    parser.add_argument("--headless", action="store_true", help="no window: a scripted agent, and pictures")
    parser.add_argument(
        "--out", type=Path, default=Path("demo-output"), metavar="DIR", help="for the pictures"
    )
    options = parser.parse_args(argv)
    try:
        from cti_desktop.desktop.demo import show  # noqa: PLC0415 - an installed desktop has no relay
    except ImportError as missing:
        print(f"{parser.prog}: the demo needs the relay's parts as well: {missing}", file=sys.stderr)  # noqa: T201
        return 1
    return show.headless(options.out) if options.headless else show.interactive()
