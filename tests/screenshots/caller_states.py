"""Cards by what is known of the caller: strangers, VIPs, promises, shared numbers, masks, late finds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from cti_desktop.core.events import Caller, Contact, FollowUp, Interaction, Result
from cti_desktop.core.people import Person
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


def all_states() -> list[State]:
    """Each of them while it rings; the recovered one as it was missed."""
    recovered = s.closed("recovered:1", caller=STRANGER)
    return [
        State("caller-stranger", s.situation(s.ringing("c", STRANGER))),
        State("caller-vip-follow-up-due", s.situation(s.ringing("c", VIP))),
        State("caller-several", s.situation(s.ringing("c", SHARED))),
        State("caller-enriching", s.situation(s.ringing("c", replace(STRANGER, pending=True)))),
        State("caller-masked", s.situation(s.ringing("c", HIDDEN))),
        State(
            "caller-recovered",
            s.situation(replace(recovered, rang_at=s.ago(hours=3), heard_at=s.NOW - timedelta(seconds=2))),
        ),
    ]
