"""The log file."""

import logging
import stat
import sys
from pathlib import Path

import pytest

from cti_desktop.desktop.logs import mask, to_file


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("rang +919999900001", "rang …0001"),
        ("rang 09999900001 twice", "rang …0001 twice"),
        ("rang +91 99999 00001, queue 42", "rang …0001, queue 42"),
        ("Authorization: Bearer cti_abc.def", "Authorization: Bearer …"),
        ("event 1234567 of 2026-11-23", "event 1234567 of 2026-11-23"),
    ],
)
def test_numbers_and_credentials_are_masked(text: str, masked: str) -> None:
    """The last four digits are enough to find a call again."""
    assert masked == mask(text)


def test_tracebacks_are_masked_too(tmp_path: Path) -> None:
    """An exception's text may quote a number."""
    path = tmp_path / "cti-desktop.log"
    with to_file(path):
        try:
            raise ValueError("+919999900001")
        except ValueError:
            logging.getLogger("cti_desktop.test").info("failed", exc_info=True)
    text = path.read_text(encoding="utf-8")
    assert ("ValueError: …0001" in text, "99999" in text) == (True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits; the folder is the user's")
def test_the_file_is_private_and_let_go_of(tmp_path: Path) -> None:
    """Nobody else may read it; after the block nothing is written to it."""
    path = tmp_path / "cti-desktop.log"
    with to_file(path):
        pass
    logging.getLogger("cti_desktop.test").info("too late")
    assert (0o600, "") == (stat.S_IMODE(path.stat().st_mode), path.read_text(encoding="utf-8"))
