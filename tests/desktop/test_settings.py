"""The settings file."""

import stat
import sys
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop.managed import Managed
from cti_desktop.desktop.settings import Settings, change, load, save

CHOSEN = Settings("https://relay.example.com")


def test_settings_come_back(tmp_path: Path) -> None:
    """What is saved is loaded; before that, there are defaults."""
    path = tmp_path / "settings.json"
    assert Settings() == load(path)
    save(path, CHOSEN)
    assert CHOSEN == load(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits; the folder is the user's")
def test_settings_are_private(tmp_path: Path) -> None:
    """Nobody else may read the file, and no leftovers lie beside it."""
    path = tmp_path / "settings.json"
    save(path, CHOSEN)
    save(path, CHOSEN)
    assert (0o600, [path]) == (stat.S_IMODE(path.stat().st_mode), list(tmp_path.iterdir()))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    """Whoever edited it by hand learns where and what."""
    path = tmp_path / "settings.json"
    path.write_text("{relay_url: ")
    with pytest.raises(ConfigError, match=r"settings\.json"):
        load(path)


def test_unknown_settings_are_ignored(tmp_path: Path) -> None:
    """A newer version's file does not stop an older one."""
    path = tmp_path / "settings.json"
    path.write_text('{"relay_url": "https://relay.example.com", "colour": "blue"}')
    assert CHOSEN == load(path)


def test_a_refusing_disk_is_a_storage_error(tmp_path: Path) -> None:
    """The old file stays; there is no half of a new one."""
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(StorageError, match="can't be written"):
        save(tmp_path / "settings.json", CHOSEN)
    with pytest.raises(StorageError, match="can't be read"):
        load(tmp_path / "settings.json")
    assert ["settings.json"] == [path.name for path in tmp_path.iterdir()]


def test_a_change_leaves_the_rest_alone(tmp_path: Path) -> None:
    """Settings of a newer version too, which this one does not know."""
    path = tmp_path / "settings.json"
    path.write_text('{"relay_url": "https://relay.example.com", "colour": "blue"}')
    change(path, {"corner": "top-left"})
    assert Settings("https://relay.example.com", corner="top-left") == load(path)
    assert '"colour": "blue"' in path.read_text()


def test_a_value_that_can_not_be_is_refused(tmp_path: Path) -> None:
    """The file stays as it was."""
    path = tmp_path / "settings.json"
    with pytest.raises(ConfigError, match="corner"):
        change(path, {"corner": "middle"})
    assert not path.exists()


def test_a_choice_of_the_programs_own_default_is_kept(tmp_path: Path) -> None:
    """Against a default that IT gave."""
    path = tmp_path / "settings.json"
    change(path, {"sound": False})
    assert not load(path, Managed(defaults={"sound": True})).sound


def test_every_setting_is_explained() -> None:
    """In the desktop's manual, by its key."""
    manual = (Path(__file__).parents[2] / "docs" / "desktop.md").read_text(encoding="utf-8")
    assert [] == [key for key in Settings.__struct_fields__ if f"`{key}`" not in manual]
