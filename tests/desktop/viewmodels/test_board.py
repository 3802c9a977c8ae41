from dataclasses import replace

import pytest

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import Hops, LatencyFigures, Rehearsal, RehearsalState
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.viewmodels.board import MAX_MISSED, TEST_ID, card_models
from tests.helpers import situations as s


def ids(*calls: MyCall, kept: frozenset[str] = frozenset(), **settings: object) -> list[str]:
    """Which cards are up."""
    chosen = Settings(**settings)  # type: ignore[arg-type]  # the tests' own keywords
    return [model.call_id for model in card_models(s.situation(*calls, settings=chosen), kept=kept)]


def test_cards_are_up_only_where_shown() -> None:
    """A dismissed card is away, and an ended conversation has its prompt instead."""
    calls = (s.ringing("a"), replace(s.ringing("b"), shown=False), replace(s.wrap_up("c"), shown=True))
    assert ["a"] == [model.call_id for model in card_models(s.situation(*calls))]


def test_a_second_call_never_replaces_the_first() -> None:
    """Each call has a card of its own, oldest first."""
    models = card_models(s.situation(s.connected("a"), s.ringing("b"), s.ringing("c")))
    assert ["a", "b", "c"] == [model.call_id for model in models]


def test_many_missed_calls_share_the_corner() -> None:
    """After a long lunch only the latest few have cards; the oldest of these counts the others."""
    models = card_models(s.situation(*(s.closed(f"c{n}") for n in range(6)), s.ringing("live")))
    assert [f"c{n}" for n in range(6 - MAX_MISSED, 6)] + ["live"] == [model.call_id for model in models]
    assert ["and 3 more missed calls", "", "", ""] == [model.footer for model in models]


def test_what_the_agent_is_at_is_not_hidden_by_newer_missed_calls() -> None:
    """A name that is half written, or a card that is pinned, is none of the latest few."""
    calls = [s.closed(f"c{n}") for n in range(6)]
    models = card_models(s.situation(*calls), kept=frozenset({"c0", "c4"}))
    assert ["c0", "c2", "c3", "c4", "c5"] == [model.call_id for model in models]
    assert ["", "and 1 more missed call", "", "", ""] == [model.footer for model in models]


def test_the_agent_chooses_when_cards_pop() -> None:
    """As it rings, once it is answered, or never by themselves; what is asked for is up all the same."""
    calls = (s.ringing("rings"), s.connected("talks"), s.closed("missed"))
    assert ["rings", "talks", "missed"] == ids(*calls)
    assert ["talks"] == ids(*calls, pop_when="answer")
    assert [] == ids(*calls, pop_when="never")
    assert ["rings"] == ids(*calls, pop_when="never", kept=frozenset({"rings"}))


def test_a_pinned_card_stays_beside_its_prompt() -> None:
    """Who it was can still be read while the outcome is asked for."""
    ended = replace(s.wrap_up("a"), shown=True)
    assert [] == ids(ended)
    assert ["a"] == ids(ended, kept=frozenset({"a"}))


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RehearsalState.THROUGH, "12\u00a0ms"),
        (RehearsalState.NO_LINK, "Not tried: there is no connection just now"),
        (RehearsalState.NO_ANSWER, "No answer from the relay in 5 seconds. Ask IT."),
    ],
)
def test_the_test_pop_says_how_the_way_was(state: RehearsalState, words: str) -> None:
    """And today's figures, once there are any."""
    test = Rehearsal(state, s.NOW, 0.012)
    latency = LatencyFigures(23, whole=Hops(0.04, 0.2))
    (model,) = card_models(s.situation(rehearsal=test, latency=latency))
    assert (TEST_ID, "Test pop") == (model.call_id, model.headline)
    assert [words, "23 pops, 40\u00a0ms; at most 200\u00a0ms for 19 of 20"] == [
        fact.text for fact in model.facts
    ]
    (bare,) = card_models(s.situation(rehearsal=test))
    assert [words] == [fact.text for fact in bare.facts]


def test_the_test_pop_waits_for_the_relay() -> None:
    """It pops when it came back."""
    assert () == card_models(s.situation(rehearsal=Rehearsal(RehearsalState.UNDER_WAY, s.NOW)))
