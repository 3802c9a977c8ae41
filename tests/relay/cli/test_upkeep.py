"""Backups, erasure and the clock, as an administrator types them."""

import json
from pathlib import Path

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.cli import app
from cti_desktop.relay.typed_by import typed_by
from tests.helpers.relay_cli import Keyboard
from tests.helpers.relay_store import NOW, opened


def test_there_and_back(keyboard: Keyboard, tmp_path: Path) -> None:
    """An agent who was added after the backup is gone after the restore; the store of then is kept."""
    keyboard.types("agent", "add", "Asha", "--phone", "+919999900001")
    copy = tmp_path / "copy.db"
    made = keyboard.gets("backup", str(copy))
    keyboard.types("agent", "add", "Ravi", "--phone", "+919999900002")
    restored = keyboard.gets("restore", str(copy))

    assert (made["backup"], made["bytes"] > 0) == (str(copy), True)
    assert [agent["name"] for agent in keyboard.gets("agent", "list")] == ["Asha"]
    assert Path(restored["aside"]).exists()
    assert "there already" in keyboard.types("backup", str(copy), code=1)


def test_what_a_restore_undoes(keyboard: Keyboard, tmp_path: Path) -> None:
    """It is said: who must enrol again, who must be erased again; and the former store tells."""
    copy = str(tmp_path / "copy.db")
    keyboard.types("backup", copy)
    keyboard.types("agent", "add", "Ravi", "--phone", "+919999900002")
    said = keyboard.types("restore", copy)
    aside = said.splitlines()[1].removeprefix("The former store is kept: ")

    for word in ("cti-relay agent enrol", "directory", "erase them again", "cti-relay token list"):
        assert word in said
    before = CliRunner().invoke(app, ["audit", "--json"], env={"CTI_RELAY_STORE_URL": f"sqlite:///{aside}"})
    assert [row["what"] for row in json.loads(before.stdout)] == ["agent.add"]


def test_a_restore_where_no_store_is(keyboard: Keyboard, tmp_path: Path) -> None:
    """As on a new machine: no former store is spoken of."""
    copy = str(tmp_path / "copy.db")
    keyboard.types("backup", copy)
    (keyboard.folder / "relay.db").unlink()

    said = keyboard.types("restore", copy)
    assert ("None" in said, "former" in said) == (False, False)


def test_a_folder_for_backups(keyboard: Keyboard, tmp_path: Path) -> None:
    """A slash means a folder, in which each copy gets its own name; a missing one is no file's name."""
    folder = tmp_path / "backups"
    assert "there is no folder" in keyboard.types("backup", f"{folder}/", code=1)
    assert not folder.exists()
    folder.mkdir()

    copy = Path(keyboard.gets("backup", f"{folder}/")["backup"])

    assert (copy.parent, copy.name[:6], list(folder.iterdir())) == (folder, "relay-", [copy])


def test_what_is_no_backup(keyboard: Keyboard, tmp_path: Path) -> None:
    """Is refused in words, the store goes on, and nothing half done is left."""
    before = {path.name for path in keyboard.folder.iterdir()}
    keyboard.types("agent", "add", "Asha", "--phone", "+919999900001")
    (tmp_path / "letter.txt").write_text("Dear IT")

    assert "can't be restored" in keyboard.types("restore", str(tmp_path / "letter.txt"), code=1)
    assert [agent["name"] for agent in keyboard.gets("agent", "list")] == ["Asha"]
    assert {path.name for path in keyboard.folder.iterdir()} == before


def test_a_database_server_has_its_own_tools(keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    """What to do instead is said."""
    monkeypatch.setenv("CTI_RELAY_STORE_URL", "postgresql://db/relay")

    assert "pg_dump" in keyboard.types("backup", "copy.db", code=1)
    assert "epoch" in keyboard.types("restore", "copy.db", code=1)


def test_erasing(keyboard: Keyboard) -> None:
    """Says what was found, and what isn't reached; the audit names who did it, never the number."""
    keyboard.types("contact", "add", "Priya", "--phone", "+919812345670")

    said = keyboard.types("erase", "--number", "98123 45670").splitlines()[0]
    assert said == "Erased: 0 calls, 0 webhook bodies, 0 events, 1 contact."
    [row] = [row for row in keyboard.gets("audit") if row["what"] == "erase"]
    assert (row["subject"], row["who"]) == ("number …5670: 0 calls", typed_by())
    assert "9812345670" not in keyboard.types("audit")


def test_the_audit(keyboard: Keyboard, tmp_path: Path) -> None:
    """Each row names who did it: the user who typed, and an agent by name and id."""
    assert keyboard.types("audit") == "Nothing of that kind was done yet.\n"
    keyboard.types("contact", "export", str(tmp_path / "all.csv"))
    agent = keyboard.gets("agent", "add", "Asha Rao", "--phone", "+919999900001")
    with opened(keyboard.folder) as store:
        row = {"at": NOW, "who": agent["id"], "what": "number.reveal", "subject": "call-1"}
        store.write_now(lambda c: c.execute(insert(audit), row))

    heading, reveal, added, export = keyboard.types("audit").splitlines()
    assert heading.split() == ["AT", "WHO", "WHAT", "ABOUT"]
    assert f"  Asha Rao ({agent['id']})  number.reveal" in reveal
    assert f"  {typed_by()} " in export
    assert f"  {typed_by()} " in added
    assert added.split()[-2:] == ["agent.add", agent["id"]]
    assert [(r["who"], r["agent"]) for r in keyboard.gets("audit")] == [
        (agent["id"], "Asha Rao"),
        (typed_by(), None),
        (typed_by(), None),
    ]


def test_the_clock(keyboard: Keyboard) -> None:
    """Somebody has looked at it."""
    assert keyboard.types("trust-clock").startswith("The clock is trusted")
