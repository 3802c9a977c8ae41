"""Whom an agent can give a name."""

from dataclasses import replace

import pytest

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.viewmodels.naming import NamingModel, Pick, naming_model
from tests.helpers import situations as s

STRANGER = Caller("+919811234567")


def test_a_stranger_can_get_a_name() -> None:
    """While it rings and after it was missed; a masked number's owner as well."""
    open_ = NamingModel("call-1", "+919811234567", can_add=True)

    assert open_ == naming_model(s.ringing(caller=STRANGER))
    assert open_ == naming_model(s.closed(caller=STRANGER))
    assert naming_model(s.ringing(caller=Caller(masked="…001"))) == NamingModel("call-1", "", can_add=True)


@pytest.mark.parametrize(
    "call",
    [
        s.ringing(),
        s.ringing(caller=Caller()),
        s.closed(reason=EndReason.ANSWERED_ELSEWHERE, caller=STRANGER, answered_by=s.RAVI),
    ],
)
def test_nothing_to_settle(call: MyCall) -> None:
    """A known caller, a withheld one, a colleague's."""
    assert naming_model(call) is None


def test_several_are_offered() -> None:
    """To be picked from, instead of making one more."""
    two = (Contact("a", "Anil\nRao", "ATL"), Contact("b", "Bina"))
    model = naming_model(s.ringing(caller=replace(STRANGER, contacts=two)))

    assert model is not None
    assert ((Pick("a", "Anil Rao", "ATL"), Pick("b", "Bina")), False) == (model.picks, model.can_add)
    assert ["Anil Rao  ·  ATL", "Bina"] == [pick.text for pick in model.picks]


def test_not_while_others_are_asked() -> None:
    """In a second the name may be there."""
    model = naming_model(s.ringing(caller=replace(STRANGER, pending=True)))

    assert model is not None
    assert not model.can_add
