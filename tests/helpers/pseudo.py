"""A language that nobody speaks: longer than English, with marks on its letters, from right to left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from cti_desktop.desktop.viewmodels.words import language

_MARKED: Final = str.maketrans("aceinouyACEINOUY", "åçéîñöüýÅÇÉÎÑÖÜÝ")
# What stays as it is: places to fill in, and mnemonics.
_KEPT: Final = re.compile(r"(\{\w+\}|%n|&\w)")


def speak(_context: str, source: str, many: str, number: int) -> str:
    """`Ŝave` and its kind: every fifth letter once more, as other languages are longer than English."""
    text = many if many and number != 1 else source
    return "".join(
        part if _KEPT.fullmatch(part) else _longer(part.translate(_MARKED)) for part in _KEPT.split(text)
    )


def _longer(text: str) -> str:
    return "".join(
        letter * 2 if index % 5 == 4 and letter.isalpha() else letter for index, letter in enumerate(text)
    )


@contextmanager
def spoken(app: QApplication, direction: Qt.LayoutDirection) -> Iterator[None]:
    """Everything that is built within the block speaks it."""
    before = app.layoutDirection()
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    language.use(speak, language.Formats(right_to_left=mirrored))
    app.setLayoutDirection(direction)
    try:
        yield
    finally:
        app.setLayoutDirection(before)
        language.use(None, language.Formats())
