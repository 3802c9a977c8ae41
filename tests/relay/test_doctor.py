"""The whole examination, from a broken file to a sound relay."""

from pathlib import Path

import pytest

from cti_desktop.relay import admin
from cti_desktop.relay.config import load
from cti_desktop.relay.doctor import examine
from cti_desktop.relay.health import Check, Level


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The relay.toml of a relay with a store."""
    path = tmp_path / "relay.toml"
    path.write_text('[store]\nurl = "sqlite:///relay.db"\n', encoding="utf-8")
    admin.run(load(path, {}), "secret.add", {"source": "myoperator"})
    return path


def by_name(checks: list[Check]) -> dict[str, Check]:
    """The first check of each name."""
    return {check.name: check for check in reversed(checks)}


def test_a_sound_relay(path: Path) -> None:
    """All subjects are looked at, in the order in which to mend them; a relay that doesn't run fails."""
    checks = examine(path)

    assert [check.name for check in checks] == [
        "config",
        "dispositions",
        "store",
        "integrity",
        "clock",
        "secrets",
        "agents",
        "unrouted",
        "webhooks",
        "refused",
        "quarantine",
        "ringing",
        "disk",
        "server",
        "address",
    ]
    failing = {check.name for check in checks if check.level is Level.FAIL}
    assert {"server"} == failing - {"disk"}  # none runs here


@pytest.mark.parametrize("text", ["[store", "[store]\nurl = 3\n"])
def test_a_broken_configuration(path: Path, text: str) -> None:
    """Nothing else can be looked at before the file can be read."""
    path.write_text(text, encoding="utf-8")

    (check,) = examine(path)

    assert (check.name, check.level) == ("config", Level.FAIL)
    assert str(path) in check.says


def test_a_broken_catalogue(path: Path) -> None:
    """The dispositions file is read too."""
    path.write_text(path.read_text(encoding="utf-8") + '[catalogue]\nfile = "none.toml"\n', encoding="utf-8")

    assert by_name(examine(path))["dispositions"].level is Level.FAIL


def test_a_store_that_is_gone(path: Path) -> None:
    """A lost store is not silently replaced by an empty one."""
    for file in path.parent.glob("relay.db*"):
        file.unlink()

    check = by_name(examine(path))["store"]

    assert (check.level, "there is no store at" in check.says) == (Level.FAIL, True)
    assert not (path.parent / "relay.db").exists()


def test_a_store_that_is_none(path: Path) -> None:
    """A file with something else in it is refused in words."""
    (path.parent / "relay.db").write_bytes(b"no database at all" * 100)

    check = by_name(examine(path))["store"]

    assert check.level is Level.FAIL
    assert "restore the backup" in check.mend


def test_a_code_that_can_not_be_saved_by_itself(tmp_path: Path) -> None:
    """The policy is held against the dispositions."""
    text = '[store]\nurl = "sqlite:///relay.db"\n[policy]\nwrap_up = "timed"\nauto_code = "gone"\n'
    path = tmp_path / "relay.toml"
    path.write_text(text, encoding="utf-8")
    found = by_name(examine(path))["dispositions"]
    assert Level.FAIL is found.level
    assert "policy.auto_code" in found.says
