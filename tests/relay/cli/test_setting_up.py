"""`cti-relay init`: what it makes, and that it never makes it twice."""

import re
import stat
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cti_desktop.relay.cli import app
from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig, load
from cti_desktop.relay.config_keys import SECTIONS, SOURCE
from tests.helpers.relay_cli import Keyboard


def init(folder: Path, *more: str) -> Result:
    """How `init` went."""
    return CliRunner().invoke(app, ["init", "--dir", str(folder), *more])


def test_what_it_answers(keyboard: Keyboard) -> None:
    """Scripts get the paths, the secret and the webhooks' address."""
    made = keyboard.made

    assert sorted(made) == ["config", "database", "hooks", "secret"]
    assert (made["config"], made["database"]) == (keyboard.config, str(keyboard.folder / "relay.db"))
    assert made["hooks"] == "http://127.0.0.1:8420/hooks/myoperator"
    assert made["secret"].startswith("whsec_")


def test_what_is_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands that it shows find what it made: from its folder, which has to be entered first."""
    folder = tmp_path / "my relay"
    assert f"Next:  cd '{folder}'\n       cti-relay serve\n" in init(folder).stdout
    monkeypatch.chdir(tmp_path)
    assert "Next:  cti-relay serve\n" in init(tmp_path).stdout


def test_the_file_is_the_defaults(keyboard: Keyboard) -> None:
    """The commented file says in full what holds without it."""
    url = f"sqlite:///{(keyboard.folder / 'relay.db').as_posix()}"

    assert load(Path(keyboard.config), {}) == RelayConfig(
        ServerConfig(), StoreConfig(url), path=Path(keyboard.config)
    )


def test_the_secret_counts(keyboard: Keyboard) -> None:
    """The one secret that was shown is the one that is active."""
    assert [row["source"] for row in keyboard.gets("secret", "list")] == ["myoperator"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nobody_else_may_read(keyboard: Keyboard) -> None:
    """The folder is ours alone, and so is every file in it."""
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in keyboard.folder.iterdir()}

    assert stat.S_IMODE(keyboard.folder.stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}


def test_a_second_time_changes_nothing(keyboard: Keyboard) -> None:
    """Repeating it is safe: it refuses, and all is as it was."""
    before = Path(keyboard.config).read_bytes()

    result = init(keyboard.folder)

    assert (result.exit_code, result.stdout) == (1, "")
    assert "is there already: nothing was changed" in result.stderr
    assert Path(keyboard.config).read_bytes() == before
    assert len(keyboard.gets("secret", "list")) == 1


def test_what_to_type_into_the_panel(tmp_path: Path) -> None:
    """Every value that the panel asks for stands there, for both generations."""
    said = init(tmp_path / "r", "--public-url", "https://relay.example.com/").stdout

    for value in (
        "https://relay.example.com/hooks/myoperator",
        "POST",
        "application/json",
        "X-Webhook-Token",
        "whsec_",
        "call.initiated, call.dial_begin, call.answered, call.end, call.summary, call.disposition",
        "Incall, After Call, Disposition",
    ):
        assert value in said
    assert "https only" not in said
    assert load(tmp_path / "r" / "relay.toml", {}).server.public_url == "https://relay.example.com"


def test_without_an_address_it_says_so(tmp_path: Path) -> None:
    """Somebody who has no https yet learns that it takes one."""
    assert "MyOperator delivers over https only" in init(tmp_path / "r").stdout


def test_a_wrong_address_makes_nothing(tmp_path: Path) -> None:
    """What can't be used is refused before anything is written."""
    result = init(tmp_path / "r", "--public-url", "relay.example.com")

    assert result.exit_code == 1
    assert "--public-url is 'relay.example.com', but must be an http:// or https:// address" in result.stderr
    assert not (tmp_path / "r").exists()


def test_a_folder_that_can_not_be(tmp_path: Path) -> None:
    """A file in the way is named."""
    (tmp_path / "file").touch()

    assert "can't be made" in init(tmp_path / "file" / "r").stderr


def test_the_file_names_every_key(keyboard: Keyboard) -> None:
    """Whoever opens it sees all that can be set, commented out where it must be chosen."""
    sections = re.split(r"^\[", Path(keyboard.config).read_text("utf-8"), flags=re.MULTILINE)
    named = {
        (part.partition("]")[0], key)
        for part in sections
        for key in re.findall(r"^#?([a-z_]+) = ", part, re.MULTILINE)
    }

    assert {(section, key) for section, keys in SECTIONS.items() for key in keys} <= named
    assert {("sources.myoperator", key) for key in SOURCE} <= named


def test_http_is_for_this_machine_only(tmp_path: Path) -> None:
    """Said before anything is made."""
    result = init(tmp_path / "r", "--public-url", "http://relay.example.com")

    assert (result.exit_code, (tmp_path / "r").exists()) == (1, False)
    assert "delivers to https only" in result.stderr
    assert init(tmp_path / "here", "--public-url", "http://localhost:8420").exit_code == 0
