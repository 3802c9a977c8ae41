"""The states that are pictured, by name. `window`: the main window is the picture, else cards and prompts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Fault, Problem
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.screen import (
    Connecting,
    Notice,
    NoticeCode,
    Online,
    OutboxState,
    SignedOut,
    SigningIn,
    Situation,
    StoodBy,
    Waiting,
)
from cti_desktop.desktop.ui.screen import QtScreen
from tests.helpers import situations as s

ASHA: Final = Caller("+919999900001", "Delhi", Contact("c2", "Asha Traders"))
UNKNOWN: Final = Caller("+919811234567", "Delhi")
WITHHELD: Final = Caller()
SHORT: Final = Caller(written="198")
HINDI: Final = Caller("+919765443210", "पुणे", Contact("c3", "अनन्या देशमुख", "देशमुख वस्त्र भंडार"))
URDU: Final = Caller("+919820055512", "حیدرآباد", Contact("c6", "احمد خان", "خان برادرز"))
LONG: Final = Caller(
    "+919123456789",
    "Thiruvananthapuram Metropolitan Region",
    Contact(
        "c4",
        "Venkatanarasimharajuvaripeta Subrahmanyam Chandrasekharan Iyer",
        "Brihanmumbai Electric Supply and Transport Undertaking",
    ),
)
HOSTILE: Final = Caller("+919000000007", None, Contact("c5", '<img src="file:///etc/passwd"><b>& Sons</b>'))


@dataclass(frozen=True, slots=True)
class State:
    """One picture's content. `act` is what the agent does then; it may return what to picture instead."""

    name: str
    situation: Situation
    window: bool = False
    page: int = 0
    settings: bool = False
    act: Callable[[QtScreen], Sequence[QWidget] | None] | None = None


def history() -> tuple[MyCall, ...]:
    """A working day so far."""
    hour = timedelta(hours=1)
    missed = replace(s.closed("h2", caller=UNKNOWN), shown=False)
    taken = replace(
        s.closed("h3", EndReason.ANSWERED_ELSEWHERE, caller=ASHA, answered_by=s.RAVI), shown=False
    )
    return (
        _earlier(s.disposed("h0", "Follow-up"), timedelta(days=3)),
        _earlier(s.disposed("h1", "Not Interested · Price", caller=HINDI), 3 * hour),
        _earlier(missed, 2.5 * hour),
        _earlier(taken, 2 * hour),
        _earlier(s.outgoing(s.disposed("h4", "Resolved", caller=ASHA)), 0.5 * hour),
        _earlier(s.disposed("h5", "Escalated", caller=LONG), timedelta()),
    )


def _earlier(call: MyCall, by: timedelta) -> MyCall:
    moved = {
        name: at - by
        for name in ("rang_at", "answered_at", "ended_at", "heard_at")
        if (at := getattr(call, name))
    }
    return replace(call, **moved)


def _waiting(seconds: float, trouble: Trouble = Trouble.UNREACHABLE) -> Waiting:
    return Waiting(s.ago(seconds=seconds), s.NOW + timedelta(seconds=12), trouble)


def _owed(call_id: str = "p1", **draft: object) -> MyCall:
    return s.with_draft(s.wrap_up(call_id), **draft)


def _out(problem: SignInProblem) -> Situation:
    return s.situation(agent=None, link=SignedOut(problem))


def cards() -> list[State]:
    """Call cards."""
    return [
        State("ringing-known", s.situation(*history()[:1], s.ringing("c"))),
        State("ringing-unknown", s.situation(s.ringing("c", UNKNOWN))),
        State("ringing-withheld", s.situation(s.ringing("c", WITHHELD))),
        State("ringing-short-number", s.situation(s.ringing("c", SHORT))),
        State("ringing-devanagari", s.situation(*history()[:2], s.ringing("c", HINDI, queue="नवीनीकरण"))),
        State(
            "ringing-long", s.situation(s.ringing("c", LONG, queue="Renewals and upgrades, western region"))
        ),
        State("ringing-urdu", s.situation(s.ringing("c", URDU))),
        State("ringing-hostile", s.situation(s.ringing("c", HOSTILE))),
        State("connected", s.situation(s.connected("c"))),
        State(
            "connected-note", s.situation(s.with_draft(s.connected("c"), notes="Asks for the GST invoice"))
        ),
        State("second-call", s.situation(s.connected("c"), s.ringing("d", ASHA, queue="Support"))),
        State("outgoing", s.situation(s.outgoing(s.ringing("c", ASHA)))),
        State(
            "answered-elsewhere",
            s.situation(s.closed("c", EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI)),
        ),
        State("missed", s.situation(s.closed("c", caller=UNKNOWN))),
        State("missed-many", s.situation(*(s.closed(f"c{n}", caller=ASHA) for n in range(6)))),
        State("saved", s.situation(replace(s.disposed("c"), shown=True))),
        State(
            "saved-offline",
            s.situation(replace(s.disposed("c"), shown=True), outbox=(s.saved("c"),), link=_waiting(400)),
        ),
        State(
            "recorded-in-the-panel",
            s.situation(replace(s.disposed("c"), shown=True, disposed_via="provider")),
        ),
        State("ringing-for-long", s.situation(replace(s.ringing("c"), rang_at=s.ago(minutes=2)))),
    ]


def prompts() -> list[State]:
    """Disposition prompts."""
    follow_up = s.NOW.replace(hour=4, minute=30, second=0) + timedelta(days=1)
    invalid = s.situation(
        _owed(code="not_interested", follow_up_at=s.ago(hours=1)),
        problems={
            "p1": (Problem("sub_code", Fault.MISSING), Problem("follow_up_at", Fault.IN_THE_PAST)),
        },
    )
    refused = s.saved("p1", OutboxState.PARKED, message="the outcome was retired yesterday", field="code")
    return [
        State("prompt-empty", s.situation(_owed())),
        State("prompt-sub-codes", s.situation(_owed(code="not_interested", sub_code="competitor"))),
        State(
            "prompt-follow-up",
            s.situation(_owed(code="follow_up", follow_up_at=follow_up, notes="After lunch")),
        ),
        State("prompt-invalid", invalid),
        State(
            "prompt-nothing-chosen",
            s.situation(_owed(), problems={"p1": (Problem("code", Fault.MISSING),)}),
        ),
        State(
            "prompt-queue",
            s.situation(_owed(), s.wrap_up("p2", ASHA), s.wrap_up("p3", UNKNOWN), s.ringing("c", HINDI)),
        ),
        State("prompt-refused", s.situation(_owed(code="interested"), outbox=(refused,))),
        State("prompt-saving", s.situation(_owed(code="interested"), saving=frozenset({"p1"}))),
    ]


def windows() -> list[State]:
    """The main window."""
    calls = history()
    owed = replace(s.wrap_up("o1", ASHA), snoozed=True)
    waiting = s.saved("h5")
    parked = s.saved("h4", OutboxState.PARKED, message="Choose another outcome: this one was retired")
    full = Notice(NoticeCode.NOT_WRITTEN, "disk_full")
    kept = Notice(NoticeCode.NOT_KEPT)
    return [
        State("window", s.situation(*calls), window=True),
        State("window-empty", s.situation(), window=True),
        State("window-to-do", s.situation(*calls, owed), window=True, page=1),
        State("window-nothing-to-do", s.situation(*calls), window=True, page=1),
        State("window-catching-up", s.situation(*calls, link=Online(caught_up=False)), window=True),
        State("window-connecting", s.situation(*calls, link=Connecting()), window=True),
        State("window-reconnecting", s.situation(*calls, link=_waiting(6, Trouble.LOST)), window=True),
        State(
            "window-offline", s.situation(*calls, link=_waiting(400), outbox=(waiting, parked)), window=True
        ),
        State("window-refused", s.situation(*calls, outbox=(parked, waiting)), window=True, page=4),
        State("window-stood-by", s.situation(*calls, link=StoodBy()), window=True),
        State("window-storage-trouble", s.situation(*calls, notices=(full, kept)), window=True),
        State(
            "window-notices",
            s.situation(
                *calls,
                notices=(
                    Notice(NoticeCode.FINISH_FIRST, "2", 2),
                    Notice(NoticeCode.UPDATE, "1.4.0"),
                    Notice(NoticeCode.OTHER_AGENT, "Ravi Nair", 2),
                ),
            ),
            window=True,
        ),
        State("sign-in-bad-address", _out(SignInProblem.INSECURE_URL), window=True),
        State("sign-in-too-often", _out(SignInProblem.TOO_MANY_TRIES), window=True),
        State(
            "sign-in-revoked",
            replace(_out(SignInProblem.REVOKED), locked=frozenset({"relay_url"})),
            window=True,
        ),
        State("signed-out", s.situation(agent=None, relay_url="", link=SignedOut()), window=True),
        State("sign-in-busy", s.situation(agent=None, link=SigningIn()), window=True),
        State("sign-out-busy", s.situation(agent=None, link=SigningIn(leaves=True)), window=True),
        State("sign-out-not-ended", _out(SignInProblem.NOT_ENDED), window=True),
        State("sign-in-wrong-code", _out(SignInProblem.WRONG_CODE), window=True),
        State(
            "sign-in-no-keyring",
            s.situation(
                agent=None,
                link=SignedOut(
                    SignInProblem.KEYRING_MISSING,
                    detail="gnome-keyring",
                ),
            ),
            window=True,
        ),
    ]


def all_states() -> list[State]:
    """Every state, in the order of the contact sheet."""
    return [*cards(), *prompts(), *windows()]
