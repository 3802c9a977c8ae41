"""A built program as an agent has it: a display, a home, a relay somewhere, and nothing of Python's."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import Credentials, Poster
from tests.helpers.relay_cli import Keyboard

ASHA = SimAgent("Asha Verma", "+919999911101", "asha@example.in", "10")
PATIENCE = 30.0
_pause = threading.Event()
T = TypeVar("T")


def until(look: Callable[[], T]) -> T:
    """What `look` finds once it finds something; fails after `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain, last saw {found!r}")
        _pause.wait(0.05)  # between two looks at another process
    return found


class Office:
    """A relay in a process of its own, with one agent, and MyOperator's webhooks."""

    def __init__(self, folder: Path) -> None:
        self.keyboard = Keyboard(folder)
        self.secret = str(self.keyboard.made["secret"])
        self.keyboard.types("agent", "add", ASHA.name, "--phone", ASHA.phone)
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Serve, on the same port as before."""
        command = [sys.executable, "-m", "cti_desktop.relay.cli", "serve"]
        command += ["--config", self.keyboard.config, "--port", str(self.port)]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        self.port = int(line.rpartition(":")[2])

    def close(self) -> None:
        """Stop serving."""
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=PATIENCE)
            self._process = None

    def token(self) -> str:
        """A token for a scripted desktop."""
        return str(self.keyboard.gets("agent", "token", ASHA.name, "--device", "built")["token"])

    def code(self) -> str:
        """An enrolment code."""
        return str(self.keyboard.gets("agent", "enrol", ASHA.name)["code"])

    def post(self, webhooks: Sequence[Posted]) -> None:
        """MyOperator posts."""

        async def go() -> None:
            async with Poster(f"{self.url}/hooks/myoperator", Credentials(self.secret)) as poster:
                for webhook in webhooks:
                    assert (await poster.post(webhook)).accepted

        asyncio.run(go())

    def dispositions(self) -> list[str]:
        """The codes that are stored, in order."""
        return _column(self.keyboard.folder / "relay.db", "SELECT code FROM dispositions ORDER BY saved_at")


class Display:
    """An X server with a window manager."""

    def __init__(self, name: str) -> None:
        self.name = name

    def xdotool(self, *words: str) -> str:
        """Move the mouse, press keys, look for windows."""
        env = {**os.environ, "DISPLAY": self.name}
        done = subprocess.run(["xdotool", *words], env=env, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def windows(self, process: subprocess.Popen[str]) -> dict[str, tuple[int, int, int, int]]:
        """The visible windows of a process by id: left, top, width, height."""
        found = {}
        for window in self.xdotool("search", "--onlyvisible", "--pid", str(process.pid)).split():
            geometry = self.xdotool("getwindowgeometry", "--shell", window)
            figures = {key: int(value) for key, value in re.findall(r"^(\w+)=(\d+)$", geometry, re.MULTILINE)}
            if figures.get("WIDTH", 0) > 1:
                found[window] = (figures["X"], figures["Y"], figures["WIDTH"], figures["HEIGHT"])
        return found

    def click(self, left: int, top: int) -> None:
        """Press the left button there."""
        self.xdotool("mousemove", str(left), str(top), "click", "1")

    def photograph(self, file: Path) -> None:
        """Keep what is on the screen, where there is a tool for it."""
        subprocess.run(
            ["import", "-display", self.name, "-window", "root", str(file)], check=False, capture_output=True
        )


@contextmanager
def display() -> Iterator[Display]:
    """A fresh one."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL) as server:
        os.close(writer)
        with os.fdopen(reader) as pipe:
            name = f":{pipe.readline().strip()}"
        env = {**os.environ, "DISPLAY": name}
        with subprocess.Popen(["openbox", "--sm-disable"], env=env, stderr=subprocess.DEVNULL) as manager:
            try:
                yield Display(name)
            finally:
                manager.terminate()
                server.terminate()


def bare_environment(home: Path, **more: str) -> dict[str, str]:
    """A home, a language, and no way to any Python."""
    return {"HOME": str(home), "LC_ALL": "C.UTF-8", "PATH": str(home / "no-programs"), **more}


@contextmanager
def started(
    program: Path, home: Path, screen: Display, token: str, *arguments: str
) -> Iterator[subprocess.Popen[str]]:
    """The program, until the end of the block; told to end if it still runs."""
    env = bare_environment(home, DISPLAY=screen.name, QT_QPA_PLATFORM="xcb")
    command = [str(program), "--token-stdin", *arguments]
    with subprocess.Popen(
        command,
        env=env,
        cwd="/",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(f"{token}\n")
        process.stdin.flush()
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)


def outbox(home: Path) -> list[str]:
    """Ids of what waits on this desktop to be sent."""
    return _column(
        home / ".local/share/cti-desktop/default/desktop.sqlite3", "SELECT id FROM outbox ORDER BY position"
    )


def _column(file: Path, query: str) -> list[str]:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return [str(row[0]) for row in db.execute(query)]
    except sqlite3.OperationalError:  # not made yet
        return []
