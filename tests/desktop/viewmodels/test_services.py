"""What relay and provider can do about a call, as it is offered and told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL, Errand
from cti_desktop.core.events import Caller
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.replies import LATE, LOST, OFFLINE
from cti_desktop.desktop.screen import Reply, ReplyState, Situation
from cti_desktop.desktop.viewmodels.caller import caller_model
from cti_desktop.desktop.viewmodels.card import card_model
from cti_desktop.desktop.viewmodels.services import ServicesModel, services_model
from cti_desktop.desktop.viewmodels.veil import veiled
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s

ALL = Policy(errands=(DIAL, RECORDING, REVEAL))
HIDDEN = Caller(masked="+91 ••••• ••001")
LATER = s.NOW + timedelta(seconds=10)


def where(call: MyCall, *replies: Reply, policy: Policy = ALL) -> Situation:
    """Online, with what became of wishes for `call`."""
    return s.situation(call, policy=policy, replies={(r.errand.call_id, r.errand.what): r for r in replies})


def told(what: str, state: ReplyState, code: str = "", text: str = "") -> Reply:
    """A wish for the first call."""
    return Reply(Errand("e", what, "call-1"), state, LATER, code, text, s.NOW)


def shown(call: MyCall, *replies: Reply) -> ServicesModel:
    """What the agent sees of it."""
    model = services_model(call, where(call, *replies), s.ZONE)
    assert model is not None
    return model


@pytest.mark.parametrize(
    ("call", "offered"),
    [
        (s.ringing(), []),
        (s.connected(), []),
        (s.closed(), [DIAL]),
        (s.wrap_up(), [DIAL]),
        (s.disposed(recording="1.mp3"), [DIAL, RECORDING]),
        (s.disposed(caller=Caller()), []),
        (s.ringing(caller=HIDDEN), [REVEAL]),
        (s.closed(caller=HIDDEN), [REVEAL, DIAL]),
    ],
)
def test_what_is_offered(call: MyCall, offered: list[str]) -> None:
    """Nobody is called back during a call; a withheld number can't be called; nothing without the relay."""
    model = services_model(call, where(call), s.ZONE)

    assert [offer.what for offer in model.offers] == offered if model else not offered
    assert services_model(call, where(call, policy=Policy())) is None


def test_a_revealed_number() -> None:
    """On the card, but not for the clipboard; who looked and when is said; it can be hidden at once."""
    call = s.ringing(caller=HIDDEN)
    reply = told(REVEAL, ReplyState.DONE, text="+919999900001")
    model = card_model(call, where(call, reply), s.ZONE)

    assert (model.caller.number, model.caller.copyable) == ("+91 99999 00001", "")
    assert model.services is not None
    assert [(o.label, o.takes_back) for o in model.services.offers] == [("Hide number", True)]
    assert model.services.said == "Shown to Meera Iyer, 15:05; this was noted."
    assert caller_model(HIDDEN).number == HIDDEN.masked


@pytest.mark.parametrize(
    ("reply", "said", "trouble"),
    [
        (told(DIAL, ReplyState.UNDER_WAY), "Asking for the call…", False),
        (told(DIAL, ReplyState.DONE), "Your phone rings now", False),
        (told(DIAL, ReplyState.FAILED, OFFLINE), "No connection: nothing was done", True),
        (told(DIAL, ReplyState.FAILED, LOST), "your phone may ring all the same", True),
        (told(RECORDING, ReplyState.FAILED, LOST), "broke before the answer came. Try", True),
        (told(DIAL, ReplyState.FAILED, LATE), "your phone may ring all the same", True),
        (told(DIAL, ReplyState.FAILED, "vendor"), "provider does not do it just now", True),
        (told(DIAL, ReplyState.FAILED, "auth"), "Tell IT", True),
        (told(DIAL, ReplyState.FAILED, "not_configured"), "not set up here", True),
        (told(DIAL, ReplyState.FAILED, "missing"), "No phone of yours", True),
        (told(RECORDING, ReplyState.FAILED, "missing"), "has no recording", True),
        (told(REVEAL, ReplyState.FAILED, "forbidden"), "keeps numbers hidden", True),
        (told(DIAL, ReplyState.FAILED, "new_code", "the line\nis cut"), "Not done: the line is cut", True),
        (told(RECORDING, ReplyState.DONE, text="https://s3.example.com/1"), "browser: s3.example.com", False),
        (told(RECORDING, ReplyState.DONE, text="http://s3.example.com/1"), "not safe to open", True),
    ],
)
def test_how_far_it_came(reply: Reply, said: str, trouble: bool) -> None:
    """In words for people; an address is only opened where it is safe."""
    model = shown(s.closed(recording="1.mp3"), reply)

    assert said in model.said
    assert model.is_trouble is trouble
    waits = [offer.what for offer in model.offers if offer.waits]
    assert waits == ([DIAL] if reply.state is ReplyState.UNDER_WAY else [])


def test_while_the_screen_is_shared() -> None:
    """Nothing behind a mask is offered or left on the screen."""
    call = s.closed(caller=HIDDEN)
    situation = veiled(where(call, told(REVEAL, ReplyState.DONE, text="+919999900001")))
    model = card_model(situation.calls[0], situation, s.ZONE)

    assert "99999" not in model.caller.number
    assert model.services is not None
    assert [offer.what for offer in model.services.offers] == [DIAL]
    assert veiled(replace(situation, replies={})) == situation
