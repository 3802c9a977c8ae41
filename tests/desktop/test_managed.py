"""What IT and the team lead decide for a machine."""

from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop import managed, settings
from cti_desktop.desktop.managed import NOTHING, Managed, load, place

FIXED = '[fixed]\nrelay_url = "https://relay.example.com"\n'


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    """Most machines have none."""
    assert NOTHING is load(tmp_path / "managed.toml")


def test_fixed_settings_win_and_are_locked(tmp_path: Path) -> None:
    """Over what the agent chose, and the settings window learns that it can't be changed."""
    path = tmp_path / "managed.toml"
    path.write_text(FIXED, encoding="utf-8")
    own = tmp_path / "settings.json"
    own.write_text('{"relay_url": "https://mine.example.com"}')

    decided = load(path)

    assert (True, False, path) == (decided.is_locked("relay_url"), decided.is_locked("x"), decided.source)
    assert "https://relay.example.com" == settings.load(own, decided).relay_url


def test_defaults_give_way_to_the_agent(tmp_path: Path) -> None:
    """They only stand in for the program's own."""
    decided = Managed(defaults={"relay_url": "https://relay.example.com"})
    own = tmp_path / "settings.json"

    assert "https://relay.example.com" == settings.load(own, decided).relay_url
    own.write_text('{"relay_url": "https://mine.example.com"}')
    assert "https://mine.example.com" == settings.load(own, decided).relay_url
    assert not decided.is_locked("relay_url")


def test_it_wins_over_the_branding() -> None:
    """What the installer brings lies beneath what stands on the machine; a default of IT's unlocks."""
    branding = Managed(fixed={"a": 1, "b": 1}, defaults={"c": 1, "d": 1})
    ours = Managed(fixed={"a": 2, "c": 2}, defaults={"b": 2}, source=Path("managed.toml"))

    both = branding.beneath(ours)

    assert {"a": 2, "c": 2} == both.fixed
    assert {"a": 2, "b": 2, "c": 2, "d": 1} == both.over({})
    assert ours.source == both.source
    assert branding == branding.beneath(NOTHING)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[fixed", "the file"),
        ("fixed = 1", "fixed is 1"),
        ('[locked]\nrelay_url = "x"', "locked is"),
    ],
)
def test_a_file_that_makes_no_sense_is_named(tmp_path: Path, text: str, words: str) -> None:
    """IT learns where, what was found, and what is allowed."""
    path = tmp_path / "managed.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=words) as refused:
        load(path)
    assert str(path) == refused.value.where


def test_a_wrong_value_names_the_managed_file(tmp_path: Path) -> None:
    """Not the agent's, which is innocent."""
    path = tmp_path / "managed.toml"
    path.write_text("[fixed]\nrelay_url = 5\n")
    with pytest.raises(ConfigError) as refused:
        settings.load(tmp_path / "settings.json", load(path))
    error = refused.value
    assert (str(path), "relay_url", 5, "Expected `str`, got `int`") == (
        error.where,
        error.key,
        error.found,
        error.allowed,
    )


def test_settings_of_a_newer_version_are_ignored(tmp_path: Path) -> None:
    """A machine may get its file before its program."""
    decided = Managed(fixed={"not_yet_invented": True})
    assert settings.Settings() == settings.load(tmp_path / "settings.json", decided)


def test_a_file_that_cannot_be_read_is_a_storage_error(tmp_path: Path) -> None:
    """Going on without IT's decisions would be wrong."""
    with pytest.raises(StorageError, match="can't be read"):
        load(tmp_path)


def test_each_system_has_its_place() -> None:
    """A folder that an agent can't write to."""
    windows = place("win32", {"PROGRAMDATA": "D:\\Shared"})
    assert ("managed.toml", "cti-desktop") == (windows.name, windows.parent.name)
    assert str(windows).startswith("D:\\Shared")
    assert Path("/Library/Application Support/cti-desktop/managed.toml") == place("darwin")
    assert Path("/etc/cti-desktop/managed.toml") == place("linux")
    assert managed.FILE == place().name
