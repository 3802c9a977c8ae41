"""ICU's library of tables without the tables: what Qt shows stays as it is, and nobody has it sort."""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cti_desktop.assets import resource
from cti_desktop.packaging import icu

ROOT = resource("").parent
ASK_QT = """
from PySide6.QtCore import QDate, QDateTime, QLocale, QTime, QTimeZone
english, hindi = QLocale("en_IN"), QLocale("hi_IN")
print(english.toString(1234567.5), hindi.toString(QDate(2026, 11, 23), "dddd d MMMM"))
print(hindi.toUpper("straße"))
print(QDateTime(QDate(2026, 7, 1), QTime(12, 0), QTimeZone(b"Asia/Kolkata")).toUTC().time().toString())
"""

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux") or not all(map(shutil.which, ("as", "ld"))),
    reason="only Qt for Linux links ICU; needs binutils",
)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """With a library as large as ours is for Qt."""
    folder = tmp_path / "_internal/PySide6/Qt/lib"
    folder.mkdir(parents=True)
    (folder / "libicudata.so.73").write_bytes(bytes(32_000))
    return tmp_path


def test_the_tables_go_and_their_name_stays(program: Path) -> None:
    """What ICU looks for is there, under its version, and as good as empty."""
    icu.empty(program)
    library = program / "_internal/PySide6/Qt/lib/libicudata.so.73"
    assert library.stat().st_size < 20_000
    header = bytes((ctypes.c_char * 56).in_dll(ctypes.CDLL(str(library)), "icudt73_dat"))
    assert (b"\xda\x27", b"ToCP", bytes(24)) == (header[2:4], header[12:16], header[32:])


def test_it_is_the_same_each_time(program: Path) -> None:
    """Nothing of the moment, and no name of a temporary file, is in it."""
    made = []
    for _ in range(2):
        icu.empty(program)
        made.append((program / "_internal/PySide6/Qt/lib/libicudata.so.73").read_bytes())
    assert made[0] == made[1]


def test_qt_says_the_same_without_them(program: Path) -> None:
    """Numbers, dates in Hindi, letters and time zones are Qt's own."""
    import PySide6  # noqa: PLC0415 - where its libraries are

    (real,) = (Path(PySide6.__file__).parent / "Qt/lib").glob("libicudata.so.*")
    stub = program / "_internal/PySide6/Qt/lib" / real.name
    stub.write_bytes(b"")
    icu.empty(program)
    said = []
    for preload in ({}, {"LD_PRELOAD": str(stub)}):
        env = {**os.environ, **preload}
        done = subprocess.run(
            [sys.executable, "-c", ASK_QT], env=env, capture_output=True, text=True, check=True
        )
        said.append(done.stdout)
    assert said[0] == said[1]


def test_nobody_asks_what_only_the_tables_know() -> None:
    """How a language sorts: without them Qt goes by code points."""
    sources = "".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "cti_desktop/desktop").rglob("*.py")
    )
    assert not [word for word in ("QCollator", "localeAware", "QStringConverter") if word in sources]
