"""Reads the words that can be translated, from the code and from a translator's `.ts` file.

The code is read by its syntax tree: lupdate's own reading of Python silently loses what stands in an f-string
and takes a text with a number for one without.
"""

from __future__ import annotations

import ast
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
WORDS: Final = ROOT / "cti_desktop/desktop/viewmodels/words"
TRANSLATIONS: Final = ROOT / "resources/translations"
LANGUAGES: Final = ("hi",)


@dataclass(frozen=True, slots=True)
class Message:
    """One text. `many` is its form for several, empty where there is no number."""

    context: str
    source: str
    many: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """A translator's forms of a message: one, or with a number as many as the language has."""

    forms: tuple[str, ...]
    finished: bool


def modules() -> list[Path]:
    """The modules of words."""
    return sorted(path for path in WORDS.glob("*.py") if path.stem not in {"__init__", "language"})


def translate_calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Every call of `translate`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate":
            yield node


def message(call: ast.Call) -> Message | None:
    """What a call of `translate` translates; None where a text is no literal."""
    texts = [arg.value for arg in call.args[:3] if isinstance(arg, ast.Constant)]
    literal = [text for text in texts if isinstance(text, str)]
    if len(call.args) not in {2, 4} or len(literal) != min(3, len(call.args)) or call.keywords:
        return None
    return Message(*literal)


def messages() -> list[Message]:
    """All texts of all modules, each once, in order."""
    found = [
        made
        for path in modules()
        for call in translate_calls(ast.parse(path.read_text(encoding="utf-8")))
        if (made := message(call))
    ]
    return sorted(set(found), key=lambda text: (text.context, text.source, text.many))


def as_lupdate_reads(texts: list[Message]) -> str:
    """The messages as calls that lupdate can't misread: a number is a figure."""
    return "".join(
        f"translate({text.context!r}, {text.source!r}{f', {text.many!r}, 1' if text.many else ''})\n"
        for text in texts
    )


def translations(path: Path) -> dict[Message, Translation]:
    """What a `.ts` file holds."""
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of this checkout
        for node in context.iter("message"):
            text = Message(
                context.findtext("name", ""), node.findtext("source", ""), node.findtext("comment", "")
            )
            made = node.find("translation")
            assert made is not None
            plural = tuple(form.text or "" for form in made.iter("numerusform"))
            forms = plural if node.get("numerus") == "yes" else (made.text or "",)
            found[text] = Translation(forms, made.get("type") is None)
    return found
