"""`python -m tests.packaging.startup PROGRAM…`: how soon a program shows its window, and calls its relay.

A program is a built one, or the words of a command in quotes. Several take turns, so that what else the
machine does falls on all alike; processor time suffers from that least. Under `chrt --rr 5` they wait for
nobody.
"""

import os
import shlex
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NamedTuple

from tests.helpers.built import Display, bare_environment, display, until

RUNS = 11
PATIENCE = 20.0


class Start(NamedTuple):
    """In seconds: a window on the screen, processor time till then, and the relay called, too."""

    window: float
    processor: float
    relay: float


def start(command: Sequence[str], screen: Display, home: Path) -> Start:
    """Start a program that is signed in, and end it when it has done both."""
    env = bare_environment(home, DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
    with (
        socket.create_server(("127.0.0.1", 0)) as relay,
        subprocess.Popen(
            [*asking(screen)[:-1], "-spy", "_NET_CLIENT_LIST"], stdout=subprocess.PIPE, text=True
        ) as manager,
    ):
        try:
            relay.settimeout(PATIENCE)
            windows = manager.stdout
            assert windows is not None
            wait_for(windows, there=False)
            words = [*command, "--token-stdin", "--relay", f"http://127.0.0.1:{relay.getsockname()[1]}"]
            begun = time.perf_counter()
            with subprocess.Popen(words, env=env, cwd="/", stdin=subprocess.PIPE) as process:
                assert process.stdin is not None
                process.stdin.write(b"token\n")
                process.stdin.close()
                wait_for(windows, there=True)
                window, processor = time.perf_counter() - begun, processor_time(process.pid)
                relay.accept()[0].close()
                called = time.perf_counter() - begun
                process.terminate()
            wait_for(windows, there=False)
        finally:
            manager.terminate()
    return Start(window, processor, called)


def asking(screen: Display) -> list[str]:
    """The command that asks the window manager for its windows."""
    return ["xprop", "-display", screen.name, "-root", "_NET_CLIENT_LIST"]


def wait_for(windows: IO[str], *, there: bool) -> None:
    """Until the window manager says that there is one, or none."""
    for line in iter(windows.readline, ""):
        if ("0x" in line) is there:
            return
    raise RuntimeError("the window manager has gone")


def processor_time(pid: int) -> float:
    """Of all threads of a process."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def forget_pages(program: Path) -> None:
    """Have the system read the program from disk again next time."""
    for file in program.parent.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fdatasync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main(programs: Sequence[str]) -> None:
    """Print the median of some runs of each, and the range."""
    with display() as screen, tempfile.TemporaryDirectory() as home:
        until(lambda: "no such" not in subprocess.check_output(asking(screen), text=True))
        for program in programs:
            start(shlex.split(program), screen, Path(home))  # makes its files, and warms it up
        for name in ("warm", "cold"):
            runs: dict[str, list[Start]] = {program: [] for program in programs}
            for program in [*programs] * RUNS:
                if name == "cold":
                    forget_pages(Path(shlex.split(program)[0]))
                runs[program].append(start(shlex.split(program), screen, Path(home)))
            for program, starts in runs.items():
                columns = zip(Start._fields, zip(*starts, strict=True), strict=True)
                words = ", ".join(figures(field, times) for field, times in columns)
                sys.stdout.write(f"{name} {program}: {words}\n")


def figures(name: str, times: Sequence[float]) -> str:
    """In words."""
    return f"{name} {statistics.median(times):.2f} s ({min(times):.2f} to {max(times):.2f})"


if __name__ == "__main__":
    main([str(Path(word).resolve()) if Path(word).exists() else word for word in sys.argv[1:]])
