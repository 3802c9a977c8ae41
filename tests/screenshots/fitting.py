"""Finds what doesn't fit: texts that are cut, widgets that reach out of their parent."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QWidget,
)

from cti_desktop.desktop.ui.choices import ChoiceButton
from cti_desktop.desktop.ui.labels import Label, TailLabel

# What strangers and colleagues write may be longer than any card.
_FOREIGN = ("Renewals", "Venkatanarasim", "Thiruvanantha", "Brihanmumbai", "<img src")
# A frame's own padding around the text of an input.
_FRAME = 12


def unfitting(window: QWidget) -> list[str]:
    """Complaints about everything in `window` that is on the screen."""
    return [
        f"{type(widget).__name__}: {complaint}"
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        for complaint in (*_cut(widget), *_outside(widget))
        if not any(text in complaint for text in _FOREIGN)
    ]


def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case TailLabel():
            return  # meant to be cut, but for its end
        case Label():
            yield from _cut_label(widget)
        case QPushButton() | QComboBox():
            is_icon = isinstance(widget, QPushButton) and not (
                widget.text() or isinstance(widget, ChoiceButton)
            )
            if not is_icon and widget.width() < widget.sizeHint().width():
                yield f"“{widget.accessibleName()}” has {widget.width()} of {widget.sizeHint().width()}"
        case QLineEdit() | QPlainTextEdit():
            room = widget.contentsRect().width() - _FRAME
            needed = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            if isinstance(widget, QLineEdit) and needed > room:
                yield f"hint “{widget.placeholderText()}” has {room} of {needed}"
        case QTabBar():
            needed = sum(widget.tabSizeHint(index).width() for index in range(widget.count()))
            if needed > widget.width():
                yield f"tabs have {widget.width()} of {needed}"


def _cut_label(label: Label) -> Iterator[str]:
    text = label.full_text()
    if label.text() != text:
        yield f"“{text}” is cut to “{label.text()}”"
    elif label.wordWrap():
        if label.height() < label.heightForWidth(label.width()):
            yield f"“{text}” is {label.height()} high instead of {label.heightForWidth(label.width())}"
    elif text and label.width() < QLabel.sizeHint(label).width():
        yield f"“{text}” has {label.width()} of {QLabel.sizeHint(label).width()}"
    if text and label.height() < label.fontMetrics().height():
        yield f"“{text}” is {label.height()} high, its letters {label.fontMetrics().height()}"


def _outside(widget: QWidget) -> Iterator[str]:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow():
        return
    if isinstance(parent.parentWidget(), QAbstractScrollArea):
        return  # scrolled
    if (
        not QRect(0, 0, parent.width(), parent.height()).contains(widget.geometry())
        and not widget.size().isEmpty()
    ):
        yield f"“{widget.accessibleName()}” at {widget.geometry()} reaches out of {parent.size()}"
