"""What makes a draft valid."""

import pytest

from cti_desktop.core.disposition import MAX_NOTES, Draft, Fault, Problem, check, problems
from cti_desktop.core.errors import DispositionRejected
from tests.helpers.calls import CATALOGUE, NOON, after


@pytest.mark.parametrize(
    "draft",
    [
        Draft("interested"),
        Draft("interested", notes="wants a demo"),
        Draft("not_interested", "price"),
        Draft("follow_up", follow_up_at=after(1)),
        Draft("escalated", notes="refund"),
        Draft("old"),
    ],
)
def test_complete_drafts_are_valid(draft: Draft) -> None:
    """A retired code is valid still: it may have been chosen offline, before it was retired."""
    assert problems(draft, CATALOGUE, NOON) == ()


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        (Draft(), [("code", Fault.MISSING)]),
        (Draft("nonsense"), [("code", Fault.UNKNOWN)]),
        (Draft("not_interested"), [("sub_code", Fault.MISSING)]),
        (Draft("not_interested", "nonsense"), [("sub_code", Fault.UNKNOWN)]),
        (Draft("interested", "price"), [("sub_code", Fault.UNKNOWN)]),
        (Draft("escalated", notes="  \n"), [("notes", Fault.MISSING)]),
        (Draft("interested", notes="x" * (MAX_NOTES + 1)), [("notes", Fault.TOO_LONG)]),
        (Draft("follow_up"), [("follow_up_at", Fault.MISSING)]),
        (Draft("interested", follow_up_at=NOON), [("follow_up_at", Fault.IN_THE_PAST)]),
        (Draft(notes="x" * (MAX_NOTES + 1)), [("code", Fault.MISSING), ("notes", Fault.TOO_LONG)]),
    ],
)
def test_each_problem_names_its_field(draft: Draft, found: list[tuple[str, Fault]]) -> None:
    """All problems are told at once, in the order of the form."""
    assert problems(draft, CATALOGUE, NOON) == tuple(Problem(*f) for f in found)


def test_the_relay_refuses_with_the_first_problem() -> None:
    """The error that travels carries the field and a stable code."""
    with pytest.raises(DispositionRejected, match="sub_code is missing") as refused:
        check(Draft("not_interested"), CATALOGUE, NOON)
    assert (refused.value.field, refused.value.code) == ("sub_code", "missing")
    check(Draft("interested"), CATALOGUE, NOON)


def test_labels_outlive_the_catalogue() -> None:
    """An outcome whose code is gone is shown by its bare code, not lost."""
    assert CATALOGUE.label_of("not_interested", "price") == "Not Interested · Price"
    assert CATALOGUE.label_of("interested") == "Interested"
    assert CATALOGUE.label_of("gone", "too") == "gone · too"


def test_an_empty_draft_is_empty() -> None:
    """Nothing in it could be lost."""
    assert Draft().is_empty
    assert not Draft(notes="x").is_empty
