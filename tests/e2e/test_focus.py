"""Cards and the keyboard on a real X server and window manager: whoever types elsewhere loses nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

TOOLS: Final = ("Xvfb", "openbox", "xdotool")
PATIENCE: Final = 15.0
ROOT: Final = Path(__file__).parents[2]
TEXT: Final = "the quick brown fox jumps over the lazy dog and types on while cards come and go "

MISSING: Final = [tool for tool in TOOLS if not shutil.which(tool)]
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="X11 only"),
    pytest.mark.skipif(bool(MISSING) and not os.environ.get("CI"), reason=f"needs {', '.join(MISSING)}"),
]


def until(condition: Callable[[], object], report: Callable[[], object] = str) -> Any:  # noqa: ANN401
    """What `condition` gives once it is true; fails with `report` after `PATIENCE` seconds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)  # between two looks at another program
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

    def show(self, name: str) -> None:
        """Show a situation and let its shield come down."""
        self.cards.ask("show", name)
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

    def intents(self) -> list[str]:
        """What the agent wished for so far."""
        found = self.cards.ask("intents")
        assert isinstance(found, list)
        return found


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    """The environment of a fresh display with openbox."""
    assert not MISSING, f"CI must have {MISSING}"
    reader, writer = os.pipe()
    # -r: no auto-repeat, which a busy machine would mistake a slow xdotool for.
    command = ["Xvfb", "-displayfd", str(writer), "-r", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with ExitStack() as stack:
        server = subprocess.Popen(command, pass_fds=(writer,), stderr=subprocess.DEVNULL)
        stack.callback(server.wait, PATIENCE)
        stack.callback(server.terminate)
        os.close(writer)
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        env = dict(os.environ, DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb", LC_ALL="C.UTF-8")
        env.pop("WAYLAND_DISPLAY", None)
        manager = subprocess.Popen(["openbox", "--sm-disable"], env=env, stderr=subprocess.DEVNULL)
        stack.callback(manager.wait, PATIENCE)
        stack.callback(manager.terminate)
        yield env


@pytest.fixture
def desk(display: dict[str, str]) -> Iterator[Desk]:
    """The window to type into has the keyboard; no card is up."""
    with ExitStack() as stack:
        typist = Program("typist", display)
        stack.callback(typist.end)
        made = Desk(display, typist, Program("cards", display))
        stack.callback(made.cards.end)
        made.cards.ask("places")
        until(made.other_window_is_active)
        yield made


def test_typing_elsewhere_arrives_whole(desk: Desk) -> None:
    """Cards and prompts come, change, are clicked and go, while every character reaches the other window."""
    with desk.typing(TEXT) as typed:
        desk.show("one")
        desk.click("Copy number")
        desk.show("two")
        desk.show("taken")
        desk.show("prompt")
        desk.click("Interested")
        desk.show("next prompt")
        desk.click("Later")
        desk.show("nothing")
    expected = "".join(typed)
    until(lambda: desk.typed() == expected, lambda: f"{desk.typed()!r} of {expected!r}")
    assert any("code='interested'" in intent for intent in desk.intents())
    assert any(intent.startswith("SnoozePrompt(call_id='b'") for intent in desk.intents())


def test_a_note_can_be_typed_after_a_click(desk: Desk) -> None:
    """A click into the notes brings the keyboard; when the card goes, the other window has it again."""
    desk.show("talking")
    desk.click("Add note")
    until(lambda: not desk.other_window_is_active())
    desk.xdotool("type", "--delay", "12", "asks for the invoice")
    until(lambda: desk.intents() and "notes='asks for the invoice'" in desk.intents()[-1])
    assert "" == desk.typed()
    desk.show("nothing")
    until(desk.other_window_is_active)
    desk.show("one")
    desk.xdotool("type", "--delay", "12", "back")
    until(lambda: desk.typed() == "back")


def test_the_prompt_takes_the_keyboard_on_a_click_into_its_notes(desk: Desk) -> None:
    """Digits choose after a click beside the inputs, and are text inside them."""
    desk.show("prompt")
    desk.click("Notes")
    until(lambda: not desk.other_window_is_active())
    desk.xdotool("type", "--delay", "12", "room 3")
    until(lambda: desk.intents() and "notes='room 3'" in desk.intents()[-1])
    assert not any("code='not_interested'" in intent for intent in desk.intents())
    desk.xdotool("key", "ctrl+Return")
    until(lambda: "SubmitDraft" in desk.intents()[-1])


def test_cards_stand_inside_the_work_area(desk: Desk) -> None:
    """Prompt and card lie on the screen, one above the other."""
    desk.show("next prompt")
    until(lambda: len(desk.cards.ask("places")) == 2)
    lower, upper = desk.cards.ask("places")
    assert lower[0] + lower[2] <= 1366
    assert lower[1] + lower[3] <= 768
    assert upper[1] + upper[3] <= lower[1] or upper[0] + upper[2] <= lower[0]
    assert upper[1] >= 0
