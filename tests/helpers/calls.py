"""Calls as an agent's stream tells them, with everything that a test doesn't care about filled in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Catalogue, Code, SubCode
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    Caller,
    CallInfo,
    CallRang,
    CallUpdated,
    Contact,
)
from cti_desktop.core.people import Person

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
CALLER = Caller("+919999900001", "Delhi, India", Contact("c1", "Asha Traders"))
CATALOGUE = Catalogue(
    1,
    (
        Code("interested", "Interested", "#0F7B4D", "1"),
        Code("follow_up", "Follow-up", "#B45309", "2", requires=("follow_up",)),
        Code(
            "not_interested",
            "Not Interested",
            "#B91C1C",
            "3",
            (SubCode("price", "Price"), SubCode("timing", "Timing")),
            ("sub_code",),
        ),
        Code("escalated", "Escalated", "#7E22CE", "7", requires=("notes",)),
        Code("old", "Old", retired=True),
    ),
)


def after(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def info(call_id: str = "call-1", leg: str = "1", **more: Any) -> CallInfo:  # noqa: ANN401 - any field of CallInfo
    """A call from Asha Traders."""
    return CallInfo(call_id, leg, **{"caller": CALLER, "queue": "Sales", "did": "+918000000042", **more})


def rang(at: float = 0, received: float | None = None, **more: Any) -> CallRang:  # noqa: ANN401 - as above
    """My phone rings, `at` seconds after noon."""
    return CallRang(info(**more), after(at), after(at if received is None else received))


def answered(at: float = 5, **more: Any) -> CallAnswered:  # noqa: ANN401 - as above
    """I pick it up."""
    return CallAnswered(info(**more), after(at), after(at))


def ended(reason: EndReason = EndReason.HUNG_UP, at: float = 60, **more: Any) -> CallEnded:  # noqa: ANN401 - as above
    """My part is over."""
    return CallEnded(info(reason=reason, **more), after(at), after(at))


def updated(at: float = 70, **more: Any) -> CallUpdated:  # noqa: ANN401 - as above
    """Something was learned later."""
    return CallUpdated(info(**more), after(at), after(at))


def disposed(label: str = "Interested", at: float = 80, **more: Any) -> CallDisposed:  # noqa: ANN401 - as above
    """Somebody recorded the outcome in the provider's panel."""
    return CallDisposed(info(**more), after(at), after(at), label=label, by="Ravi Nair")


RAVI = Person("a2", "Ravi Nair")
