"""What root makes in the relay's folder is the relay's."""

import os
import sys
from pathlib import Path

import pytest

from cti_desktop.relay.owner import hand_over
from tests.helpers.relay_cli import Keyboard

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can give files away"
)


def owners(folder: Path) -> set[int]:
    """Whose the files of a folder are."""
    return {file.stat().st_uid for file in folder.iterdir()}


def test_root_sets_up_for_the_folders_owner(tmp_path: Path) -> None:
    """`init`, and commands before the relay first runs: it can read and write everything they made."""
    home = tmp_path / "cti"
    home.mkdir()
    os.chown(home, 12345, 12346)
    keyboard = Keyboard(home)

    keyboard.types("agent", "add", "Asha", "--phone", "+919999900001")

    assert {12345} == owners(home)


def test_other_peoples_files_stay_theirs(tmp_path: Path) -> None:
    """Only what is root's is given away, and to whom an earlier file belonged if there is one."""
    theirs, ours, like = tmp_path / "theirs", tmp_path / "ours", tmp_path / "like"
    for file in (theirs, ours, like):
        file.touch()
    os.chown(theirs, 1, 1)
    os.chown(like, 2, 2)
    hand_over(theirs, like)
    hand_over(ours, like)

    assert [1, 2] == [theirs.stat().st_uid, ours.stat().st_uid]
