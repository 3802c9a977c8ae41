"""Who is connected, and whom to wake. Keeps the newest events of connected agents; the store has them all.

Lives on the event loop. Doesn't decide what a desktop gets: sessions ask for what follows their cursor.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Protocol

from cti_desktop.core.text import one_line
from cti_desktop.relay.streams import Appended
from cti_desktop.wire.close_codes import CloseCode

_TAIL: Final = 64
_SHOWN: Final = 60
_log: Final = logging.getLogger(__name__)


class Listener(Protocol):
    """A desktop's session."""

    @property
    def agent_id(self) -> str:
        """Whose stream it follows."""

    @property
    def device(self) -> str:
        """Which of the agent's devices it is."""

    @property
    def token_id(self) -> str:
        """By which token it came in."""

    @property
    def is_behind(self) -> bool:
        """Whether it has not acknowledged everything."""

    def news(self, head: int) -> None:
        """The agent's stream has grown to `head`."""

    def hang_up(self, code: CloseCode, message: str) -> None:
        """End soon. Later calls change nothing."""


@dataclass(slots=True)
class _Room:
    """One agent's sessions, by device, and the end of the agent's stream."""

    sessions: dict[str, Listener] = field(default_factory=dict)
    tail: deque[Appended] = field(default_factory=lambda: deque(maxlen=_TAIL))


def _nobody(_agent_id: str) -> None:
    """Nobody wants to know."""


class Hub:
    """See the module."""

    def __init__(self, left: Callable[[str], None] = _nobody) -> None:
        """`left` is told of each agent whose last desktop went away."""
        self._rooms: dict[str, _Room] = {}
        self._left = left

    def enter(self, session: Listener) -> None:
        """From now on `session` hears of news. An older session of the same device gives way."""
        room = self._rooms.setdefault(session.agent_id, _Room())
        older = room.sessions.get(session.device)
        room.sessions[session.device] = session
        if older is not None:
            older.hang_up(CloseCode.TAKEN_OVER, "another session of this device took over")
        _log.info("%s is connected, on %s", session.agent_id, one_line(session.device, _SHOWN))

    def leave(self, session: Listener) -> None:
        """Forget `session`, if it is still the one of its device."""
        room = self._rooms.get(session.agent_id)
        if room is not None and room.sessions.get(session.device) is session:
            del room.sessions[session.device]
            _log.info("%s is gone, from %s", session.agent_id, one_line(session.device, _SHOWN))
            if not room.sessions:
                del self._rooms[session.agent_id]
                self._left(session.agent_id)

    def publish(self, appended: Iterable[Appended]) -> None:
        """These events are committed. To be told in order of commit."""
        for event in appended:
            room = self._rooms.get(event.agent_id)
            if room is not None:
                room.tail.append(event)
                for session in room.sessions.values():
                    session.news(event.seq)

    def recent(self, agent_id: str, seq: int, limit: int) -> Sequence[Appended]:
        """The events that follow `seq`, at most `limit`; none where they are not all at hand."""
        room = self._rooms.get(agent_id)
        if room is None or not room.tail or not room.tail[0].seq <= seq + 1:
            return ()
        if room.tail[-1].seq == seq + 1:  # so it mostly is
            return (room.tail[-1],)
        first = seq + 1 - room.tail[0].seq
        return tuple(islice(room.tail, first, first + limit))

    def hang_up(self, code: CloseCode, message: str, which: Callable[[Listener], bool]) -> None:
        """End the sessions that `which` picks."""
        for session in [s for room in self._rooms.values() for s in room.sessions.values() if which(s)]:
            session.hang_up(code, message)

    def forget(self) -> None:
        """What was at hand may be outdated: everything is read from the store again."""
        for room in self._rooms.values():
            room.tail.clear()

    def has(self, agent_id: str) -> bool:
        """Whether any of the agent's desktops is connected."""
        return agent_id in self._rooms

    @property
    def token_ids(self) -> frozenset[str]:
        """By which tokens desktops are connected."""
        return frozenset(s.token_id for room in self._rooms.values() for s in room.sessions.values())

    @property
    def behind(self) -> int:
        """How many sessions wait for an acknowledgement of something."""
        return sum(s.is_behind for room in self._rooms.values() for s in room.sessions.values())

    def __len__(self) -> int:
        return sum(len(room.sessions) for room in self._rooms.values())
