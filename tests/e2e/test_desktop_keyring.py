"""The real gnome-keyring in a private D-Bus session: good, locked, absent. Each talk is its own process."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.fake_enrolment import serving

TOOLS = ("dbus-run-session", "gnome-keyring-daemon")
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Secret Service is Linux's keyring"),
    pytest.mark.skipif(
        not os.environ.get("CI") and not all(map(shutil.which, TOOLS)),
        reason=f"needs {' and '.join(TOOLS)}: python3 dev.py test installs them",
    ),
]

# Says what the keeper does, one word per step.
TALK = """
import asyncio, sys
from pathlib import Path
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.credentials import InKeyring, Kept
from cti_desktop.desktop.refusals import SignInRefused

keeper = InKeyring(sys.argv[1], patience=10)

def account(url):
    return Account(Path(sys.argv[1] + ".json"), keeper, url)

async def talk():
    for step in sys.argv[2:]:
        try:
            match step.split("="):
                case ["save", token]: await keeper.save(Kept(token, "https://r.example")); print("saved")
                case ["load"]: kept = await keeper.load(); print(kept and kept.token)
                case ["probe"]: await keeper.probe(); print("probed")
                case ["forget"]: await keeper.forget(); print("forgot")
                case ["enrol", url]: await account("").enrol(url, "ABCD-EFGH", "desk"); print("enrolled")
                case ["recall", url]: print((await account(url).recall()).token)
                case ["sign-out", url]: await account(url).forget(await account(url).recall()); print("out")
        except SignInRefused as refusal:
            print(refusal.problem.value)

asyncio.run(talk())
"""
UNLOCK = 'printf "pass\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; '


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The environment of a user without anything."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LANG", "LC_ALL", "PYTHONPATH"}
    }
    folders = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "CACHE", "STATE")
    }
    return {**kept, **folders, "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(run)}


def talk(home: dict[str, str], *steps: str, profile: str = "default", before: str = "") -> list[str]:
    """Have a process talk to the keyring within a D-Bus session; what it said."""
    python = [sys.executable, "-c", TALK, profile, *steps]
    command = ["dbus-run-session", "--", "sh", "-c", before + 'exec "$@"', "sh", *python]
    done = subprocess.run(
        command, env=home, cwd=home["HOME"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_token_is_kept_by_the_keyring(home: dict[str, str]) -> None:
    """Over two sessions, by profile, and in no readable file."""
    assert ["probed", "saved", "tok-123"] == talk(home, "probe", "save=tok-123", "load", before=UNLOCK)
    assert ["tok-123", "forgot", "None"] == talk(home, "load", "forget", "load", before=UNLOCK)
    assert ["None"] == talk(home, "load", profile="other", before=UNLOCK)
    files = [path for path in Path(home["HOME"]).rglob("*") if path.is_file()]
    assert not [path for path in files if b"tok-123" in path.read_bytes()]


def test_a_token_goes_to_its_own_relay_whatever_became_of_the_files(home: dict[str, str]) -> None:
    """The settings are gone, the keyring is not: another relay hears nothing of it, at sign-out neither."""
    with serving() as ours, serving() as other:
        assert ["enrolled", "secret"] == talk(home, f"enrol={ours.url}", f"recall={ours.url}", before=UNLOCK)
        (Path(home["HOME"]) / "default.json").unlink()
        steps = (f"recall={other.url}", f"sign-out={other.url}")
        assert ["other_relay"] * 2 == talk(home, *steps, before=UNLOCK)
        assert ["out", "None"] == talk(home, f"sign-out={ours.url}", "load", before=UNLOCK)
        assert ([], ["/enrol", "/sign-out"]) == (other.requests, [path for _, path, _ in ours.requests])


def test_a_locked_keyring_has_a_name(home: dict[str, str]) -> None:
    """With nobody to type the password: told, not hung."""
    assert ["saved"] == talk(home, "save=tok-123", before=UNLOCK)
    assert ["keyring_locked", "keyring_locked"] == talk(home, "load", "probe")


def test_no_keyring_has_a_name(home: dict[str, str]) -> None:
    """No D-Bus at all: what to install is said elsewhere."""
    python = [sys.executable, "-c", TALK, "default", "probe", "load"]
    done = subprocess.run(python, env=home, capture_output=True, text=True, timeout=60, check=False)
    assert ["keyring_missing", "keyring_missing"] == done.stdout.split()


def test_the_self_test_passes_with_a_keyring(home: dict[str, str]) -> None:
    """Exit code 0, and it names the backend."""
    command = f'{UNLOCK} exec "{sys.executable}" -m cti_desktop.desktop --self-test'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", command],
        env=home,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (0, True) == (done.returncode, "SecretService" in done.stdout), done.stdout + done.stderr
