"""More states to picture: the prompt's time and memory, reminders of promised calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import PAGE, FoundCalls
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls
from tests.screenshots.states import ASHA, HINDI, LONG, SHORT, State, history


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


def window_states() -> list[State]:
    """The pages of the day."""
    calls = (*history(), *todays())
    many = tuple(many_calls(PAGE))[::-1]
    every = FoundCalls(serial=1, total=100_000, pages=MappingProxyType({0: many}))
    named = tuple(call for call in many_calls(2000) if "Ravi Nair" in str(call.info.caller))[:-13:-1]
    searched = replace(every, text="ravi nair", total=len(named), pages=MappingProxyType({0: named}))
    of_one = replace(every, number="+91", total=3, pages=MappingProxyType({0: (many[0],) * 3}))
    promises = (promised("f1", 95), promised("f2", -25, caller=ASHA), promised("f3", -1500, caller=LONG))
    return [
        State("window-today", s.situation(*calls), window=True),
        State("window-short-number", s.situation(s.closed("c", caller=SHORT)), window=True),
        State("window-follow-ups", s.situation(*promises), window=True, page=2),
        State(
            "window-shared-follow-ups", s.situation(*promises, sharing=Sharing.HIDDEN), window=True, page=2
        ),
        State("window-nothing-promised", s.situation(), window=True, page=2),
        State("window-all-calls", s.situation(found=every), window=True, page=3),
        State("window-search", s.situation(found=searched), window=True, page=3, act=type_a_search),
        State("window-caller", s.situation(found=of_one), window=True, page=3),
        State("window-nothing-found", s.situation(found=nothing()), window=True, page=3, act=type_a_miss),
    ]


def todays() -> tuple[MyCall, ...]:
    """Conversations of this day, saved here."""
    codes = ("interested", "not_interested", "interested", "follow_up", "resolved", "escalated")
    found = []
    for number, (code, call) in enumerate(zip(codes, many_calls(len(codes)), strict=True)):
        rang = s.ago(minutes=58 - 9 * number)
        length = timedelta(seconds=95 + 47 * number % 200)
        known = replace(call.info, talk_seconds=int(length.total_seconds()))
        ended = rang + length
        begun = replace(call, info=known, rang_at=rang, answered_at=rang, ended_at=ended)
        saved = Disposition(f"u{number}", call.id, code, None, "", None, ended)
        found.append(
            replace(
                begun,
                saved=saved,
                disposed_as=s.CATALOGUE.label_of(code),
                disposed_at=ended + timedelta(seconds=20 + 5 * number),
            )
        )
    return tuple(found)


def type_a_search(screen: QtScreen) -> None:
    """As it was typed."""
    screen.window.found.search.setText("ravi nair")
    screen.window.found.search.setFocus()


def type_a_miss(screen: QtScreen) -> None:
    """A search for what is not there, as it was typed."""
    screen.window.found.search.setText(nothing().text)
    screen.window.found.search.setFocus()


def nothing() -> FoundCalls:
    """A search for what is not there."""
    return FoundCalls("zzz", serial=1)


def all_states() -> list[State]:
    """Every state of this module."""
    return [*prompt_states(), *reminder_states(), *window_states()]
