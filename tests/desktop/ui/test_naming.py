"""Naming a stranger on the card, with real widgets."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from cti_desktop.core.errands import MERGE_CONTACTS, Errand
from cti_desktop.core.events import Caller, Contact, Duplicate
from cti_desktop.desktop.intents import AnyIntent, Wish
from cti_desktop.desktop.screen import Reply, ReplyState
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.naming import NameEdit
from cti_desktop.desktop.viewmodels.card import card_model
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s

STRANGER = Caller("+919811234567")


def show(card: CallCard, caller: Caller, call_id: str = "call-1") -> None:
    """A ringing call of that caller."""
    call = s.ringing(call_id, caller)
    card.render_card(card_model(call, s.situation(call), s.ZONE), s.NOW)
    if not card.isVisible():
        card.appear()


def press(card: CallCard, name: str) -> None:
    """Click the visible button of that name."""
    found = next(b for b in card.findChildren(QPushButton) if b.isVisible() and b.accessibleName() == name)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def edits(card: CallCard) -> list[NameEdit]:
    """The inputs that can be seen."""
    return [edit for edit in card.findChildren(NameEdit) if edit.isVisible()]


def wished(intents: list[AnyIntent]) -> list[Errand]:
    """What was wished, without the ids."""
    return [replace(intent.errand, id="") for intent in intents if isinstance(intent, Wish)]


def test_two_fields_and_enter(card: CallCard, intents: list[AnyIntent]) -> None:
    """Add to contacts, a name, a company, Enter."""
    show(card, STRANGER)
    assert edits(card) == []
    press(card, "Add to contacts")
    name, company = edits(card)
    QTest.keyClicks(name, "Asha Traders")
    QTest.keyClicks(company, "ATL")
    QTest.keyClick(company, Qt.Key.Key_Return)

    args = {"name": "Asha Traders", "company": "ATL", "number": "+919811234567"}
    assert wished(intents) == [Errand("", "contact.add", "call-1", args)]
    assert edits(card) == []


def test_a_name_is_needed_and_esc_leaves(card: CallCard, intents: list[AnyIntent]) -> None:
    """Nothing is saved by mistake, and what was typed is there when the form opens again."""
    show(card, STRANGER)
    press(card, "Add to contacts")
    press(card, "Save contact")
    assert len(edits(card)) == 2
    QTest.keyClicks(edits(card)[0], "As")
    QTest.keyClick(edits(card)[0], Qt.Key.Key_Escape)
    assert edits(card) == []
    press(card, "Add to contacts")

    assert edits(card)[0].text() == "As"
    assert wished(intents) == []


def test_another_calls_form_is_empty(card: CallCard) -> None:
    """What was typed for one caller never becomes another's name."""
    show(card, STRANGER)
    press(card, "Add to contacts")
    QTest.keyClicks(edits(card)[0], "Asha")
    show(card, STRANGER, "call-2")
    press(card, "Add to contacts")

    assert edits(card)[0].text() == ""


def test_an_update_leaves_what_is_typed(card: CallCard) -> None:
    """The call is answered while the agent writes."""
    show(card, STRANGER)
    press(card, "Add to contacts")
    QTest.keyClicks(edits(card)[0], "Ash")
    show(card, replace(STRANGER, region="Delhi"))

    assert [edit.text() for edit in edits(card)] == ["Ash", ""]


def test_picking(card: CallCard, intents: list[AnyIntent]) -> None:
    """One click on who it is."""
    show(card, replace(STRANGER, contacts=(Contact("a", "Anil"), Contact("b", "Bina", "ATL"))))
    press(card, "Bina  ·  ATL")

    assert wished(intents) == [Errand("", "contact.choose", "call-1", {"contact_id": "b"})]
    show(card, s.ANANYA)
    assert not any(b.isVisible() and b.accessibleName() == "Anil" for b in card.findChildren(QPushButton))


def test_one_person_with_two_entries(card: CallCard, intents: list[AnyIntent]) -> None:
    """Merge, or not the same; a merge is told of and can be taken back."""
    two = (Contact("a", "Anil"), Contact("b", "Anil Rao"))
    shared = replace(STRANGER, contacts=two, duplicate=Duplicate("b", "a"))
    policy = Policy(errands=(MERGE_CONTACTS,))
    call = s.ringing(caller=shared)
    card.render_card(card_model(call, s.situation(call, policy=policy), s.ZONE), s.NOW)
    card.appear()
    press(card, "Merge")
    press(card, "Not the same")
    args = {"keep": "b", "other": "a"}
    assert wished(intents) == [Errand("", f"contact.{what}", "call-1", args) for what in ("merge", "part")]

    done = Reply(Errand("m", MERGE_CONTACTS, "call-1", args), ReplyState.DONE, s.NOW)
    call = s.ringing(caller=replace(STRANGER, contact=two[1]))
    after = s.situation(call, policy=policy, replies={("call-1", MERGE_CONTACTS): done})
    card.render_card(card_model(call, after, s.ZONE), s.NOW)
    press(card, "Undo")
    assert wished(intents)[-1] == Errand("", "contact.unmerge", "call-1", {"merge": "m"})


def test_choosing_again(card: CallCard, intents: list[AnyIntent]) -> None:
    """The one chosen last time is on the card; somebody else of the family calls."""
    two = (Contact("a", "Anil"), Contact("b", "Bina"))
    show(card, replace(STRANGER, contact=two[0], contacts=two))
    press(card, "Somebody else calls")
    press(card, "Bina")

    assert wished(intents) == [Errand("", "contact.choose", "call-1", {"contact_id": "b"})]
