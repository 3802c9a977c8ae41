"""The settings in force."""

from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop.managed import Managed
from cti_desktop.desktop.preferences import Preferences
from cti_desktop.desktop.settings import load


def test_a_change_counts_at_once_and_is_kept(tmp_path: Path) -> None:
    """For this run and the next."""
    path = tmp_path / "settings.json"
    preferences = Preferences(path)
    preferences.change({"corner": "top-left"})
    assert ("top-left", "top-left") == (preferences.now.corner, load(path).corner)


def test_what_it_has_fixed_can_not_be_changed(tmp_path: Path) -> None:
    """Not by whatever way the wish came; what is free beside it is changed."""
    preferences = Preferences(tmp_path / "settings.json", Managed(fixed={"sound": True}))
    preferences.change({"sound": False, "corner": "top-left"})
    preferences.change({"sound": False})
    assert (True, "top-left") == (preferences.now.sound, preferences.now.corner)
    assert frozenset({"sound"}) == preferences.locked


def test_a_value_that_can_not_be_is_refused(tmp_path: Path) -> None:
    """And named; what counted goes on counting."""
    preferences = Preferences(tmp_path / "settings.json")
    with pytest.raises(ConfigError, match="sound_volume"):
        preferences.change({"sound_volume": 500})
    assert 70 == preferences.now.sound_volume


def test_a_refusing_disk_does_not_refuse_the_agent(tmp_path: Path) -> None:
    """It counts for this run; that it is not kept is said."""
    preferences = Preferences(tmp_path / "gone" / "settings.json")
    with pytest.raises(StorageError):
        preferences.change({"corner": "top-left"})
    assert "top-left" == preferences.now.corner
