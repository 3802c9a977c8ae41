"""The facts of an agent's stream."""

import dataclasses

import pytest

from cti_desktop.core.events import CallAnswered, CallDisposed, CallRang
from tests.helpers.calls import NOON, info, rang


def test_events_of_different_kinds_differ() -> None:
    """The class is part of what an event says."""
    assert CallRang(info(), NOON, NOON) == rang()
    assert len({CallRang(info(), NOON, NOON), CallAnswered(info(), NOON, NOON)}) == 2


def test_events_are_facts() -> None:
    """Nobody can change what happened."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        rang().at = NOON  # type: ignore[misc]


def test_a_disposition_comes_from_the_panel_unless_said_otherwise() -> None:
    """Only the relay's own desktops give a disposition id."""
    event = CallDisposed(info(), NOON, NOON, label="Interested")
    assert ("provider", None) == (event.via, event.disposition_id)
