"""The built program, with no way to any Python: it checks itself, takes calls, survives, stays small."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cti_desktop.packaging.inventory import Inventory
from cti_desktop.simulator.calls import SimulatedCall
from tests.helpers.built import (
    ASHA,
    Display,
    Office,
    bare_environment,
    display,
    outbox,
    started,
    until,
)

TOOLS = ("Xvfb", "openbox", "xdotool", "dbus-run-session", "gnome-keyring-daemon")

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the rig is X11's"),
    pytest.mark.skipif(
        not os.environ.get("CI") and not all(map(shutil.which, TOOLS)), reason=f"needs {', '.join(TOOLS)}"
    ),
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty one."""
    home = tmp_path / "home"
    home.mkdir()
    return home


@pytest.fixture(scope="module")
def screen() -> Iterator[Display]:
    """A display."""
    with display() as screen:
        yield screen


def self_test(program: Path, home: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """Run `--self-test` in a D-Bus session of its own; `before` is what the shell does first."""
    run = home / "run"
    run.mkdir(mode=0o700)
    env = bare_environment(home, XDG_RUNTIME_DIR=str(run), QT_QPA_PLATFORM="offscreen")
    inner = f'{before} PATH=/nowhere exec "{program}" --self-test'
    session = {**env, "PATH": os.environ["PATH"]}
    command = ["dbus-run-session", "--", "sh", "-c", inner]
    return subprocess.run(
        command, env=session, cwd="/", capture_output=True, text=True, timeout=120, check=False
    )


def test_it_finds_everything(program: Path, home: Path) -> None:
    """Qt, TLS, the real keyring, the store and the resources, all from its own folder."""
    unlock = 'printf "pass\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1;'
    done = self_test(program, home, unlock)
    assert (0, True) == (done.returncode, "Everything is there." in done.stdout), done.stdout + done.stderr
    assert "SecretService" in done.stdout
    assert str(program.parent) in done.stdout


def test_it_brings_nothing_of_the_relay(program: Path) -> None:
    """No server, no simulator, no tests; and it keeps to its budget."""
    inventory = Inventory.of(program.parent)
    inventory.keep_to_budget()
    names = " ".join(inventory.files).lower()
    assert not [
        word for word in ("sqlalchemy", "uvicorn", "starlette", "alembic", "qml", "gtk") if word in names
    ]
    texts = [name.rpartition("qtbase_")[2] for name in inventory.files if "/qtbase_" in name]
    assert ["en.qm"] == texts  # Qt has no Hindi


def test_calls_are_taken_and_outcomes_survive(
    program: Path, home: Path, office: Office, screen: Display, tmp_path: Path
) -> None:
    """A pop, a disposition by keyboard; one saved without a relay and through a kill; all stored once."""
    token, now = office.token(), datetime.now(UTC)
    with started(program, home, screen, token, "--relay", office.url) as desktop:
        before = until(lambda: screen.windows(desktop))  # the main window
        first = SimulatedCall(caller="+919999900001")
        office.post(first.ring(ASHA, now))
        until(lambda: len(screen.windows(desktop)) > len(before))
        screen.photograph(tmp_path / "pop.png")
        office.post([*first.answer(ASHA, now), *first.hang_up(now + timedelta(seconds=30))])
        dispose(screen, desktop, before, lambda: len(office.dispositions()) == 1)

        second = SimulatedCall(caller="+919999900002", seed=2)
        office.post([*second.ring(ASHA, now), *second.answer(ASHA, now)])
        office.post(second.hang_up(now + timedelta(seconds=60)))
        until(lambda: len(screen.windows(desktop)) > len(before))
        office.close()
        dispose(screen, desktop, before, lambda: len(screen.windows(desktop)) == len(before))
        desktop.send_signal(signal.SIGKILL)
        desktop.wait()
        assert 1 == len(outbox(home))

    with started(program, home, screen, token, "--relay", office.url) as desktop:
        until(lambda: screen.windows(desktop))
        office.open()
        until(lambda: len(office.dispositions()) == 2)
        desktop.send_signal(signal.SIGTERM)
        _, muttered = desktop.communicate(timeout=20)
    assert (0, "") == (desktop.returncode, muttered)
    assert ["interested", "interested"] == office.dispositions()
    assert [] == outbox(home)


def dispose(
    screen: Display,
    desktop: "subprocess.Popen[str]",
    others: Collection[str],
    saved: Callable[[], bool],
) -> None:
    """Click into the prompt, choose the first outcome by its digit, save, until it is saved."""

    def tried() -> bool:
        for window, (left, top, width, _) in screen.windows(desktop).items():
            if window not in others:
                screen.click(left + width // 2, top + 50)
                screen.xdotool("key", "--delay", "60", "1", "ctrl+Return")
        return saved()

    until(tried)
