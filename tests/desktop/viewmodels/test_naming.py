"""Whom an agent can give a name."""

from dataclasses import replace

import pytest

from cti_desktop.core.call import EndReason
from cti_desktop.core.errands import MERGE_CONTACTS
from cti_desktop.core.events import Caller, Contact, Duplicate
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import Reply, ReplyState
from cti_desktop.desktop.viewmodels.naming import NamingModel, Pick, Same, naming_model
from cti_desktop.desktop.wishes import merged_contacts
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s

STRANGER = Caller("+919811234567")
ANIL, RAO = Contact("a", "Anil"), Contact("b", "Anil Rao", "ATL")
SHARED = replace(STRANGER, contacts=(ANIL, RAO), duplicate=Duplicate("b", "a"))
CAN = Policy(errands=(MERGE_CONTACTS,))


def named(call: MyCall, **situation: object) -> NamingModel | None:
    """What can be settled about the caller of `call`."""
    return naming_model(call, s.situation(call, policy=CAN, **situation))


def test_a_stranger_can_get_a_name() -> None:
    """While it rings and after it was missed; a masked number's owner as well."""
    open_ = NamingModel("call-1", "+919811234567", can_add=True)

    assert open_ == named(s.ringing(caller=STRANGER))
    assert open_ == named(s.closed(caller=STRANGER))
    assert named(s.ringing(caller=Caller(masked="…001"))) == NamingModel("call-1", "", can_add=True)


@pytest.mark.parametrize(
    "call",
    [
        s.ringing(),
        s.ringing(caller=Caller()),
        s.ringing(caller=Caller(written="198")),
        s.closed(reason=EndReason.ANSWERED_ELSEWHERE, caller=STRANGER, answered_by=s.RAVI),
    ],
)
def test_nothing_to_settle(call: MyCall) -> None:
    """A known caller, a withheld one, a colleague's."""
    assert named(call) is None


def test_several_are_offered() -> None:
    """To be picked from, instead of making one more."""
    two = (Contact("a", "Anil\nRao", "ATL"), Contact("b", "Bina"))
    model = named(s.ringing(caller=replace(STRANGER, contacts=two)))

    assert model is not None
    assert ((Pick("a", "Anil Rao", "ATL"), Pick("b", "Bina")), False) == (model.picks, model.can_add)
    assert ["Anil Rao  ·  ATL", "Bina"] == [pick.text for pick in model.picks]


def test_not_while_others_are_asked() -> None:
    """In a second the name may be there."""
    model = named(s.ringing(caller=replace(STRANGER, pending=True)))

    assert model is not None
    assert not model.can_add


def test_two_that_may_be_one() -> None:
    """Asked about whoever is not on the card; only where the relay can merge."""
    neither = named(s.ringing(caller=SHARED))
    chosen = named(s.ringing(caller=replace(SHARED, contact=RAO)))

    assert neither is not None
    assert neither.same == Same("Anil Rao, ATL: same person as Anil?", "b", "a")
    assert chosen is not None
    assert chosen.same == Same("Same person as Anil?", "b", "a")
    assert (chosen.may_repick, chosen.picks, chosen.can_add) == (True, (Pick("a", "Anil"),), False)
    old = naming_model(s.ringing(caller=SHARED), s.situation())
    assert old is not None
    assert old.same is None


def test_a_merge_can_be_taken_back() -> None:
    """As long as it is told of; a refusal is told in its place."""
    errand = merged_contacts("m", "call-1", "b", "a")
    done = Reply(errand, ReplyState.DONE, s.NOW)
    merged = named(s.ringing(caller=replace(STRANGER, contact=RAO)), replies={("call-1", errand.what): done})
    assert merged is not None
    assert (merged.merged, merged.merge, merged.same) == ("Merged: Anil Rao", "m", None)

    no = Reply(errand, ReplyState.FAILED, s.NOW, code="unknown")
    refused = named(s.ringing(caller=SHARED), replies={("call-1", errand.what): no})
    assert refused is not None
    assert (refused.merged, refused.trouble[:9]) == ("", "A colleag")
    assert refused.same is None, "whoever is gone can't be asked about again"

    late = Reply(errand, ReplyState.FAILED, s.NOW, code="late")
    unsure = named(s.ringing(caller=SHARED), replies={("call-1", errand.what): late})
    assert unsure is not None
    assert unsure.same is not None
