"""`python -m tests.screenshots --out DIR`: every state × theme × language × scale, and sheets."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

SCALES: Final = {"100": 1, "150": 1.5, "200": 2}
SCREEN: Final = (1440, 900)


def main(words: list[str]) -> int:
    """Draw everything. Qt takes its scale from the environment, so each scale is a process of its own."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("screenshots-output"), metavar="DIR")
    parser.add_argument("--only", default="", metavar="TEXT", help="states whose name has this in it")
    parser.add_argument("--scale", choices=SCALES, help="this one only")
    parser.add_argument("--fit", metavar="LANGUAGE", help="draw nothing: say what is cut in this language")
    parser.add_argument("--scaled", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(words)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.scaled:
        from tests.screenshots.draw import draw, fit  # noqa: PLC0415 - not before the scale is set

        return fit(options.fit) if options.fit else draw(options.out, options.scale, options.only)
    worst = 0
    for scale, factor in reversed(SCALES.items()):
        if options.scale not in (None, scale):
            continue
        display = options.out / "display.json"
        display.write_text(json.dumps({"screens": [screen_at(factor)]}), encoding="ascii")
        env = dict(os.environ, QT_QPA_PLATFORM=f"offscreen:configfile={display}")
        env["QT_SCALE_FACTOR"] = str(factor)
        env["QT_LOGGING_RULES"] = "default.warning=false;qt.text.font.db=false"  # offscreen's limits
        command = [sys.executable, "-m", "tests.screenshots", *words, "--scaled", "--scale", scale]
        code = subprocess.run(command, env=env, check=False).returncode
        display.unlink()
        worst = max(worst, code)
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}")  # noqa: T201 - for the person
    return worst


def screen_at(factor: float) -> dict[str, object]:
    """One screen of the same size for the eye at every scale."""
    width, height = (round(side * factor) for side in SCREEN)
    return {"name": "one", "x": 0, "y": 0, "width": width, "height": height, "logicalDpi": 96}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
