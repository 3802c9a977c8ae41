"""What one delivery of a provider claims about a call. Reports of a call join in any order.

Every field of a report is a claim that can only be added to: None says nothing. `order` ranks claims that
contradict each other (a provider's event sequence, or the rank of the kind of webhook).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from cti_desktop.core.people import NOBODY, AgentRef
from cti_desktop.core.swift import swift

# Ids of calls that no webhook told of, but the provider's call log.
RECOVERED: Final = "recovered:"


def is_recovered(call_id: str) -> bool:
    """Whether the call was only found afterwards, in the provider's call log."""
    return call_id.startswith(RECOVERED)


class Direction(Enum):
    """Who began the call, as seen from us."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class CallStatus(Enum):
    """How the provider says that the whole call went. The order of members settles contradictions."""

    MISSED = "missed"
    VOICEMAIL = "voicemail"
    BRIDGED = "bridged"


class Unanswered(Enum):
    """Why an agent's phone stopped ringing without an answer. The order of members settles contradictions."""

    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"
    BUSY = "busy"


@swift
@dataclass(frozen=True, slots=True)
class LegReport:
    """What is claimed of one agent's part. `key` tells a call's legs apart (a leg index or a phone)."""

    key: str
    agent: AgentRef = NOBODY
    queue: str | None = None
    rang_at: datetime | None = None
    answered: bool = False
    answered_at: datetime | None = None
    unanswered: Unanswered | None = None
    ended_at: datetime | None = None
    talk_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class RingSet:
    """All phones that rang (or talked) at one moment, for providers that list phones instead of legs.

    A phone that is missing from the latest set does not ring any more. `phones` are leg keys.
    """

    at: datetime
    phones: frozenset[str]


@dataclass(frozen=True, slots=True)
class PanelDisposition:
    """A disposition that somebody recorded in the provider's own panel."""

    name: str
    notes: str = ""
    by: str | None = None


@swift
@dataclass(frozen=True, slots=True)
class CallReport:
    """One delivery's claims about the call `call_id`. Times are aware, numbers E.164, durations seconds."""

    call_id: str
    order: int
    at: datetime | None = None
    direction: Direction | None = None
    caller_number: str | None = None
    region: str | None = None
    did: str | None = None
    queue: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    status: CallStatus | None = None
    over: bool = False
    recording: str | None = None
    legs: tuple[LegReport, ...] = ()
    ringing: RingSet | None = None
    # The legs' keys are phones, each perhaps rung more than once. Of one call, all reports say so, or none.
    by_phone: bool = False
    # Somebody answered, but the report doesn't say who.
    answered_by_someone_at: datetime | None = None
    # Outgoing calls: False while the customer's phone is only known to ring, None where nothing was said.
    customer_answered: bool | None = None
    dispositions: tuple[PanelDisposition, ...] = field(default=())
