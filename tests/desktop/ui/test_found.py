"""The page with all calls that this device knows."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from cti_desktop.core.errands import DIAL
from cti_desktop.desktop.intents import AnyIntent, FindCalls, ReadPages, Wish
from cti_desktop.desktop.screen import PAGE, FoundCalls, Reply, ReplyState
from cti_desktop.desktop.ui.found import FoundPage
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.day import found_model
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls

CALLS = tuple(many_calls(PAGE))


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> FoundPage:
    """Shown, without anything found."""
    made = FoundPage(theme)
    qtbot.addWidget(made)
    made.intended.connect(intents.append)
    made.resize(560, 600)
    made.show()
    return made


def show(page: FoundPage, total: int, *pages: int, **changes: object) -> None:
    """So many were found, and these pages read."""
    found = FoundCalls(serial=1, total=total, pages=MappingProxyType(dict.fromkeys(pages, CALLS)))
    found = replace(found, **changes)  # type: ignore[arg-type]  # the tests' own keywords
    page.render_found(found_model(s.situation(found=found), s.ZONE))


def test_typing_looks(page: FoundPage, intents: list[AnyIntent]) -> None:
    """At every letter; Esc empties it and looks for all."""
    QTest.keyClicks(page.search, "ra")
    assert [FindCalls("r"), FindCalls("ra")] == intents
    show(page, 9, 0, text="ra")
    intents.clear()
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert FindCalls() in intents


def test_a_hundred_thousand_rows_are_a_number(
    page: FoundPage, intents: list[AnyIntent], settle: Callable[[], None]
) -> None:
    """Only what is in view is read, once."""
    show(page, 100_000, 0)
    settle()
    assert 100_000 == page.list.model().rowCount()
    assert [ReadPages(1, (1,))] == intents
    bar = page.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    asked = intents[-1]
    assert isinstance(asked, ReadPages)
    assert 50_000 // PAGE in asked.pages
    count = len(intents)
    bar.setValue(bar.value() + 5)
    assert count == len(intents)


def test_what_is_not_read_yet_is_a_place(page: FoundPage) -> None:
    """It offers nothing, and fills itself."""
    show(page, 200, 0)
    row = page.list.model().index(PAGE, 0).data(Qt.ItemDataRole.UserRole)
    assert "…" == row.caller.name
    show(page, 200, 0, 1)
    row = page.list.model().index(PAGE, 0).data(Qt.ItemDataRole.UserRole)
    assert CALLS[0].id == row.key


def test_the_list_does_not_jump_while_pages_come(page: FoundPage, settle: Callable[[], None]) -> None:
    """The reader is somewhere."""
    show(page, 1000, 0)
    settle()
    page.list.verticalScrollBar().setValue(2000)
    show(page, 1000, 0, 1)
    assert 2000 == page.list.verticalScrollBar().value()


def test_down_goes_to_the_list(page: FoundPage, settle: Callable[[], None]) -> None:
    """The whole page without a mouse."""
    page.activateWindow()
    show(page, 3, 0)
    page.search.setFocus()
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    settle()
    assert page.list.hasFocus()
    assert page.list.currentIndex().isValid()


def test_a_callers_history(page: FoundPage, intents: list[AnyIntent]) -> None:
    """From any of their calls, and back to all."""
    show(page, 3, 0)
    find = {b.accessibleName(): b for b in page.findChildren(QAbstractButton)}
    QTest.mouseClick(find["This caller’s calls"], Qt.MouseButton.LeftButton)
    assert FindCalls(number=CALLS[0].info.caller.number or "") == intents[-1]
    show(page, 3, 0, serial=2, number="+91")
    assert any(label.full_text().startswith("Calls with") for label in page.findChildren(Label))
    QTest.mouseClick(find["Show all callers"], Qt.MouseButton.LeftButton)
    assert FindCalls() == intents[-1]


def test_nothing_found_says_what_to_do(page: FoundPage) -> None:
    """Not the same as nothing known."""
    show(page, 0, text="zzz")
    texts = {label.full_text() for label in page.findChildren(Label) if label.isVisible()}
    assert "No such call" in texts
    show(page, 0, serial=2)
    texts = {label.full_text() for label in page.findChildren(Label) if label.isVisible()}
    assert "No calls yet" in texts


def test_a_double_click_edits_nothing(page: FoundPage, settle: Callable[[], None]) -> None:
    """A row is not a text to be changed."""
    show(page, 3, 0)
    settle()
    at = page.list.visualRect(page.list.model().index(1, 0)).center()
    QTest.mouseDClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.keyClick(page.list, Qt.Key.Key_F2)
    assert page.list.findChild(QLineEdit) is None


def test_calling_back_from_the_history(
    page: FoundPage, intents: list[AnyIntent], settle: Callable[[], None]
) -> None:
    """How far it came is told below the list, although nothing else changed."""
    situation = s.situation(
        found=FoundCalls(serial=1, total=1, pages=MappingProxyType({0: (s.closed("old"),)})),
        policy=Policy(errands=(DIAL,)),
    )
    page.render_found(found_model(situation, s.ZONE))
    settle()
    button = next(b for b in page.findChildren(QAbstractButton) if b.accessibleName() == "Call back")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    (wish,) = [intent for intent in intents if isinstance(intent, Wish)]
    reply = Reply(wish.errand, ReplyState.FAILED, s.NOW, code="vendor")
    page.render_found(found_model(replace(situation, replies={("old", DIAL): reply}), s.ZONE))

    assert any("does not do it just now" in label.full_text() for label in page.findChildren(Label))
