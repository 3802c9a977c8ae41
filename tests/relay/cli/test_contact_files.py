"""`cti-relay contact import` and `export`, with real files and a real store."""

import stat
import sys
from pathlib import Path

import pytest

from cti_desktop.relay.cli.contact_files import harmless
from tests.helpers.relay_cli import Keyboard

LIST = "Id,Name,Mobile,City\n1,Asha,99999 00001,Pune\n2,Ravi,12,\n3,=cmd(),+919999900003,-1\n"


@pytest.fixture
def list_(tmp_path: Path) -> str:
    """A list with a bad row and a formula."""
    file = tmp_path / "list.csv"
    file.write_text(LIST, encoding="utf-8")
    return str(file)


def test_a_dry_run_changes_nothing(keyboard: Keyboard, list_: str) -> None:
    """What would happen is said: the mapping, the counts, the faults."""
    said = keyboard.types("contact", "import", list_, "--dry-run", code=1)
    assert f"{list_}:3: has no number that can be called: 12" in said
    assert keyboard.gets("contact", "list") == []


def test_import_and_again(keyboard: Keyboard, list_: str, tmp_path: Path) -> None:
    """Good rows are taken; the second time they are updated. Faults go into a file as well."""
    faults = tmp_path / "faults.csv"
    keyboard.types("contact", "import", list_, "--errors", str(faults), code=1)
    assert "3,has no number that can be called: 12," in faults.read_text(encoding="utf-8")
    mended = tmp_path / "mended.csv"
    mended.write_text(
        LIST.replace("2,Ravi,12,", "2,Ravi,99999 00002,").replace("Asha", "Asha R"), encoding="utf-8"
    )

    answer = keyboard.gets("contact", "import", str(mended))
    assert (1, 2, 0) == (answer["added"], answer["updated"], answer["refused"])
    assert answer["columns"] == ["key ← Id", "name ← Name", "phone ← Mobile", "custom field ← City"]
    assert {"Asha R", "Ravi", "=cmd()"} == {c["name"] for c in keyboard.gets("contact", "list")}


@pytest.mark.parametrize("name", ["all.csv", "all.vcf"])
def test_export_and_back(keyboard: Keyboard, list_: str, tmp_path: Path, name: str) -> None:
    """Nothing in the file runs as a formula, and importing it changes nothing."""
    keyboard.types("contact", "import", list_, code=1)
    before = keyboard.gets("contact", "list")
    out = tmp_path / name
    assert keyboard.types("contact", "export", str(out)) == f"2 contacts are in {out}.\n"
    assert sys.platform == "win32" or stat.S_IMODE(out.stat().st_mode) == 0o600
    if name.endswith("csv"):
        cells = [
            cell for line in out.read_text(encoding="utf-8-sig").splitlines() for cell in line.split(",")
        ]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    answer = keyboard.gets("contact", "import", str(out))
    after = keyboard.gets("contact", "list")

    assert (0, 2, 0) == (answer["added"], answer["updated"], answer["refused"])
    keep = ("id", "name", "phones", "key")
    assert [[c[k] for k in keep] for c in before] == [[c[k] for k in keep] for c in after]


def test_wrong_usage_is_explained(keyboard: Keyboard, list_: str, tmp_path: Path) -> None:
    """A meaning that doesn't exist, a folder instead of a file."""
    assert "is not HEADING=MEANING" in keyboard.types(
        "contact", "import", list_, "--map", "City=town", code=1
    )
    assert "can't be written" in keyboard.types("contact", "export", str(tmp_path), code=1)
    assert "can't be written" in keyboard.types("contact", "import", list_, "--errors", str(tmp_path), code=1)


def test_harmless_cells() -> None:
    """Only what a spreadsheet would run gets the quote."""
    assert ["'=1", "'+1", "'-1", "'@x", "1", ""] == [harmless(t) for t in ("=1", "+1", "-1", "@x", "1", "")]
