"""What an agent's stream says of the agent's calls: facts in the past tense, each with all that is known.

`info` is complete in every event, so any event can stand for all earlier ones of its leg.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from cti_desktop.core.call import EndReason
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.core.swift import swift


@dataclass(frozen=True, slots=True)
class Contact:
    """A directory entry, as far as a card shows it. `owner` is the agent to whom the customer belongs.

    `link` is an https address in the CRM; `fields` are what the team keeps besides, as (name, text).
    """

    id: str
    name: str
    company: str | None = None
    owner: str | None = None
    vip: bool = False
    tags: tuple[str, ...] = ()
    notes: str = ""
    link: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two contacts of one number that are probably one person's, by id; `keep` is the one to keep."""

    keep: str
    other: str


class Result(Enum):
    """How an earlier call went."""

    TALKED = "talked"
    MISSED = "missed"
    VOICEMAIL = "voicemail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Interaction:
    """An earlier call with the same customer. `agent` is who talked; `outcome` is empty while it is owed."""

    call_id: str
    at: datetime
    direction: Direction = Direction.INCOMING
    result: Result = Result.UNKNOWN
    agent: Person | None = None
    talk_seconds: int | None = None
    outcome: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A call back that was promised to the customer and not made yet."""

    id: str
    due_at: datetime
    agent: Person | None = None
    notes: str = ""


@swift
@dataclass(frozen=True, slots=True)
class Caller:
    """The customer: `number` is E.164 or None when withheld, `contact` is None for an unknown one.

    `contacts` are all who have the number, where that is several. `pending`: other directories are being
    asked. `masked` is how to write a number that this agent may not see; then `number` is None. `duplicate`:
    two of `contacts` that may be one. `written` is what calls without having such a number, as it came: an
    extension, `198`. It is for reading only, and nobody's.
    """

    number: str | None = None
    region: str | None = None
    contact: Contact | None = None
    contacts: tuple[Contact, ...] = ()
    last_interactions: tuple[Interaction, ...] = ()
    open_follow_ups: tuple[FollowUp, ...] = ()
    pending: bool = False
    masked: str | None = None
    duplicate: Duplicate | None = None
    written: str | None = None


@swift
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


@swift
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
