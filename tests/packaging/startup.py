"""`python -m tests.packaging.startup PROGRAM`: how long a built program takes to show its window."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.helpers.built import Display, bare_environment, display

RUNS = 7


def seconds_to_window(program: Path, screen: Display) -> float:
    """From the start of the process to a window on the screen, as the window manager sees it."""
    with tempfile.TemporaryDirectory() as folder:
        env = bare_environment(Path(folder), DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
        begun = time.perf_counter()
        with subprocess.Popen([program], env=env, cwd="/") as process:
            # Not --sync: it looks twice a second only.
            while not screen.xdotool("search", "--onlyvisible", "--pid", str(process.pid)):
                pass
            took = time.perf_counter() - begun
            process.terminate()
    return took


def forget_pages(program: Path) -> None:
    """Have the system read the program from disk again next time."""
    for file in program.parent.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fdatasync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main(program: Path) -> None:
    """Print both figures in seconds: the median of some runs each, and the range."""
    with display() as screen:
        seconds_to_window(program, screen)
        for name in ("warm", "cold"):
            times = []
            for _ in range(RUNS):
                if name == "cold":
                    forget_pages(program)
                times.append(seconds_to_window(program, screen))
            figures = f"{statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f})"
            sys.stdout.write(f"{name}: {figures}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
