"""The words in the code are translated, all of them, and say the same in every language."""

import ast
import re
import shutil
import string
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from tests.translations.__main__ import update
from tests.translations.rules import stray
from tests.translations.sources import (
    LANGUAGES,
    TRANSLATIONS,
    Message,
    as_lupdate_reads,
    message,
    messages,
    modules,
    translate_calls,
    translations,
)

# Samples of what is typed.
NO_WORDS = {"ABCD-EFGH"}


def contexts(tree: ast.AST) -> set[str]:
    """Name the contexts that a module's words are in."""
    return {made.context for call in translate_calls(tree) if (made := message(call))}


def places(text: str) -> list[str]:
    """Name what is filled in: `{name}`, `%n`."""
    fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    return sorted([*fields, *re.findall("%n", text)])


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.stem)
def test_every_text_can_be_translated(path: Path) -> None:
    """A words module says nothing outside `translate`, and there only literals, in one context."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [] == [complaint for complaint in stray(tree) if complaint[1] not in NO_WORDS]
    assert [] == [call.lineno for call in translate_calls(tree) if message(call) is None]
    if path.stem != "toolkit":  # its contexts are Qt's
        assert contexts(tree) <= {"".join(part.title() for part in path.stem.split("_"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated(language: str) -> None:
    """Every text has its translation; run `python3 dev.py translate`, then fill in what is unfinished."""
    found = translations(TRANSLATIONS / f"cti_desktop_{language}.ts")
    assert set(messages()) == set(found)
    assert [] == [text for text, made in found.items() if not made.finished or not all(made.forms)]
    assert {2} == {len(made.forms) for text, made in found.items() if text.many}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same(language: str) -> None:
    """A name or number that English has is in every form of the translation, too, and no other."""
    for text, made in translations(TRANSLATIONS / f"cti_desktop_{language}.ts").items():
        assert all(places(form) == places(text.source) for form in made.forms), text
        assert not text.many or places(text.many) == places(text.source), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_hindi_is_in_devanagari(language: str) -> None:
    """No English text was copied over; only units, names, and what has no word of its own are the same."""
    found = translations(TRANSLATIONS / f"cti_desktop_{language}.ts")
    same = {
        text.source for text, made in found.items() if not re.search("[\u0900-\u097f]", "".join(made.forms))
    }
    worded = {text for text in same if re.search("[A-Za-z]", re.sub(r"\{\w*\}", "", text))}
    assert {"am", "pm", "CTI Desktop", "{figure} ms", "{number}\u00a0ms"} >= worded


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_file_is_up_to_date(qapp: QApplication, language: str) -> None:
    """What ships says what the translator wrote, for one and for many."""
    ts = TRANSLATIONS / f"cti_desktop_{language}.ts"
    translator = QTranslator()
    assert translator.load(str(ts.with_suffix(".qm")))
    for text, made in translations(ts).items():
        for number, form in zip((1, 2) if text.many else (-1,), made.forms, strict=True):
            assert form == translator.translate(text.context, text.source, text.many, number)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lupdate_finds_every_text_in_its_context(tmp_path: Path, language: str) -> None:
    """Qt's tool reads what we read: it neither adds nor loses a text, and moves none elsewhere."""
    ts = TRANSLATIONS / f"cti_desktop_{language}.ts"
    copy = tmp_path / ts.name
    shutil.copy(ts, copy)
    update(copy, language)
    assert translations(ts) == translations(copy)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('translate("Calls", "Note")', Message("Calls", "Note")),
        ('translate("Calls", "%n call", "%n calls", number)', Message("Calls", "%n call", "%n calls")),
        ('translate("Calls", f"{name}")', None),
        ('translate("Calls", label)', None),
        ('translate("Calls", "%n call", "%n calls", number=2)', None),
    ],
)
def test_calls_are_read_by_their_syntax(code: str, expected: Message | None) -> None:
    """What isn't a literal is no text for a translator."""
    call = next(translate_calls(ast.parse(code)))
    assert expected == message(call)


def test_numbers_are_figures_for_lupdate() -> None:
    """A variable in the number's place would lose the plural."""
    assert "translate('C', '%n a', '%n b', 1)\n" == as_lupdate_reads([Message("C", "%n a", "%n b")])
