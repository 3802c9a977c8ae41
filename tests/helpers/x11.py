"""A display of its own, two screens, a window manager, a window to type into, and our cards as a puppet."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Final

import pytest

TOOLS: Final = ("Xvfb", "openbox", "xfwm4", "trayer", "xdotool", "xrandr", "xprop")
# How to start each. xfwm4 blends windows by itself, openbox does not.
MANAGERS: Final = {
    "openbox": ["openbox", "--sm-disable"],
    "xfwm4": ["dbus-run-session", "--", "xfwm4", "--sm-client-disable"],
}
# Two screens side by side: the columns of each, and how high both are.
LEFT, RIGHT, HEIGHT = range(1280), range(1280, 2560), 800
SIZE: Final = f"{RIGHT.stop}x{HEIGHT}x24"
PATIENCE: Final = 15.0
ROOT: Final = Path(__file__).parents[2]
MISSING: Final = [tool for tool in TOOLS if not shutil.which(tool)]
ON_X11: Final = [
    pytest.mark.skipif(sys.platform != "linux", reason="X11 only"),
    pytest.mark.skipif(bool(MISSING) and not os.environ.get("CI"), reason=f"needs {', '.join(MISSING)}"),
]


def until(condition: Callable[[], object], report: Callable[[], object] = str) -> Any:  # noqa: ANN401
    """What `condition` gives once it is true; fails with `report` after `PATIENCE` seconds."""
    deadline, pause = time.monotonic() + PATIENCE, threading.Event()
    while time.monotonic() < deadline:
        if found := condition():
            return found
        pause.wait(0.02)  # between two looks at another program
    pytest.fail(f"waited in vain: {report()}")


class Program:
    """A program of `tests.helpers.focus_programs`, asked line by line."""

    def __init__(self, role: str, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.helpers.focus_programs", role],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: object) -> Any:  # noqa: ANN401 - any JSON
        """One line there, one line back."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self) -> None:
        """Close its stdin, and see it end well."""
        self.process.communicate(timeout=PATIENCE)
        assert 0 == self.process.returncode


class Desk:
    """A display with a window manager, a window to type into, and our cards."""

    def __init__(self, env: dict[str, str], typist: Program, cards: Program) -> None:
        self.env = env
        self.typist = typist
        self.cards = cards

    def afresh(self) -> None:
        """As at first: no card is up, nothing was typed, and the window to type into has the keyboard."""
        self.cards.ask("afresh")
        self.typist.ask("afresh")
        self.xdotool("mousemove", "600", "600")
        self.go_on_typing()

    def go_on_typing(self) -> None:
        """Switch to the other window, as by Alt+Tab."""
        self.xdotool("windowactivate", str(self.typist.ask("id")))
        until(self.other_window_is_active)

    def xdotool(self, *words: str) -> None:
        """Move the mouse, press keys."""
        subprocess.run(["xdotool", *words], env=self.env, check=True, timeout=60)

    @contextmanager
    def typing(self, text: str) -> Iterator[list[str]]:
        """Within the block somebody types `text` again and again; the list holds what was typed."""
        typed: list[str] = []
        over = threading.Event()

        def type_on() -> None:
            while not over.is_set():
                self.xdotool("type", "--delay", "12", text)
                typed.append(text)

        typist = threading.Thread(target=type_on)
        typist.start()
        try:
            yield typed
        finally:
            over.set()
            typist.join(PATIENCE)

    def show(self, name: str, **settings: object) -> None:
        """Show a situation, with these settings, and let its shield come down."""
        self.cards.ask("show", name, settings)
        until(lambda: not self.cards.ask("shielded"))

    def click(self, name: str) -> None:
        """Click on the button of that name."""
        left, top = until(lambda: self.cards.ask("where", name))
        self.xdotool("mousemove", str(left), str(top), "click", "1")

    def typed(self) -> str:
        """What the other window received."""
        text, _active = self.typist.ask("text")
        assert isinstance(text, str)
        return text

    def other_window_is_active(self) -> bool:
        """Whether the keyboard is where it was."""
        return bool(self.typist.ask("text")[1])

    @contextmanager
    def locked(self) -> Iterator[Program]:
        """Within the block the screen is locked: another window covers all and takes every key."""
        locker = Program("locker", self.env)
        try:
            locker.ask("text")
            yield locker
        finally:
            locker.end()

    def intents(self) -> list[str]:
        """What the agent wished for so far."""
        found = self.cards.ask("intents")
        assert isinstance(found, list)
        return found

    def window(self, title: str) -> str:
        """The window whose title begins so."""
        words = ["xdotool", "search", "--onlyvisible", "--name", f"^{title}"]
        done = subprocess.run(words, env=self.env, check=True, timeout=60, capture_output=True, text=True)
        (found,) = done.stdout.split()
        return found

    def opacity(self, window: str) -> int:
        """How opaque the X server is to show a window, in percent."""
        words = ["xprop", "-id", window, "-notype", "32c", "=$0", "_NET_WM_WINDOW_OPACITY"]
        done = subprocess.run(words, env=self.env, check=True, timeout=60, capture_output=True, text=True)
        _, is_set, value = done.stdout.partition("=")
        return round(int(value) / 0xFFFFFFFF * 100) if is_set else 100

    def places(self) -> list[list[int]]:
        """Where cards stand: left, top, width, height, the one in the corner first."""
        found = self.cards.ask("places")
        assert isinstance(found, list)
        return found


@contextmanager
def started(
    command: list[str], env: dict[str, str], stdin: IO[str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program within the block, and what it starts."""
    with subprocess.Popen(
        command, env=env, stdin=stdin, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def plug(env: dict[str, str], name: str, columns: range, output: str = "none") -> None:
    """A screen in these columns."""
    size = f"{len(columns)}/340x{HEIGHT}/210+{columns.start}+0"
    change_screens(env, "--setmonitor", name, size, output)


def change_screens(env: dict[str, str], *words: str) -> None:
    """By `xrandr`."""
    subprocess.run(["xrandr", *words], env=env, check=True, timeout=60, stderr=subprocess.DEVNULL)


@contextmanager
def new_display(manager: str = "") -> Iterator[dict[str, str]]:
    """The environment of a fresh display with two screens, and with a window manager if one is named."""
    assert not MISSING, f"CI must have {MISSING}"
    reader, writer = os.pipe()
    # -r: no auto-repeat, which a busy machine would mistake a slow xdotool for.
    command = ["Xvfb", "-displayfd", str(writer), "-r", "-noreset", "-screen", "0", SIZE, "-nolisten", "tcp"]
    with ExitStack() as stack:
        server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
        stack.callback(server.wait, PATIENCE)
        stack.callback(server.terminate)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        env = dict(os.environ, DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")
        env["SERVER_PID"] = str(server.pid)
        env.pop("WAYLAND_DISPLAY", None)
        if manager:
            # xfwm4 keeps its settings there; not among those of whoever runs the tests.
            settings = stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            stack.enter_context(started(MANAGERS[manager], {**env, "XDG_CONFIG_HOME": settings}))
            until(lambda: _is_managed(env))
        # After the manager: one of them only can have Xvfb's one output, and a screen without one is none to
        # xfwm4. So it sees a single wide one, keeps windows on that, and lets us choose the half.
        plug(env, "LEFT", LEFT, "screen")
        plug(env, "RIGHT", RIGHT)
        yield env


def _is_managed(env: dict[str, str]) -> bool:
    """Whether a window manager looks after the display by now."""
    words = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    return (
        "#" in subprocess.run(words, env=env, check=False, timeout=60, capture_output=True, text=True).stdout
    )


@contextmanager
def new_desk(env: dict[str, str]) -> Iterator[Desk]:
    """A desk on this display; begin with `afresh`."""
    with ExitStack() as stack:
        typist = Program("typist", env)
        stack.callback(typist.end)
        cards = Program("cards", env)
        stack.callback(cards.end)
        yield Desk(env, typist, cards)
