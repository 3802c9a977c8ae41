"""More states to picture: the prompt's time and memory, reminders of promised calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.my_call import MyCall
from cti_desktop.wire.messages import Policy
from tests.helpers import situations as s
from tests.screenshots.states import ASHA, HINDI, LONG, State


def used(number: int, code: str, sub_code: str | None = None) -> MyCall:
    """A call that was saved so, so many hours ago."""
    disposition = Disposition(f"d{number}", f"u{number}", code, sub_code, "", None, s.ago(hours=number))
    return replace(s.disposed(f"u{number}"), saved=disposition)


def promised(call_id: str, minutes: float, **changes: object) -> MyCall:
    """A call back that was promised for so many minutes ago."""
    at = s.ago(minutes=minutes)
    call = s.disposed(call_id, "Follow-up", **changes)
    return replace(
        call, follow_up_at=at, remind_at=at, disposed_notes="Wants the offer with GST; after lunch"
    )


def prompt_states() -> list[State]:
    """Prompts with a past or a deadline."""
    lately = (used(2, "not_interested", "price"), used(1, "interested"), used(3, "resolved"))
    counting = replace(s.wrap_up("p"), wrap_up_until=s.NOW + timedelta(seconds=41))
    hurrying = replace(s.with_draft(s.wrap_up("p"), notes="Asks"), wrap_up_until=s.NOW + timedelta(seconds=8))
    timed = Policy("timed", 60, "resolved")
    correcting = replace(
        s.with_draft(s.disposed("p"), code="interested", notes="Wants an offer"), correcting=True
    )
    return [
        State("prompt-last-used", s.situation(*lately, s.wrap_up("p"))),
        State("prompt-timed", s.situation(counting, policy=timed)),
        State("prompt-time-is-short", s.situation(hurrying, policy=timed)),
        State("prompt-required", s.situation(s.wrap_up("p"), policy=Policy("required"))),
        State("prompt-correcting", s.situation(correcting, prompt_order=("p",))),
        State("prompt-devanagari", s.situation(s.with_draft(s.wrap_up("p", HINDI), notes="कल फिर बात करेंगे"))),
        State(
            "prompt-long", s.situation(s.wrap_up("p", LONG, queue="Renewals and upgrades, western region"))
        ),
    ]


def reminder_states() -> list[State]:
    """Promised calls that are due."""
    return [
        State("reminder", s.situation(promised("r", 0))),
        State("reminder-devanagari", s.situation(promised("r", 1, caller=HINDI))),
        State("reminder-long", s.situation(promised("r", 60, caller=LONG))),
        State(
            "reminders-late",
            s.situation(*(promised(f"r{n}", 60 * n + 50, caller=ASHA) for n in range(4)), s.ringing("c")),
        ),
    ]


def all_states() -> list[State]:
    """Every state of this module."""
    return [*prompt_states(), *reminder_states()]
