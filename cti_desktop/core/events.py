"""What an agent's stream says of the agent's calls: facts in the past tense, each with all that is known.

`info` is complete in every event, so any event can stand for all earlier ones of its leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cti_desktop.core.call import EndReason
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction


@dataclass(frozen=True, slots=True)
class Contact:
    """A directory entry, as far as a card shows it."""

    id: str
    name: str
    company: str | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """The customer: `number` is E.164 or None when withheld, `contact` is None for an unknown one."""

    number: str | None = None
    region: str | None = None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class CallInfo:
    """A call as one of its agents may see it. `leg` tells that agent's parts in it apart.

    `reason` is set once the part is over.
    """

    call_id: str
    leg: str
    direction: Direction = Direction.INCOMING
    caller: Caller = Caller()
    did: str | None = None
    did_label: str | None = None
    queue: str | None = None
    agents: tuple[Person, ...] = ()
    answered_by: Person | None = None
    reason: EndReason | None = None
    talk_seconds: int | None = None
    recording: str | None = None


@dataclass(frozen=True, slots=True)
class _CallEvent:
    """`at`: when it happened, by the provider's clock. `received_at`: when the relay learned it."""

    info: CallInfo
    at: datetime
    received_at: datetime


class CallRang(_CallEvent):
    """My phone rings (or, for an outgoing call, is being put through)."""

    __slots__ = ()


class CallAnswered(_CallEvent):
    """I talk with the customer."""

    __slots__ = ()


class CallEnded(_CallEvent):
    """My part is over; `info.reason` says why."""

    __slots__ = ()


class CallUpdated(_CallEvent):
    """Something about the call was learned later; its state is as it was."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class CallDisposed(_CallEvent):
    """A disposition of the call was recorded in the provider's panel (`via` = `provider`) or on a desktop."""

    label: str
    notes: str = ""
    by: str | None = None
    via: str = "provider"
    # The submission that recorded it, where it came from a desktop.
    disposition_id: str | None = None
    follow_up_at: datetime | None = None


CallEvent = CallRang | CallAnswered | CallEnded | CallUpdated | CallDisposed
