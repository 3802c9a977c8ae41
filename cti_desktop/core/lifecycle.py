"""The life of a leg on its agent's desktop, as a table. Late and repeated signals never move it back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final


class LegState(Enum):
    """Where a leg stands for its agent."""

    NEW = "NEW"
    RINGING = "RINGING"
    CONNECTED = "CONNECTED"
    WRAP_UP = "WRAP_UP"
    CLOSED = "CLOSED"


class Signal(Enum):
    """What can move a leg on."""

    RANG = "RANG"
    ANSWERED = "ANSWERED"
    # The end of a conversation, and the end of a ring that became none.
    HUNG_UP = "HUNG_UP"
    NOT_TALKED = "NOT_TALKED"
    # The end never came: the watch ran out, or the agent closed it by hand.
    GIVEN_UP = "GIVEN_UP"
    DISPOSED = "DISPOSED"


_NEW, _RINGING, _CONNECTED, _WRAP_UP, _CLOSED = LegState

# A signal that a state doesn't name leaves it as it is.
TRANSITIONS: Final[Mapping[LegState, Mapping[Signal, LegState]]] = MappingProxyType(
    {
        _NEW: {
            Signal.RANG: _RINGING,
            Signal.ANSWERED: _CONNECTED,
            Signal.HUNG_UP: _WRAP_UP,
            Signal.NOT_TALKED: _CLOSED,
            Signal.GIVEN_UP: _CLOSED,
            Signal.DISPOSED: _CLOSED,
        },
        _RINGING: {
            Signal.ANSWERED: _CONNECTED,
            Signal.HUNG_UP: _WRAP_UP,
            Signal.NOT_TALKED: _CLOSED,
            Signal.GIVEN_UP: _CLOSED,
            Signal.DISPOSED: _CLOSED,
        },
        _CONNECTED: {
            Signal.HUNG_UP: _WRAP_UP,
            Signal.NOT_TALKED: _WRAP_UP,
            Signal.GIVEN_UP: _WRAP_UP,
            Signal.DISPOSED: _CONNECTED,
        },
        _WRAP_UP: {Signal.DISPOSED: _CLOSED},
        # A call given up as missed can turn out to have been a conversation: its outcome is still owed.
        _CLOSED: {Signal.HUNG_UP: _WRAP_UP, Signal.ANSWERED: _CONNECTED},
    }
)


def next_state(state: LegState, signal: Signal) -> LegState:
    """Where `signal` takes a leg that stands at `state`."""
    return TRANSITIONS[state].get(signal, state)
