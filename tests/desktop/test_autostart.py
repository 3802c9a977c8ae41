"""Starting at log-in."""

import plistlib
import shlex
from pathlib import Path

import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.autostart import Autostart, own_command

COMMAND = ("/opt/My Apps/cti-desktop", "--at-log-in", '--profile="a"')


def test_linux_gets_a_desktop_entry(tmp_path: Path) -> None:
    """In the user's own folder; a path with blanks and quotes survives."""
    start = Autostart("default", COMMAND, "linux", tmp_path)
    start.set(wanted=True)
    assert tmp_path / ".config/autostart/cti-desktop.desktop" == start.file
    line = next(x for x in start.file.read_text().splitlines() if x.startswith("Exec="))
    unescaped = line.removeprefix("Exec=").replace("\\\\", "\\")
    assert list(COMMAND) == shlex.split(unescaped)


def test_macos_gets_a_launch_agent(tmp_path: Path) -> None:
    """Run at load, one per profile."""
    start = Autostart("night", COMMAND, "darwin", tmp_path)
    start.set(wanted=True)
    told = plistlib.loads(start.file.read_bytes())
    assert tmp_path / "Library/LaunchAgents/cti-desktop-night.plist" == start.file
    assert (list(COMMAND), True) == (told["ProgramArguments"], told["RunAtLoad"])


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_it_can_be_taken_back(tmp_path: Path, platform: str) -> None:
    """Twice, too."""
    start = Autostart("default", COMMAND, platform, tmp_path)
    start.set(wanted=True)
    start.set(wanted=False)
    start.set(wanted=False)
    assert not start.file.exists()


def test_a_refusing_disk_is_said(tmp_path: Path) -> None:
    """As a storage error like any other."""
    (tmp_path / ".config").write_text("in the way")
    with pytest.raises(StorageError, match="start at log-in"):
        Autostart("default", COMMAND, "linux", tmp_path).set(wanted=True)


def test_the_command_is_this_program() -> None:
    """For its profile, and saying that nobody clicked."""
    assert ("--at-log-in",) == own_command("default", {})[-1:]
    assert ("--profile", "night") == own_command("night", {})[-2:]
