"""Codes as a CSV file."""

import csv
import re
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cti_desktop.relay.cli.handouts import csv_text, write_private
from cti_desktop.relay.credentials import redeem
from cti_desktop.relay.refusal import Refused
from tests.helpers.relay_cli import Keyboard
from tests.helpers.relay_store import opened

ASHA = {"id": "agt_1", "name": "Asha", "phones": ["+919999900001"], "code": "AB12-CD34", "expires_at": "then"}


def test_the_file_has_what_a_script_needs(tmp_path: Path) -> None:
    """From the command to the cells, in UTF-8 that spreadsheets recognise; no file, no new codes."""
    keyboard = Keyboard(tmp_path / "relay")
    keyboard.types("agent", "add", "आशा", "--phone", "+919999900001")
    assert "public_url" in keyboard.types("agent", "codes", "--csv", str(tmp_path / "c.csv"), code=1)
    config = Path(keyboard.config)
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[server]", '[server]\npublic_url = "https://relay.example.com"', 1), encoding="utf-8"
    )

    (code,) = keyboard.gets("agent", "codes", "--csv", str(tmp_path / "c.csv"))

    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert ("आशा", code["code"], "https://relay.example.com") == (row["name"], row["code"], row["relay"])

    for options in (["--csv", "c.csv"], ["--csv", "d.csv", "--sheet", "c.csv"], ["--sheet", "nowhere/c.pdf"]):
        paths = [str(tmp_path / word) if "." in word else word for word in options]
        assert re.search("there already|no such folder", keyboard.types("agent", "codes", *paths, code=1))
    assert not (tmp_path / "d.csv").exists()
    with opened(keyboard.folder) as store:  # what was handed out before still counts
        token = store.write_now(lambda c: redeem(c, code["code"], "pc", datetime.now(UTC)))
    assert token is not None


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet would run it; phones begin with a plus, too."""
    text = csv_text([{**ASHA, "name": '=HYPERLINK("http://x")'}], "https://relay.example.com")
    row = next(iter(csv.DictReader(text.splitlines())))
    assert "'=HYPERLINK" == row["name"][:11]
    assert "'+919999900001" == row["phones"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_files_are_private_and_never_overwritten(tmp_path: Path) -> None:
    """Whoever reads them can sign in."""
    write_private(tmp_path / "codes", b"x")
    assert 0o600 == stat.S_IMODE((tmp_path / "codes").stat().st_mode)
    with pytest.raises(Refused, match="there already"):
        write_private(tmp_path / "codes", b"y")
    with pytest.raises(Refused, match="can't be written"):
        write_private(tmp_path / "nowhere" / "codes", b"y")
