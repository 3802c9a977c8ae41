"""Which cards are up: those that popped, as the agent's settings have it, and the test pop."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from typing import Final

from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import Rehearsal, RehearsalState, Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel
from cti_desktop.desktop.viewmodels.card import (
    Button,
    CardAction,
    CardModel,
    Fact,
    Tone,
    awaits_eyes,
    card_model,
)
from cti_desktop.desktop.viewmodels.words import calls as call_words
from cti_desktop.desktop.viewmodels.words import pops as words

MAX_MISSED: Final = 3
# The test pop is no call; its card goes by this id.
TEST_ID: Final = "test-pop"
TEST_LINGERS: Final = timedelta(seconds=15)
_TEST_HUE: Final = 2
_NOBODY: Final[frozenset[str]] = frozenset()


def card_models(
    situation: Situation, zone: tzinfo | None = None, kept: frozenset[str] = _NOBODY
) -> tuple[CardModel, ...]:
    """The cards that are up, oldest first. `kept`: ids that the agent pinned, asked for or is at.

    Of many other missed calls only the latest `MAX_MISSED` have a card.
    """
    up = [call for call in situation.calls if call.shown and _has_card(call, situation, kept)]
    missed = [call for call in up if awaits_eyes(call) and call.id not in kept]
    hidden = {call.id for call in missed[:-MAX_MISSED]}
    oldest_missed = next((call.id for call in missed[-MAX_MISSED:]), None) if hidden else None
    cards = [
        card_model(
            call, situation, zone, call_words.more_missed(len(hidden)) if call.id == oldest_missed else ""
        )
        for call in up
        if call.id not in hidden
    ]
    test = situation.rehearsal
    if test is not None and test.state is not RehearsalState.UNDER_WAY:
        cards.append(_test_card(test, situation))
    return tuple(cards)


def _has_card(call: MyCall, situation: Situation, kept: frozenset[str]) -> bool:
    """A conversation that is over has its prompt instead, unless the agent keeps its card."""
    if call.id in kept:
        return True
    if call.state is LegState.WRAP_UP:
        return False
    match situation.settings.pop_when:
        case "ring":
            return True
        case "answer":
            return call.answered_at is not None
        case "never":
            return False


def _test_card(test: Rehearsal, situation: Situation) -> CardModel:
    way = {
        RehearsalState.THROUGH: words.milliseconds(test.round_trip),
        RehearsalState.NO_LINK: words.NO_LINK,
        RehearsalState.NO_ANSWER: words.NO_ANSWER,
        RehearsalState.UNDER_WAY: "",
    }[test.state]
    figures = situation.latency
    today = words.pops_today(figures.count, figures.whole.p50, figures.whole.p95)
    facts = (Fact(words.THE_WAY, way), *((Fact(words.TODAY, today),) if today else ()))
    return CardModel(
        TEST_ID,
        words.TEST,
        Tone.GOOD if test.state is RehearsalState.THROUGH else Tone.ALERT,
        CallerModel(words.NO_CALL, words.NO_CALL_DETAIL, "", "", _TEST_HUE, "", ""),
        facts=facts,
        buttons=(Button(CardAction.DISMISS, call_words.GOT_IT, primary=True),),
        lingers=TEST_LINGERS,
        has_tools=False,
    )
