"""What was found, as lines."""

from dataclasses import replace
from types import MappingProxyType

from cti_desktop.desktop.screen import PAGE, FoundCalls
from cti_desktop.desktop.viewmodels.day import found_model
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls

CALLS = tuple(many_calls(PAGE))
FOUND = FoundCalls("ravi", serial=3, total=500, pages=MappingProxyType({2: CALLS}))


def test_lines_of_pages_that_are_read() -> None:
    """Others are not there yet."""
    model = found_model(s.situation(found=FOUND), s.ZONE)
    assert CALLS[0] == model.call_at(2 * PAGE)
    assert model.call_at(0) is None
    assert model.call_at(3 * PAGE) is None
    call = model.call_at(2 * PAGE + 1)
    assert call is not None
    assert CALLS[1].id == model.row(call).key


def test_what_this_run_knows_better() -> None:
    """A call that goes on is shown as it is."""
    live = replace(CALLS[0], disposed_as="Escalated")
    model = found_model(s.situation(live, found=FOUND), s.ZONE)
    assert live == model.call_at(2 * PAGE)


def test_what_is_still_to_be_read() -> None:
    """What is in view and next to it, but not past the end."""
    model = found_model(s.situation(found=FOUND), s.ZONE)
    assert (1, 3) == model.lacks(2 * PAGE, 2 * PAGE + 11)
    assert (8, 9) == model.lacks(499, 511)
    assert (0, 1) == model.lacks(0, 11)


def test_how_many_and_whose() -> None:
    """Nothing is said while it looks."""
    assert "500 calls" == found_model(s.situation(found=FOUND), s.ZONE).count
    assert "500 calls or more" == found_model(s.situation(found=replace(FOUND, is_cut=True)), s.ZONE).count
    assert not found_model(s.situation(found=replace(FOUND, is_looking=True)), s.ZONE).count
    of_one = replace(FOUND, text="", number="+91", pages=MappingProxyType({0: CALLS}))
    theirs = found_model(s.situation(found=of_one), s.ZONE)
    assert theirs.heading.startswith("Calls with Ananya")
    assert not theirs.row(CALLS[0]).number, "their calls are there already"
    assert not found_model(s.situation(found=FOUND), s.ZONE).heading


def test_equal_while_nothing_changed() -> None:
    """So that nothing is drawn anew."""
    assert found_model(s.situation(found=FOUND), s.ZONE) == found_model(s.situation(found=FOUND), s.ZONE)
    assert found_model(s.situation()) != found_model(s.situation(found=FOUND))
