"""Both commands, where only the other half is installed."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cti_desktop import __version__

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
# An environment in which these can't be found, as in one where they were never installed.
BLOCKED = """
import sys
from importlib import import_module

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if {{name, name.partition(".")[0]}} & set({lacking!r}):
            raise {error}(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Lacking())
sys.argv[1:] = {words!r}
module, _, function = {entry!r}.partition(":")
sys.exit(getattr(import_module(module), function)())
"""


def started(
    command: str, lacking: list[str], *words: str, error: str = "ModuleNotFoundError"
) -> tuple[int, str, str]:
    """Exit code, output and complaints of a command, as its script starts it."""
    code = BLOCKED.format(lacking=lacking, error=error, words=words, entry=COMMANDS[command])
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("command", "lacking", "lock"),
    [
        ("cti-desktop", ["keyring", "PySide6", "qasync"], "requirements/desktop.txt"),
        ("cti-desktop", ["PySide6"], "requirements/desktop.txt"),
        ("cti-relay", ["typer", "sqlalchemy", "uvicorn"], "requirements/relay.txt"),
        ("cti-relay", ["sqlalchemy"], "requirements/relay.txt"),
    ],
)
def test_the_other_half_only(command: str, lacking: list[str], lock: str) -> None:
    """One sentence: where what is missing, and the command that installs it. No traceback."""
    code, out, err = started(command, lacking)

    assert (code, out, err.count("\n")) == (1, "", 1), err
    assert err.startswith(f"{command}: ")
    assert f"not installed in {sys.prefix} (No module named" in err
    assert err.endswith(f"{sys.executable} -m pip install --require-hashes -r {lock}\n")
    assert (ROOT / lock).exists()


def test_a_library_of_the_system() -> None:
    """Where a library can't load, the system lacks something, and not the environment."""
    code, _, err = started("cti-desktop", ["PySide6"], error="ImportError")

    assert (code, err.count("\n"), "library of the operating system" in err) == (1, 1, True)


def test_a_fault_of_ours() -> None:
    """A module of our own that is missing is no question of installing: the whole story is told."""
    code, _, err = started("cti-relay", ["cti_desktop.relay.cli.console"])

    assert (code, "Traceback" in err) == (1, True)


@pytest.mark.parametrize("command", COMMANDS)
def test_all_is_there(command: str) -> None:
    """Both start as their scripts say."""
    assert started(command, [], "--version") == (0, f"{command} {__version__}\n", "")
