"""A scripted X11 session: two screens, shortcuts from another program, a late tray, a second start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.helpers import calls
from tests.helpers.fake_relay import TOKEN, FakeRelay
from tests.helpers.x11 import (
    HEIGHT,
    LEFT,
    ON_X11,
    PATIENCE,
    RIGHT,
    ROOT,
    Desk,
    Program,
    change_screens,
    new_display,
    plug,
    started,
    until,
)

pytestmark = ON_X11


def stands_in(desk: Desk, columns: range) -> bool:
    """Whether the one card stands wholly in these columns, and on the screen."""
    places = desk.places()
    return len(places) == 1 and all(
        left in columns and left + width - 1 in columns and top >= 0 and top + height <= HEIGHT
        for left, top, width, height in places
    )


def pops(desk: Desk, **settings: object) -> None:
    """A call rings, with nothing up before."""
    desk.show("nothing", **settings)
    desk.show("one", **settings)


def pops_in(desk: Desk, columns: range, **settings: object) -> bool:
    """Whether another call pops there."""
    pops(desk, **settings)
    return stands_in(desk, columns)


def test_cards_pop_on_the_pointers_screen(desk: Desk) -> None:
    """Whichever that is when the phone rings."""
    for x, columns in ((1900, RIGHT), (600, LEFT)):
        desk.xdotool("mousemove", str(x), "300")
        pops(desk)
        until(lambda c=columns: stands_in(desk, c), desk.places)  # type: ignore[misc]  # bound to its round


def test_cards_pop_where_the_agent_works(desk: Desk) -> None:
    """On the screen of the window that has the keyboard, wherever the pointer is."""
    desk.xdotool("mousemove", "600", "300")
    desk.typist.ask("move", 1700, 100)
    until(lambda: pops_in(desk, RIGHT, follow="active-window"), desk.places)
    desk.typist.ask("move", 40, 40)
    until(lambda: pops_in(desk, LEFT, follow="active-window"), desk.places)


def test_a_screen_by_its_name_and_back_after_it_was_unplugged(desk: Desk) -> None:
    """Unplugged: the card comes to the other screen. Plugged in again: it goes back."""
    desk.xdotool("mousemove", "600", "300")
    pops(desk, screen="RIGHT", corner="top-left")
    until(lambda: stands_in(desk, RIGHT), desk.places)
    assert [1296, 16] == desk.places()[0][:2]
    try:
        change_screens(desk.env, "--delmonitor", "RIGHT")
        until(lambda: stands_in(desk, LEFT), desk.places)
    finally:
        plug(desk.env, "RIGHT", RIGHT)
    until(lambda: stands_in(desk, RIGHT), desk.places)


def test_cards_keep_off_a_panel(desk: Desk) -> None:
    """With two screens, Qt knows nothing of panels; and they stay there when a call changes."""
    panel = [
        "trayer",
        "--edge",
        "bottom",
        "--widthtype",
        "percent",
        "--width",
        "100",
        "--SetDockType",
        "true",
    ]
    panel += ["--heighttype", "pixel", "--height", "60", "--SetPartialStrut", "true"]

    def pops_above() -> bool:
        pops(desk)
        return desk.places()[0][1] + desk.places()[0][3] == HEIGHT - 60 - 16

    with started(panel, desk.env):
        until(pops_above, desk.places)
        before = desk.places()
        desk.show("two")
        assert before[0] == desk.places()[0]


def test_the_shortcut_brings_the_newest_card_from_another_program(desk: Desk) -> None:
    """One key from wherever the agent types; Esc and a click elsewhere are not needed to go on typing."""
    desk.show("two")
    assert desk.other_window_is_active()
    assert {} == desk.cards.ask("faults")
    desk.xdotool("key", "ctrl+alt+space")
    until(lambda: desk.cards.ask("keyboard") == ["Incoming call, Asha Traders  …0001, Renewals"])
    until(lambda: not desk.other_window_is_active())
    desk.show("nothing")
    until(desk.other_window_is_active)


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_the_shortcut_works_under_a_lock(desk: Desk, lock: str) -> None:
    """To X11 a lock is a key that is held, and Ctrl+Alt+Space with it another shortcut."""
    desk.show("one")
    desk.xdotool("key", lock)
    try:
        desk.xdotool("key", "ctrl+alt+space")
        until(lambda: desk.cards.ask("keyboard"))
    finally:
        desk.xdotool("key", lock)


def test_a_shortcut_of_another_program_is_told(desk: Desk) -> None:
    """Two programs can't have the same key: the later one says so."""
    other = Program("cards", desk.env)
    assert {"shortcut": "taken", "privacy_shortcut": "taken"} == other.ask("faults")
    other.ask("show", "nothing", {"shortcut": "Ctrl+Alt+F9", "privacy_shortcut": ""})
    assert {} == other.ask("faults")
    other.end()


def test_one_key_hides_who_calls(desk: Desk) -> None:
    """While a screen is shared."""
    desk.xdotool("key", "ctrl+alt+h")
    until(lambda: "HideCallers(wanted=True)" in desk.intents())


def test_a_screen_whose_picture_is_shown_twice_hides_who_calls(desk: Desk) -> None:
    """A projector was plugged in; a while after it is gone, that is told, too."""
    desk.show("one")
    assert "ScreenShared(told=True)" not in desk.intents()
    try:
        plug(desk.env, "PROJECTOR", LEFT)
        until(lambda: "ScreenShared(told=True)" in desk.intents(), desk.intents)
    finally:
        change_screens(desk.env, "--delmonitor", "PROJECTOR")
    until(lambda: "ScreenShared(told=False)" in desk.intents(), desk.intents)


def test_a_tray_that_comes_late_gets_its_icon(desk: Desk) -> None:
    """Some desktops start theirs after us."""
    assert not desk.cards.ask("tray")[0]
    with started(["trayer", "--edge", "top", "--width", "10"], desk.env):
        until(lambda: desk.cards.ask("tray")[0])
        desk.cards.ask("look for tray")
        until(lambda: desk.cards.ask("tray")[1:] >= [True, 1], lambda: desk.cards.ask("tray"))


@pytest.mark.parametrize("rings", [0, 8])
async def test_a_display_that_dies_ends_the_program_in_order(tmp_path: Path, rings: int) -> None:
    """Exit code 1 and one sentence instead of a traceback; the log says why. Also while cards are to pop.

    No window manager has a part in it.
    """
    home = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    async with FakeRelay() as relay:
        command = ["-m", "cti_desktop.desktop", "--at-log-in", "--token-stdin", "--relay", relay.url]
        with new_display() as env:
            program = await asyncio.create_subprocess_exec(
                sys.executable, *command, env={**env, **home}, cwd=ROOT, stdin=PIPE, stderr=PIPE
            )
            assert program.stdin is not None
            program.stdin.write(f"{TOKEN}\n".encode())
            await relay.until(lambda: relay.hellos)
            relay.push(*(calls.rang(call_id=f"call-{number}") for number in range(rings)))
            await relay.until(lambda: relay.acked >= rings // 2)
            os.kill(int(env["SERVER_PID"]), signal.SIGKILL)
            async with asyncio.timeout(PATIENCE):
                _, err = await program.communicate()
    assert (1, 0) == (program.returncode, err.count(b"Traceback"))
    assert err.endswith(b"start it again with a display.\n")
    (log,) = [*tmp_path.rglob("*.log")]  # noqa: ASYNC240 - nothing runs any more
    assert 1 == log.read_text().count("the display is gone")


def test_a_display_is_found_dead_in_the_middle_of_something() -> None:
    """By Xlib, which Qt asks for titles: it would end the program in silence, or break with it."""
    program = """if True:
        import sys
        from PySide6.QtWidgets import QWidget
        from cti_desktop.desktop import app
        application = app.make_application()
        app.when_lost(app._end_without_display)
        window = QWidget()
        window.show()
        print("up", flush=True)
        sys.stdin.readline()
        other = QWidget(windowTitle="found dead")
        other.show()
    """
    with (
        new_display() as env,
        subprocess.Popen(
            [sys.executable, "-c", program], env=env, cwd=ROOT, stdin=-1, stdout=-1, stderr=-1, text=True
        ) as process,
    ):
        assert process.stdout is not None
        assert "up\n" == process.stdout.readline()
        os.kill(int(env["SERVER_PID"]), signal.SIGKILL)
        _, err = process.communicate("\n", timeout=PATIENCE)
    assert 1 == process.returncode
    assert err.endswith("start it again with a display.\n")


def test_a_second_start_brings_the_first_forward(desk: Desk, tmp_path: Path) -> None:
    """Started by hand, each time: before all others; the second process ends by itself, well."""
    env = {**desk.env, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "cti_desktop.desktop"]

    def name_of_active() -> str:
        words = ["xdotool", "getactivewindow", "getwindowname"]
        done = subprocess.run(words, env=env, check=False, timeout=60, capture_output=True, text=True)
        return done.stdout.strip()

    with started(command, {**env, "PYTHONPATH": str(ROOT)}):
        until(lambda: name_of_active() == "CTI Desktop", name_of_active)
        desk.go_on_typing()
        done = subprocess.run(command, env=env, cwd=ROOT, check=False, timeout=60, capture_output=True)
        assert (0, b"", b"") == (done.returncode, done.stdout, done.stderr)
        until(lambda: name_of_active() == "CTI Desktop", name_of_active)
