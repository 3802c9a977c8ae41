"""Dialling, hearing and revealing from a card and from a list, with real widgets, mouse and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL, Errand
from cti_desktop.core.events import Caller
from cti_desktop.desktop.intents import AnyIntent, TakeBack, Wish
from cti_desktop.desktop.screen import Reply, ReplyState
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.page import ListPage
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.card import card_model
from cti_desktop.desktop.viewmodels.rows import call_row
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s

ALL = Policy(errands=(DIAL, RECORDING, REVEAL))
HIDDEN = s.closed(caller=Caller(masked="+91 ••••• ••001"), recording="1.mp3")


def show(card: CallCard, *replies: Reply) -> None:
    """A missed call of a masked caller."""
    situation = s.situation(HIDDEN, policy=ALL, replies={("call-1", r.errand.what): r for r in replies})
    card.render_card(card_model(HIDDEN, situation, s.ZONE), s.NOW)
    card.appear()


def buttons(widget: QWidget) -> dict[str, QPushButton]:
    """Those that can be seen, by name."""
    return {b.accessibleName(): b for b in widget.findChildren(QPushButton) if b.isVisible()}


def wished(intents: list[AnyIntent]) -> list[Errand]:
    """What was wished, without the ids."""
    return [replace(intent.errand, id="") for intent in intents if isinstance(intent, Wish)]


def test_by_mouse(card: CallCard, intents: list[AnyIntent]) -> None:
    """One click each."""
    show(card)
    for name in ("Show number", "Call back", "Recording"):
        QTest.mouseClick(buttons(card)[name], Qt.MouseButton.LeftButton)

    assert [Errand("", what, "call-1") for what in (REVEAL, DIAL, RECORDING)] == wished(intents)
    assert len({i.errand.id for i in intents if isinstance(i, Wish)}) == 3


@pytest.mark.parametrize(
    ("key", "what"), [(Qt.Key.Key_B, DIAL), (Qt.Key.Key_R, RECORDING), (Qt.Key.Key_U, REVEAL)]
)
def test_by_keyboard(qtbot: QtBot, card: CallCard, intents: list[AnyIntent], key: Qt.Key, what: str) -> None:
    """Once the card has the keyboard."""
    show(card)
    card.take_keyboard(card)
    qtbot.waitUntil(card.isActiveWindow)
    QTest.keyClick(card, key, Qt.KeyboardModifier.ControlModifier)

    assert wished(intents) == [Errand("", what, "call-1")]


def test_what_is_being_asked_waits_and_what_is_shown_can_be_hidden(
    card: CallCard, intents: list[AnyIntent]
) -> None:
    """A second click asks nothing; the number is read on the card, and put away by the same button."""
    revealing = Errand("e", REVEAL, "call-1")
    show(card, Reply(revealing, ReplyState.UNDER_WAY, s.NOW))
    QTest.mouseClick(buttons(card)["Show number"], Qt.MouseButton.LeftButton)
    assert intents == []
    show(card, Reply(revealing, ReplyState.DONE, s.NOW, text="+919999900001", at=s.NOW))
    assert card.model is not None
    assert card.model.caller.number == "+91 99999 00001"
    QTest.mouseClick(buttons(card)["Hide number"], Qt.MouseButton.LeftButton)

    assert intents == [TakeBack("call-1", REVEAL)]
    card.retire()
    assert not any(name in buttons(card) for name in ("Show number", "Hide number"))


def test_below_a_list(qtbot: QtBot, theme: Theme, intents: list[AnyIntent]) -> None:
    """Of the current row: the day, the history, follow-ups and what is owed."""
    page = ListPage(theme, "Calls", ("", ""), picks=True)
    qtbot.addWidget(page)
    page.intended.connect(intents.append)
    situation = s.situation(HIDDEN, policy=ALL)
    page.show_rows((call_row(HIDDEN, situation, s.ZONE),))
    page.show()
    QTest.mouseClick(buttons(page)["Call back"], Qt.MouseButton.LeftButton)

    assert wished(intents) == [Errand("", DIAL, "call-1")]
    page.show_rows(())
    assert "Call back" not in buttons(page)
