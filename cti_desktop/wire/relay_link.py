"""The relay's end of one desktop's connection, sans-I/O: what a frame asks for, and what may be sent when.

Knows nothing of the store: the caller reads it and hands over events in order. Bounded by `WINDOW_*`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cti_desktop.core.disposition import Catalogue, Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import DispositionRejected, LocalProtocolError, RemoteProtocolError
from cti_desktop.core.people import Person
from cti_desktop.wire.events import EventBody, briefly
from cti_desktop.wire.messages import (
    MAX_FRAME_BYTES,
    Ack,
    DispositionMessage,
    ErrandMessage,
    ErrorMessage,
    Hello,
    MalformedDisposition,
    Probe,
    Probed,
    Rejected,
    Reset,
    Stored,
    Unknown,
    Welcome,
    encode,
    from_desktop,
)
from cti_desktop.wire.policy import Policy

# Sent but unacknowledged, per connection; beyond it the store is read no further.
WINDOW_EVENTS: Final = 256
WINDOW_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Greeted:
    """The desktop said hello: answer with `welcome`."""

    device: str
    epoch: str | None
    seq: int
    version: str


@dataclass(frozen=True, slots=True)
class Acked:
    """The device has committed everything up to `seq`."""

    seq: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """A disposition to commit, and then to answer with `stored` or `rejected`."""

    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Complained:
    """The desktop said what it dislikes."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish to answer with `done` or `rejected`."""

    errand: Errand


PeerEvent = Greeted | Acked | Submitted | Asked | Complained


@dataclass(frozen=True, slots=True)
class Stream:
    """An agent's stream as the store has it: events `floor…head` can be read, under `epoch`."""

    epoch: str
    floor: int
    head: int

    def can_resume(self, epoch: str | None, seq: int) -> bool:
        """Whether everything after `seq` is here. A device that was never connected starts at 0."""
        return (epoch == self.epoch or (epoch is None and seq == 0)) and self.floor - 1 <= seq <= self.head


@dataclass(slots=True)
class RelayLink:
    """See the module. One object per connection."""

    sent: int = 0
    acked: int = 0
    _greeted: bool = False
    _welcomed: bool = False
    _in_flight: list[tuple[int, int]] = field(default_factory=list)  # short; an empty deque costs 700 bytes
    _in_flight_bytes: int = 0

    def receive(self, frame: str | bytes) -> tuple[list[PeerEvent], list[str]]:
        """What a frame asks for, and frames to answer at once. Raises `RemoteProtocolError`: close, 4002."""
        message = from_desktop(frame)
        if not self._greeted and not isinstance(message, Hello):
            raise RemoteProtocolError("the first message must be hello", code="hello_expected")
        match message:
            case Hello():
                return [self._on_hello(message)], []
            case Ack(seq=seq):
                return [self._on_ack(seq)], []
            case DispositionMessage():
                return self._on_disposition(message)
            case MalformedDisposition() as bad:
                return [], [encode(Rejected(bad.id, bad.code, bad.field, bad.message))]
            case ErrandMessage():
                return [Asked(message.errand())], []
            case Probe(id=id_):
                return [], [encode(Probed(id_[:100]))]
            case ErrorMessage(code=code, message=text):
                return [Complained(code, text)], []
            case Unknown(type=kind):
                return [], [encode(ErrorMessage("unknown_type", f"unknown message type {kind[:40]!r}"))]

    def welcome(
        self,
        greeted: Greeted,
        stream: Stream,
        *,
        agent: Person,
        now: datetime,
        catalogue: Catalogue,
        policy: Policy,
    ) -> tuple[list[str], bool]:
        """The frame that answers a hello, and whether the cursor holds; else `reset` must follow."""
        if self._welcomed or not self._greeted:
            raise LocalProtocolError("welcome answers one hello")
        self._welcomed = True
        self.sent = self.acked = greeted.seq
        frame = encode(Welcome(agent, stream.epoch, stream.head, now, catalogue, policy))
        return [frame], stream.can_resume(greeted.epoch, greeted.seq)

    def reset(self, stream: Stream, calls: Iterable[EventBody], owed: Iterable[EventBody] = ()) -> list[str]:
        """The frame that replaces a cursor that can't be honoured: the agent's open and owed calls."""
        self.sent = self.acked = stream.head
        message = Reset(stream.epoch, stream.head, tuple(calls), tuple(owed))
        return [encode(message if _fits(message) else _brief(message))]

    @property
    def room(self) -> int:
        """How many more events may be sent before the desktop acknowledges some."""
        if not self._welcomed or self._in_flight_bytes >= WINDOW_BYTES:
            return 0
        return WINDOW_EVENTS - len(self._in_flight)

    def event_frame(self, seq: int, body: bytes) -> bytes:
        """The frame for the event that follows the last one sent, in UTF-8; `body` is its stored JSON."""
        if seq != self.sent + 1:
            raise LocalProtocolError(f"event {seq} after {self.sent}")
        frame = b'{"type":"event","seq":%d,"event":%b}' % (seq, body)
        self.sent = seq
        self._in_flight.append((seq, len(frame)))
        self._in_flight_bytes += len(frame)
        return frame

    @staticmethod
    def stored(disposition_id: str) -> str:
        """The frame that says a disposition is committed."""
        return encode(Stored(disposition_id))

    @staticmethod
    def rejected(disposition_id: str, error: DispositionRejected) -> str:
        """The frame that says what is to be mended in a disposition."""
        return encode(Rejected(disposition_id, error.code, error.field, str(error)))

    def _on_hello(self, hello: Hello) -> Greeted:
        if self._greeted:
            raise RemoteProtocolError("a second hello", code="unexpected")
        if hello.seq < 0:
            raise RemoteProtocolError("hello with a negative seq", code="bad_message")
        self._greeted = True
        return Greeted(hello.device[:100], hello.epoch, hello.seq, hello.version[:40])

    def _on_ack(self, seq: int) -> Acked:
        if seq > self.sent:
            raise RemoteProtocolError(f"ack {seq} of an event that was not sent", code="bad_ack")
        self.acked = max(self.acked, seq)
        while self._in_flight and self._in_flight[0][0] <= self.acked:
            self._in_flight_bytes -= self._in_flight.pop(0)[1]
        return Acked(self.acked)

    def _on_disposition(self, message: DispositionMessage) -> tuple[list[PeerEvent], list[str]]:
        try:
            return [Submitted(message.disposition())], []
        except DispositionRejected as error:
            return [], [self.rejected(message.id, error)]


def _fits(message: Reset) -> bool:
    return len(encode(message).encode()) <= MAX_FRAME_BYTES


def _brief(message: Reset) -> Reset:
    """So much of a snapshot as a frame can hold: no histories, and then the latest calls."""
    calls = tuple(briefly(call) for call in message.calls)
    owed = tuple(briefly(call) for call in message.owed)
    while not _fits(brief := Reset(message.epoch, message.head, calls, owed)):
        calls, owed = (calls, owed[:-1]) if owed else (calls[1 + len(calls) // 10 :], ())
    return brief
