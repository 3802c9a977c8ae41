"""The table of a leg's life, read as a table."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.lifecycle import TRANSITIONS, LegState, Signal, next_state

N, R, C, W, X = LegState


@pytest.mark.parametrize(
    ("signals", "end"),
    [
        ([Signal.RANG, Signal.ANSWERED, Signal.HUNG_UP, Signal.DISPOSED], X),
        ([Signal.RANG, Signal.NOT_TALKED], X),
        ([Signal.ANSWERED, Signal.RANG], C),
        ([Signal.HUNG_UP], W),
        ([Signal.RANG, Signal.GIVEN_UP], X),
        ([Signal.RANG, Signal.ANSWERED, Signal.GIVEN_UP], W),
        ([Signal.RANG, Signal.GIVEN_UP, Signal.HUNG_UP], W),
        ([Signal.RANG, Signal.HUNG_UP, Signal.RANG, Signal.ANSWERED], W),
    ],
)
def test_lives(signals: list[Signal], end: LegState) -> None:
    """Each life ends where an agent would expect it."""
    state = LegState.NEW
    for signal in signals:
        state = next_state(state, signal)
    assert end == state


def test_every_state_has_a_row() -> None:
    """The table is total: a pair that it doesn't name leaves the state as it is."""
    assert set(LegState) == set(TRANSITIONS)
    for state, signal in itertools.product(LegState, Signal):
        assert TRANSITIONS[state].get(signal, state) == next_state(state, signal)


@given(st.lists(st.sampled_from(Signal), max_size=12))
def test_a_ring_never_comes_back(signals: list[Signal]) -> None:
    """Once a leg has left RINGING, no signal makes it ring again."""
    state, left = LegState.NEW, False
    for signal in signals:
        state = next_state(state, signal)
        assert not (left and state is R)
        left = left or state in {C, W, X}


@given(st.sampled_from(LegState), st.sampled_from(Signal))
def test_a_repeated_signal_changes_nothing(state: LegState, signal: Signal) -> None:
    """Deliveries come more than once."""
    once = next_state(state, signal)
    assert once == next_state(once, signal) or (once, signal) == (X, Signal.HUNG_UP)
