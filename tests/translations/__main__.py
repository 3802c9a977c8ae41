"""`python -m tests.translations`: bring the `.ts` files up to the words, and make `.qm` of them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.translations.sources import LANGUAGES, TRANSLATIONS, as_lupdate_reads, messages, translations


def main() -> int:
    """Update and compile; exit code 1 while a text lacks its translation."""
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    lacking = 0
    for language in LANGUAGES:
        ts = TRANSLATIONS / f"cti_desktop_{language}.ts"
        update(ts, language)
        tool("lrelease", "-silent", ts, "-qm", ts.with_suffix(".qm"))
        for text, made in translations(ts).items():
            if not made.finished:
                lacking += 1
                print(f"{ts.name}: {text.context}: {text.source}")  # noqa: T201 - for the translator
    return 1 if lacking else 0


def update(ts: Path, language: str) -> None:
    """Add new texts to a `.ts` file, and drop those that are gone."""
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder) / "words.py"
        words.write_text(as_lupdate_reads(messages()), encoding="utf-8")
        flags = ["-silent", "-locations", "none", "-no-obsolete", "-source-language", "en"]
        tool("lupdate", *flags, "-target-language", language, words, "-ts", ts)


def tool(name: str, *arguments: str | Path) -> None:
    """Run one of Qt's tools, which come with PySide6."""
    program = Path(sys.executable).with_name(f"pyside6-{name}{Path(sys.executable).suffix}")
    subprocess.run([program, *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
