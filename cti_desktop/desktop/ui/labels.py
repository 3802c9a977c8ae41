"""The factory of every label. What strangers send is shown as it is written: plain text by construction.

The only module that may use QLabel. Foreign text goes through `plain_tip` into a tooltip, through
`plain_caption` onto a button.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_NATIVE: Final = QKeySequence.SequenceFormat.NativeText
_MARKED_LETTER: Final = re.compile(r"\s*\(&\w\)")


class Label(QLabel):
    """A plain-text label. `role` picks its look in the style sheet, `tone` its colour."""

    def __init__(self, role: str = "body", parent: QWidget | None = None, *, wraps: bool = False) -> None:
        """Empty, and hidden from the layout until it has text if the caller so wishes (`show_text`)."""
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        # By itself, Qt would put a Latin name to the left in a language that is read from the right.
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)

    def full_text(self) -> str:
        """The text as it was set."""
        return self.text()

    def show_text(self, text: str) -> None:
        """Set `text`; an empty label takes no room."""
        if text != self.full_text():
            self.setText(text)
        self.setVisible(bool(text))

    def set_tone(self, tone: str) -> None:
        """Colour the text by the style sheet's rule for `tone`."""
        set_look(self, "tone", tone)


class ElidedLabel(Label):
    """A label of one line that ends in `…` where there is no room, and tells the rest in its tooltip."""

    def __init__(self, role: str = "body", parent: QWidget | None = None) -> None:
        """As `Label`."""
        super().__init__(role, parent)
        self._full = ""
        self._pad = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def full_text(self) -> str:
        """The text as it was set, not as it is cut."""
        return self._full

    def setText(self, text: str) -> None:
        """Keep `text` and show as much of it as fits."""
        self._full = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def sizeHint(self) -> QSize:
        """Room for all of the text."""
        return self._room_for(self._full)

    def minimumSizeHint(self) -> QSize:
        """Room for a letter and the dots."""
        return self._room_for(self._full if len(self._full) <= 4 else self._full[:2] + "…")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._fit()

    def _room_for(self, text: str) -> QSize:
        self.ensurePolished()
        width = self.fontMetrics().horizontalAdvance(text) + self._padding() + 2
        return QSize(width, super().sizeHint().height())

    def _padding(self) -> int:
        """What the style sheet puts around the text; a hint at its minimum says nothing of it."""
        hint = super().sizeHint().width()
        if hint > self.minimumWidth():
            self._pad = max(0, hint - self.fontMetrics().horizontalAdvance(self.text()))
        return self._pad

    def _cut(self, text: str, room: int) -> str:
        return self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _fit(self) -> None:
        room = max(0, self.width() - self._padding())
        shown = self._cut(self._full, room)
        super().setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


class TailLabel(ElidedLabel):
    """An elided label whose end is never cut: the last digits tell two callers of one name apart."""

    def __init__(self, role: str = "body", parent: QWidget | None = None) -> None:
        """As `Label`."""
        super().__init__(role, parent)
        self._tail = ""

    def show_tailed(self, text: str, tail: str) -> None:
        """Show `text`, which ends with `tail`."""
        self._tail = tail if tail and text.endswith(tail) else ""
        self.setText(text)

    def _cut(self, text: str, room: int) -> str:
        if not self._tail:
            return super()._cut(text, room)
        width, head = self.fontMetrics().horizontalAdvance, text.removesuffix(self._tail)
        while head and width(head + self._tail) > room:
            head = head.rstrip()[:-1]
        return head + self._tail


class KeyHint(Label):
    """The keys that do the same, beside what they do: `Alt+F`. With a run of keys: `Alt+F  Ctrl+1…4`."""

    def __init__(self, keys: str = "") -> None:
        """`keys` as Qt writes them everywhere; shown as this system does."""
        super().__init__("hint")
        self._keys = QKeySequence(keys).toString(_NATIVE)
        self.setText(self._keys)

    def show_run(self, run: Sequence[str]) -> None:
        """And these, which do the same for one thing each."""
        ends = f"{QKeySequence(run[0]).toString(_NATIVE)}…{len(run)}" if run else ""
        self.setText("  ".join(part for part in (self._keys, ends) if part))


def field_label(text: str, buddy: QWidget) -> Label:
    """The name of an input. `text` is ours and may mark a mnemonic: `&Notes`."""
    label = Label("field")
    label.setText(text)
    label.setBuddy(buddy)
    buddy.setAccessibleName(spoken(text))
    return label


def tabular(font: QFont) -> QFont:
    """`font` with figures of one width, so that a running timer stands still."""
    copy = QFont(font)
    copy.setFeature(QFont.Tag("tnum"), 1)
    return copy


def plain_tip(text: str) -> str:
    """`text` as a tooltip that shows it letter by letter: Qt would take markup in a tooltip for markup."""
    return f"<qt>{html.escape(text)}</qt>" if text else ""


def spoken(caption: str) -> str:
    """Our own `caption` without its mnemonic: `&Save`, or `सेव करें (&S)` with a foreign letter."""
    return _MARKED_LETTER.sub("", caption).replace("&", "")


def plain_caption(text: str) -> str:
    """`text` for a button or a menu entry, where a lone `&` would be taken for a mnemonic."""
    return text.replace("&", "&&")


def set_look(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()
