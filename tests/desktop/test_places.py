"""Where a profile keeps its files."""

import stat
import sys
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import places


def test_profiles_do_not_meet() -> None:
    """No file of one profile is another's."""
    work, home = places.of_profile("work"), places.of_profile("home")
    assert not {work.settings, work.store, work.log} & {home.settings, home.store, home.log}


@pytest.mark.parametrize("name", ["default", "Team-2", "a" * 40, "7"])
def test_usable_names(name: str) -> None:
    """Letters, digits, dash and underscore."""
    assert name == places.checked_profile(name)


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "-x", "a" * 41, "con", "LPT1", "é", "a b"])
def test_unusable_names(name: str) -> None:
    """Nothing that could lead to another folder, or to a device."""
    with pytest.raises(ConfigError, match="--profile"):
        places.checked_profile(name)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits; the folder is the user's")
def test_folders_are_private(tmp_path: Path) -> None:
    """Made for this user only, and safe to make again."""
    where = places.under(tmp_path)
    where.make()
    where.make()
    assert {0o700} == {stat.S_IMODE(f.stat().st_mode) for f in (where.config, where.data, where.state)}
