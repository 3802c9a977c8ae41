"""The team's rule for the time after a conversation."""

from datetime import timedelta

from cti_desktop.core.disposition import Draft
from cti_desktop.core.wrap_up import REQUIRED_SNOOZE, TYPING_GRACE, Demand, WrapUp, typing_until
from tests.helpers.calls import CATALOGUE, NOON, after

TIMED = WrapUp(Demand.TIMED, 60, "interested")


def test_only_a_timed_wrap_up_has_a_deadline() -> None:
    """The other two wait for the agent."""
    assert after(60) == TIMED.deadline(NOON)
    assert WrapUp().deadline(NOON) is None
    assert WrapUp(Demand.REQUIRED, 60).deadline(NOON) is None
    assert not WrapUp(Demand.TIMED, 0).is_timed


def test_an_optional_outcome_comes_back_when_the_agent_wishes() -> None:
    """Or not by itself at all."""
    assert WrapUp().returns_at(NOON, None) is None
    assert after(900) == WrapUp().returns_at(NOON, after(900))


def test_a_required_outcome_is_never_put_off_for_long() -> None:
    """It comes back after five minutes, or sooner if the agent wishes."""
    rule = WrapUp(Demand.REQUIRED)
    assert NOON + REQUIRED_SNOOZE == rule.returns_at(NOON, None)
    assert NOON + REQUIRED_SNOOZE == rule.returns_at(NOON, after(3600))
    assert after(60) == rule.returns_at(NOON, after(60))


def test_a_valid_draft_is_saved_as_it_is() -> None:
    """What the agent chose counts for more than what the team chose for nobody."""
    draft = Draft("not_interested", "price")
    assert draft == TIMED.closing_draft(draft, CATALOGUE, NOON)


def test_an_incomplete_draft_gives_way_and_keeps_its_notes() -> None:
    """Nothing that was typed is lost to a timer."""
    draft = Draft("not_interested", None, "asked for a discount")
    assert Draft("interested", None, "asked for a discount") == TIMED.closing_draft(draft, CATALOGUE, NOON)


def test_without_a_code_that_can_be_saved_the_outcome_stays_owed() -> None:
    """A code that asks for more, one that is gone, or none."""
    for code in ("escalated", "gone", None):
        assert WrapUp(Demand.TIMED, 60, code).closing_draft(Draft(), CATALOGUE, NOON) is None


def test_typing_is_never_cut_off() -> None:
    """Each change leaves some seconds, and takes none away."""
    assert after(300) == typing_until(after(300), NOON)
    assert NOON + TYPING_GRACE == typing_until(NOON + timedelta(seconds=1), NOON)
    assert typing_until(None, NOON) is None
