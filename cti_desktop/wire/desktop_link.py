"""The desktop's end of a link, sans-I/O: frames in, link events out, frames to send out.

One object lives as long as the sign-in and survives reconnects; it knows the cursor and what is unanswered.
It must not acknowledge what the caller has not committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from cti_desktop.core.disposition import Catalogue, Disposition
from cti_desktop.core.errands import DURABLE, Errand
from cti_desktop.core.errors import LocalProtocolError, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.events import EventBody
from cti_desktop.wire.messages import (
    Ack,
    DispositionMessage,
    Done,
    ErrandMessage,
    ErrorMessage,
    Event,
    Hello,
    Probe,
    Probed,
    Rejected,
    Reset,
    Stored,
    Unknown,
    Welcome,
    encode,
    from_relay,
)
from cti_desktop.wire.policy import Policy


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last event that this device has committed. `epoch` None: never been connected."""

    epoch: str | None = None
    seq: int = 0


@dataclass(frozen=True, slots=True)
class Welcomed:
    """The relay knows us. `relay_time` is its clock; `caught_up` when nothing is left to replay."""

    agent: Person
    relay_time: datetime
    catalogue: Catalogue
    policy: Policy
    caught_up: bool


@dataclass(frozen=True, slots=True)
class Received:
    """One event, to be committed together with `cursor`, and then `committed`."""

    body: EventBody
    cursor: Cursor
    replayed: bool
    caught_up: bool


@dataclass(frozen=True, slots=True)
class WasReset:
    """The history can't be replayed: `calls` is all that is open. To be committed together with `cursor`."""

    calls: tuple[EventBody, ...]
    cursor: Cursor


@dataclass(frozen=True, slots=True)
class DispositionStored:
    """The relay has it: it may leave the outbox."""

    id: str


@dataclass(frozen=True, slots=True)
class DispositionRefused:
    """The relay won't take it as it is: park it and show it."""

    id: str
    code: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """The relay said what it dislikes; a close usually follows."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ProbeAnswered:
    """The relay answered the probe of that id."""

    id: str


@dataclass(frozen=True, slots=True)
class ErrandDone:
    """The relay did what was wished; `result` is what was asked for, if anything was."""

    id: str
    result: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ErrandRefused:
    """The relay can't do it; `message` says why."""

    id: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unfamiliar:
    """The relay said something of a type that this version doesn't know: it is newer."""

    type: str


LinkEvent = (
    Welcomed
    | Received
    | WasReset
    | DispositionStored
    | DispositionRefused
    | Complaint
    | ProbeAnswered
    | ErrandDone
    | ErrandRefused
    | Unfamiliar
)


class _Stage(Enum):
    CLOSED = "closed"
    GREETING = "greeting"
    OPEN = "open"


@dataclass(slots=True)
class DesktopLink:
    """See the module. `cursor` starts as the store has it."""

    device: str
    version: str
    cursor: Cursor = Cursor()
    _stage: _Stage = _Stage.CLOSED
    _received: int = 0
    _epoch: str = ""
    _replay_until: int = 0
    _unanswered: dict[str, Disposition] = field(default_factory=dict)
    _errands: dict[str, Errand] = field(default_factory=dict)

    def opened(self) -> list[str]:
        """The transport is up: frames to send first."""
        self._stage = _Stage.GREETING
        self._received = self.cursor.seq
        return [encode(Hello(self.device, self.cursor.seq, self.cursor.epoch, self.version))]

    def closed(self) -> None:
        """The transport is gone; what is unanswered will be sent again."""
        self._stage = _Stage.CLOSED

    def receive(self, frame: str | bytes) -> tuple[list[LinkEvent], list[str]]:
        """What a frame means, and frames to send in answer. Raises `RemoteProtocolError`: close, 4002."""
        if self._stage is _Stage.CLOSED:
            raise LocalProtocolError("received a frame on a closed link")
        match from_relay(frame):
            case Welcome() as welcome:
                return self._on_welcome(welcome)
            case Reset() as reset:
                return [self._on_reset(reset)], []
            case Event() as event:
                return self._on_event(event)
            case (Stored() | Rejected() | Done()) as answer:
                return [self._on_answer(answer)], []
            case Probed(id=id_):
                return [ProbeAnswered(id_)], []
            case ErrorMessage(code=code, message=message):
                return [Complaint(code, message)], []
            case Unknown(type=kind):
                complaint = ErrorMessage("unknown_type", f"unknown message type {kind[:40]!r}")
                return [Unfamiliar(kind)], [encode(complaint)]

    def _on_answer(self, answer: Stored | Rejected | Done) -> LinkEvent:
        """To a disposition, or to an errand: ids don't collide."""
        if answer.id is None:  # what is sent here has an id
            return Complaint(answer.code, answer.message)
        disposition = self._unanswered.pop(answer.id, None)
        errand = self._errands.pop(answer.id, None)
        match answer:
            case Stored(id=id_):
                return DispositionStored(id_)
            case Done(id=id_, result=result):
                return ErrandDone(id_, result)
            case Rejected(code=code, message=message) if errand is not None and disposition is None:
                return ErrandRefused(answer.id, code, message)
            case Rejected(code=code, field=field, message=message):
                return DispositionRefused(answer.id, code, field, message)

    def committed(self, cursor: Cursor) -> list[str]:
        """The store has everything up to `cursor`: frames to send."""
        self.cursor = cursor
        # A commit that ends after a reconnect may be ahead of what this connection was sent so far.
        received = self._stage is _Stage.OPEN and cursor.epoch == self._epoch and cursor.seq <= self._received
        return [encode(Ack(cursor.seq))] if received else []

    def submit(self, dispositions: Iterable[Disposition]) -> list[str]:
        """Saved dispositions to deliver: frames to send now. Unanswered ones go again after each welcome."""
        new = [d for d in dispositions if d.id not in self._unanswered]
        self._unanswered.update((d.id, d) for d in new)
        return [encode(DispositionMessage.of(d)) for d in new] if self._stage is _Stage.OPEN else []

    def probe(self, probe_id: str) -> list[str]:
        """Ask the relay to answer at once: frames to send; none while there is no link."""
        return [encode(Probe(probe_id))] if self._stage is _Stage.OPEN else []

    def ask(self, errands: Iterable[Errand]) -> list[str]:
        """Wishes to deliver: frames to send now. Kept ones go again after each welcome, until answered."""
        new = [errand for errand in errands if errand.id not in self._errands]
        is_open = self._stage is _Stage.OPEN
        self._errands.update((e.id, e) for e in new if is_open or e.what in DURABLE)
        return [encode(ErrandMessage.of(e)) for e in new] if is_open else []

    def _on_welcome(self, welcome: Welcome) -> tuple[list[LinkEvent], list[str]]:
        if self._stage is not _Stage.GREETING:
            raise RemoteProtocolError("a second welcome", code="unexpected")
        self._stage = _Stage.OPEN
        self._epoch = welcome.epoch
        self._replay_until = welcome.head
        same_history = self.cursor.epoch in (None, welcome.epoch)
        caught_up = same_history and self.cursor.seq == welcome.head
        told = Welcomed(welcome.agent, welcome.time, welcome.catalogue, welcome.policy, caught_up)
        self._errands = {id_: e for id_, e in self._errands.items() if e.what in DURABLE}
        wishes = [encode(ErrandMessage.of(e)) for e in self._errands.values()]
        return [told], [encode(DispositionMessage.of(d)) for d in self._unanswered.values()] + wishes

    def _on_reset(self, reset: Reset) -> WasReset:
        self._require_open("reset")
        self._epoch = reset.epoch
        self._received = self._replay_until = reset.head
        return WasReset((*reset.owed, *reset.calls), Cursor(reset.epoch, reset.head))

    def _on_event(self, event: Event) -> tuple[list[LinkEvent], list[str]]:
        self._require_open("event")
        if event.seq <= self._received:  # sent again: it is committed, or about to be
            return [], ([encode(Ack(self.cursor.seq))] if event.seq <= self.cursor.seq else [])
        if event.seq != self._received + 1:
            raise RemoteProtocolError(f"event {event.seq} after {self._received}", code="gap")
        self._received = event.seq
        replayed = event.seq <= self._replay_until
        cursor = Cursor(self._epoch, event.seq)
        return [Received(event.event, cursor, replayed, caught_up=event.seq == self._replay_until)], []

    def _require_open(self, what: str) -> None:
        if self._stage is not _Stage.OPEN:
            raise RemoteProtocolError(f"{what} before welcome", code="unexpected")
