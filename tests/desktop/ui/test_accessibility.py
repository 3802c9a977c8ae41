"""What a screen reader and the keyboard find, in every pictured state."""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QWidget,
)

from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.confirm import ConfirmBar
from cti_desktop.desktop.ui.focus import ReadInOrder
from cti_desktop.desktop.ui.page import ListPage
from cti_desktop.desktop.ui.popup import Popup
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.words import windows as words
from tests.screenshots.fitting import unfitting
from tests.screenshots.showing import Stage, every_state
from tests.screenshots.states import State

ROOT = Path(__file__).resolve().parents[3]
Role = QAccessible.Role
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
)
# What each control may be for a screen reader.
ROLES = {
    QAbstractButton: {Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu},
    QAbstractItemView: {Role.List, Role.Table, Role.Tree},
    QAbstractSpinBox: {Role.SpinBox},
    QAbstractSlider: {Role.Slider, Role.ScrollBar},
    QComboBox: {Role.ComboBox},
    QLineEdit: {Role.EditableText},
    QPlainTextEdit: {Role.EditableText},
    QTabBar: {Role.PageTabList},
}
ROW = 12
"""Widgets whose tops differ by less stand in one row."""


def controls(window: QWidget) -> list[QWidget]:
    """What can be worked with and is on the screen; not the parts that Qt makes for itself."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not is_part(widget)
    ]


def is_part(widget: QWidget) -> bool:
    """A spin box's line edit, a scroll bar, what empties an input: reached through the whole."""
    parent = widget.parentWidget()
    if isinstance(widget, QScrollBar):
        return True
    return widget.objectName().startswith("qt_") or isinstance(
        parent, QAbstractSpinBox | QComboBox | QTabBar | QLineEdit
    )


def spoken(widget: QWidget) -> QAccessibleInterface:
    """What Qt tells a screen reader of a widget."""
    known = QAccessible.queryAccessibleInterface(widget)
    assert known is not None
    return known


def tab_order(window: QWidget) -> list[QWidget]:
    """Where the Tab key leads, from the first stop on, once around."""
    assert isinstance(window, ReadInOrder)
    window.order_stops()  # as the key does
    found, widget = [], window.nextInFocusChain()
    while widget is not None and widget is not window:
        policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if policy and widget.isVisible() and widget.isEnabled() and not widget.focusProxy():
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


@dataclass
class Survey:
    """What is wrong, each with the name of its state."""

    nameless: list[tuple[str, str]] = field(default_factory=list)
    strange: list[tuple[str, str, Role]] = field(default_factory=list)
    unreached: list[tuple[str, str]] = field(default_factory=list)
    strays: list[tuple[str, str, str]] = field(default_factory=list)
    unfit: list[tuple[str, str]] = field(default_factory=list)

    def look_at(self, state: str, window: QWidget) -> None:
        """Add what is wrong with `window`."""
        if not spoken(window).text(QAccessible.Text.Name):
            self.nameless.append((state, type(window).__name__))
        stops = tab_order(window)
        for widget in controls(window):
            known = spoken(widget)
            allowed = next(roles for kind, roles in ROLES.items() if isinstance(widget, kind))
            if not known.text(QAccessible.Text.Name):
                self.nameless.append((state, type(widget).__name__))
            if known.role() not in allowed:
                self.strange.append((state, widget.accessibleName(), known.role()))
            if widget.isEnabled() and stops.count(widget) != 1:
                self.unreached.append((state, widget.accessibleName()))
        self.unfit += [(state, complaint) for complaint in unfitting(window)]
        self.strays += [(state, *names) for names in out_of_order(window, stops)]


def place(window: QWidget, widget: QWidget) -> QPoint:
    """Where a widget is seen; what has to be scrolled to is at the edge."""
    found = widget.mapTo(window, QPoint(0, 0))
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None:
        return found
    bottom = area.mapTo(window, QPoint(0, area.height())).y() - 1
    return QPoint(0, bottom) if found.y() >= bottom else found


def out_of_order(window: QWidget, stops: list[QWidget]) -> list[tuple[str, str]]:
    """Pairs of neighbours that are not one after the other for the eyes; a card's corner comes after all."""
    corner = [stop for stop in stops if isinstance(window, Popup) and stop in window.corner]
    if corner != stops[len(stops) - len(corner) :]:
        return [("the corner", "too early")]
    whole = [stop for stop in stops if not is_part(stop) and stop not in corner]
    found = []
    for first, second in pairwise([*whole, *whole[:1]]):  # Tab goes round
        a, b = place(window, first), place(window, second)
        goes_back = abs(b.y() - a.y()) <= ROW and b.x() < a.x()
        if b.y() < a.y() - ROW or goes_back:
            found.append((first.accessibleName(), second.accessibleName()))
    return found[1:]  # once around there is one way back up


_surveys: list[Survey] = []


@pytest.fixture
def survey(theme: Theme) -> Survey:
    """All states looked at, once for all tests."""
    if not _surveys:
        found = Survey()
        with Stage(theme) as stage:
            for state in every_state():
                with stage.showing(state) as windows:
                    for window in windows:
                        found.look_at(state.name, window)
        _surveys.append(found)
    return _surveys[0]


def test_every_control_has_a_name_and_a_role(survey: Survey) -> None:
    """By the tree that a screen reader walks; windows say what they are, too."""
    assert ([], []) == (survey.nameless, survey.strange)


def test_the_keyboard_reaches_every_control(survey: Survey) -> None:
    """What the mouse can press, Tab can reach, each once."""
    assert [] == survey.unreached


def test_focus_goes_as_eyes_read(survey: Survey) -> None:
    """From top to bottom; what stands in one row, from left to right."""
    assert [] == survey.strays


def keys_of(window: QWidget) -> list[str]:
    """Every key that does something in `window` as it is shown: marked letters and shortcuts."""
    shortcuts = window.findChildren(QShortcut)
    keys = [s.key() for s in shortcuts if isinstance(host := s.parent(), QWidget) and host.isVisible()]
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton):
            keys.append(widget.shortcut())
        elif isinstance(widget, QTabBar):
            keys += [QKeySequence.mnemonic(widget.tabText(index)) for index in range(widget.count())]
        elif isinstance(widget, QLabel) and widget.buddy() is not None:
            keys.append(QKeySequence.mnemonic(widget.text()))
    return [text for key in keys if (text := key.toString())]


def kinds_of_windows() -> list[State]:
    """A state of each window and page, of the sign-in, of prompts with all their fields."""
    kinds: dict[object, State] = {}
    for state in every_state():
        if state.window or state.settings:
            kinds.setdefault((state.page, state.settings, type(state.situation.link)), state)
        elif state.name in ("prompt-queue", "prompt-follow-up", "prompt-invalid", "connected-note", "missed"):
            kinds[state.name] = state
    return list(kinds.values())


def keys_with_questions(window: QWidget) -> Iterator[list[str]]:
    """The keys of `window` as it is, and with each question asked that it may ask."""
    yield keys_of(window)
    for bar in window.findChildren(ConfirmBar):
        about_rows = isinstance(bar.parent(), ListPage)
        bar.ask(words.DISCARD_SURE, words.YES_DISCARD if about_rows else words.YES_SIGN_OUT, lambda: None)
        yield keys_of(window)
        bar.hide()


@pytest.mark.parametrize("language", ["en", "hi"])
def test_no_key_means_two_things(theme: Theme, language: str) -> None:
    """In no window, in either language."""
    languages.use(language)
    twice = []
    with Stage(theme) as stage:
        for state in kinds_of_windows():
            with stage.showing(state) as windows:
                for keys in chain.from_iterable(map(keys_with_questions, windows)):
                    twice += [(state.name, key) for key, count in Counter(keys).items() if count > 1]
    languages.use(languages.ENGLISH)
    assert [] == twice


def test_nothing_is_cut(survey: Survey) -> None:
    """Every label, button, tab and hint shows its full text."""
    assert [] == survey.unfit


def test_one_thing_moves() -> None:
    """Cards fade, if the system has nothing against it; there is no other animation, nor an effect."""
    movers = {"QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QGraphicsOpacityEffect", "QMovie"}
    found = {
        path.name: movers
        & {n.id for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Name)}
        for path in (ROOT / "cti_desktop" / "desktop").rglob("*.py")
    }
    assert {"fade.py": {"QPropertyAnimation"}} == {name: names for name, names in found.items() if names}
