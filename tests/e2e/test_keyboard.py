"""The program on an X11 display, and an agent without a mouse."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.helpers import calls
from tests.helpers.fake_relay import TOKEN, FakeRelay
from tests.helpers.x11 import ON_X11, ROOT, Desk, started, until

pytestmark = ON_X11
PROMPT = "^How did it go"


class Keyboard:
    """What the agent does: type in another program, press keys, and see where they go."""

    def __init__(self, desk: Desk, env: dict[str, str]) -> None:
        self.env = env
        self.typist = desk.typist

    def press(self, *keys: str) -> None:
        """One after the other."""
        subprocess.run(["xdotool", "key", *keys], env=self.env, check=True, timeout=60)

    def write(self, text: str) -> None:
        """Letter by letter."""
        subprocess.run(["xdotool", "type", "--delay", "12", text], env=self.env, check=True, timeout=60)

    def is_back(self) -> bool:
        """Whether the other program has the keyboard."""
        return bool(self.typist.ask("text")[1])

    def title_of_active(self) -> str:
        """Of the window that has it."""
        words = ["xdotool", "getactivewindow", "getwindowname"]
        done = subprocess.run(
            words, env=self.env, check=False, timeout=60, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return done.stdout.decode().strip()

    def height_of(self, title: str) -> int:
        """Of the window of that title; 0 while none is on the screen."""
        words = ["xdotool", "search", "--onlyvisible", "--name", title, "getwindowgeometry", "--shell"]
        done = subprocess.run(words, env=self.env, check=False, timeout=60, capture_output=True)
        found = re.search(rb"HEIGHT=(\d+)", done.stdout)
        return int(found[1]) if found else 0

    def choose(self, key: str, title: str) -> bool:
        """After a breath, as keys that come at once are not taken for this call. Whether the form grew."""
        before: int = until(lambda: self.height_of(title))
        subprocess.run(["xdotool", "sleep", "0.5", "key", key], env=self.env, check=True, timeout=60)
        return self.height_of(title) > before


def a_home_in(folder: Path, env: dict[str, str]) -> dict[str, str]:
    """An environment without a keyring, a bus, or anything that was kept."""
    ours = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    return {**env, **ours, "TZ": "Asia/Kolkata"}


async def seen(condition: Callable[[], object], report: Callable[[], object] = str) -> None:
    """Return once it is true; meanwhile the relay goes on."""
    await asyncio.to_thread(until, condition, report)


def test_who_starts_the_program_by_hand_types_the_code_at_once(desk: Desk, tmp_path: Path) -> None:
    """Without a tray, a token or a mouse: the window is in front, its caret where the code goes."""
    code = "QX4-7TZ"
    agent = Keyboard(desk, a_home_in(tmp_path, desk.env))
    command = [sys.executable, "-m", "cti_desktop.desktop", "--relay", "https://relay.example.com"]

    def is_typed() -> bool:
        agent.press("ctrl+a")  # while the keyring is asked, the page takes no keys
        agent.write(code)
        agent.press("ctrl+a", "ctrl+c")
        return bool(agent.typist.ask("paste")[0] == code)

    with started(command, agent.env):
        until(lambda: agent.title_of_active() == "CTI Desktop" and not agent.is_back())
        until(is_typed, lambda: agent.typist.ask("text"))


def test_a_start_at_log_in_takes_no_keyboard(desk: Desk, tmp_path: Path) -> None:
    """Not even to sign in: the window is there, and what somebody types goes where it went."""
    agent = Keyboard(desk, a_home_in(tmp_path, desk.env))
    with started([sys.executable, "-m", "cti_desktop.desktop", "--at-log-in"], agent.env):
        until(lambda: agent.height_of("^CTI Desktop$"))
        agent.write("elsewhere")
        until(lambda: agent.typist.ask("text") == ["elsewhere", True], lambda: agent.typist.ask("text"))


async def test_a_call_is_disposed_of_without_a_mouse(desk: Desk, tmp_path: Path) -> None:
    """From typing elsewhere by the shortcut to the prompt, code, time, note, save, and back to typing."""
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    desk.show("nothing", shortcut="", privacy_shortcut="")  # leaves them to the program
    agent = Keyboard(desk, a_home_in(tmp_path, desk.env))
    async with FakeRelay() as relay:
        command = [sys.executable, "-m", "cti_desktop.desktop", "--at-log-in"]
        command += ["--token-stdin", "--relay", relay.url]
        with token.open() as stdin, started(command, agent.env, stdin=stdin):
            await relay.until(lambda: relay.hellos)
            relay.push(calls.rang(), calls.answered(), calls.ended())
            await seen(lambda: agent.height_of(PROMPT), agent.title_of_active)
            await seen(agent.is_back)  # nothing took the keyboard
            agent.press("ctrl+alt+space")
            await seen(lambda: re.match(PROMPT, agent.title_of_active()), agent.title_of_active)
            await seen(lambda: agent.choose("2", PROMPT))
            agent.press("ctrl+a")
            agent.write("tomorrow 10")
            agent.press("alt+n")
            agent.write("wants an offer")
            agent.press("ctrl+Return")
            await relay.until(lambda: relay.stored)
            await seen(agent.is_back)
            agent.write("back")
            await seen(lambda: agent.typist.ask("text")[0].endswith("back"))
    (disposition,) = relay.stored
    assert ("follow_up", "wants an offer", datetime(2026, 11, 21, 4, 30, tzinfo=UTC)) == (
        disposition.code,
        disposition.notes,
        disposition.follow_up_at,
    )
