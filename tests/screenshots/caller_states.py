"""Cards by what is known of the caller: strangers, VIPs, promises, shared numbers, masks, late finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from cti_desktop.core.errands import DIAL, DURABLE, MERGE_CONTACTS, RECORDING, REVEAL, Errand
from cti_desktop.core.events import Caller, Contact, Duplicate, FollowUp, Interaction, Result
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.screen import Reply, ReplyState, Situation
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s
from tests.screenshots.states import State

ME: Final = Person("a1", "Meera Iyer")
STRANGER: Final = Caller("+919811234567", "Delhi")
TALK: Final = Interaction(
    "e1",
    s.ago(days=2),
    result=Result.TALKED,
    agent=ME,
    talk_seconds=214,
    outcome="Interested",
    notes="Wants the offer for 40 looms, delivered to Surat",
)
MISSED: Final = Interaction("e2", s.ago(minutes=50), result=Result.MISSED)
PROMISE: Final = FollowUp("f1", s.ago(minutes=65), s.RAVI, "Call back with the price")
VIP: Final = replace(
    s.ANANYA,
    contact=Contact(
        "c1",
        "Ananya Deshmukh",
        "Deshmukh Textiles",
        owner="Ravi Nair",
        vip=True,
        tags=("gold",),
        link="https://crm.example.com/1",
    ),
    last_interactions=(MISSED, TALK),
    open_follow_ups=(PROMISE,),
)
SHARED: Final = replace(
    STRANGER,
    contacts=(Contact("c8", "Anil Rao", "Rao & Sons"), Contact("c9", "Sunita Rao")),
)
HIDDEN: Final = Caller(None, "Pune", s.ANANYA.contact, masked="+91 ••••• ••512")


ALL: Final = Policy(errands=(*DURABLE, DIAL, RECORDING, REVEAL))
TWICE: Final = replace(
    STRANGER,
    contact=Contact("c8", "Anil Rao", "Rao & Sons"),
    contacts=(Contact("c8", "Anil Rao", "Rao & Sons"), Contact("c9", "Anil K. Rao")),
    duplicate=Duplicate("c8", "c9"),
)


def _asked(call: MyCall, what: str, state: ReplyState, *, code: str = "", text: str = "") -> Situation:
    """What the relay can do about `call`, and how far `what` came."""
    reply = Reply(Errand("e", what, call.id), state, s.NOW, code, text, at=s.NOW)
    return s.situation(call, policy=ALL, replies={(call.id, what): reply})


def service_states() -> list[State]:
    """Dialling, hearing, revealing, merging: offered, under way, done and not done."""
    missed, hidden = s.closed("c", caller=VIP), s.ringing("c", HIDDEN)
    heard = s.closed("c", recording="1.mp3")
    promised = replace(
        s.disposed("c", "Follow-up", recording="1.mp3"),
        follow_up_at=s.NOW + timedelta(hours=2),
        remind_at=s.NOW + timedelta(hours=2),
        disposed_notes="Wants the offer with GST; after lunch",
    )
    merged = s.ringing("c", replace(STRANGER, contact=TWICE.contact))
    return [
        State("service-call-back", s.situation(missed, policy=ALL)),
        State("service-dialled", _asked(missed, DIAL, ReplyState.DONE)),
        State("service-vendor-down", _asked(heard, DIAL, ReplyState.FAILED, code="vendor")),
        State("service-offline", _asked(missed, DIAL, ReplyState.FAILED, code="offline")),
        State("service-masked", s.situation(hidden, policy=ALL)),
        State("service-revealed", _asked(hidden, REVEAL, ReplyState.DONE, text="+919820055512")),
        State(
            "service-recording",
            _asked(heard, RECORDING, ReplyState.DONE, text="https://s3.example.com/1.mp3"),
        ),
        State("service-two-entries", s.situation(s.ringing("c", TWICE), policy=ALL)),
        State("service-follow-ups", _asked(promised, DIAL, ReplyState.DONE), window=True, page=2),
        State("service-reminder", s.situation(replace(promised, remind_at=s.ago(minutes=1)), policy=ALL)),
        State("service-merged", _asked(merged, MERGE_CONTACTS, ReplyState.DONE)),
        State(
            "service-not-merged",
            _asked(s.ringing("c", TWICE), MERGE_CONTACTS, ReplyState.FAILED, code="unknown"),
        ),
    ]


def all_states() -> list[State]:
    """Each of them while it rings; the recovered one as it was missed."""
    recovered = s.closed("recovered:1", caller=STRANGER)
    return [
        State("caller-stranger", s.situation(s.ringing("c", STRANGER))),
        State("caller-vip-follow-up-due", s.situation(s.ringing("c", VIP))),
        State("caller-several", s.situation(s.ringing("c", SHARED))),
        State("caller-enriching", s.situation(s.ringing("c", replace(STRANGER, pending=True)))),
        State("caller-masked", s.situation(s.ringing("c", HIDDEN))),
        *service_states(),
        State(
            "caller-recovered",
            s.situation(replace(recovered, rang_at=s.ago(hours=3), heard_at=s.NOW - timedelta(seconds=2))),
        ),
    ]
