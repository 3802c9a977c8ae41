"""What is true of a simulated call at a moment; the body writers turn it into MyOperator's shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Final

Body = dict[str, object]

COMPANY_V1: Final = "5cd40f6554442586"
COMPANY_V2: Final = "6836cad944e39380"
DEPARTMENT_ID: Final = "5cd40f6559784843"


@dataclass(frozen=True, slots=True)
class SimAgent:
    """Somebody who can be rung. `phone` is E.164; `provider_id` is the id that MyOperator knows them by."""

    name: str
    phone: str
    email: str = ""
    extension: str = ""
    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """One webhook: what is sent, and when by the scripted clock. `call_id` tells whose it is."""

    at: datetime
    kind: str
    call_id: str
    body: Mapping[str, object]


@dataclass(slots=True)
class SimLeg:
    """One phone's part. `agent` is None for the customer's."""

    index: int
    agent: SimAgent | None
    phone: str
    started_at: datetime
    result: str = "dialing"
    dial_status: str = ""
    answered_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def rings(self) -> bool:
        """Whether nobody has picked it up or given it up yet."""
        return self.agent is not None and self.result == "dialing"

    @property
    def talk_seconds(self) -> int | None:
        """Whole seconds from the answer to the end, once both are known."""
        if self.answered_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.answered_at).total_seconds())

    @property
    def ring_seconds(self) -> int | None:
        """Whole seconds until the answer, or until it fell silent."""
        until = self.answered_at or self.ended_at
        return int((until - self.started_at).total_seconds()) if until else None

    def end(self, at: datetime, *, dial_status: str = "NOANSWER") -> None:
        """Hang up, or stop ringing with `dial_status`."""
        if self.ended_at is None:
            self.ended_at = at
            if self.agent is not None and self.answered_at is None:
                self.result, self.dial_status = "not_answered", dial_status

    def pick_up(self, at: datetime) -> None:
        """Answer."""
        self.result, self.dial_status, self.answered_at = "answered", "ANSWER", at


@dataclass(slots=True)
class Facts:
    """A whole call. `caller` is None when withheld; `client_ref_id` is filled for click-to-call."""

    id: str
    caller: str | None
    did: str
    random: Random
    queue: str = "Sales"
    location: str = "DL, IN"
    client_ref_id: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    voicemail: bool = False
    events: int = 0
    log_id: str = ""
    legs: list[SimLeg] = field(default_factory=list)

    @property
    def outgoing(self) -> bool:
        """Whether we called."""
        return bool(self.client_ref_id)

    @property
    def bridged(self) -> bool:
        """Whether customer and agent talked."""
        talked = [leg.agent is None for leg in self.legs if leg.answered_at]
        return any(talked) if self.outgoing else bool(talked)

    @property
    def recording(self) -> str:
        """The recording's file name; only conversations have one."""
        return f"{self.id.rpartition('.')[2]}-recording.mp3" if self.bridged and self.ended_at else ""

    def began(self, fallback: datetime) -> datetime:
        """When the call began, or `fallback` while it hasn't."""
        return self.started_at or fallback

    def hex_id(self, digits: int = 16) -> str:
        """A fresh id in MyOperator's manner, repeatable by seed."""
        return f"{self.random.getrandbits(4 * digits):0{digits}x}"
