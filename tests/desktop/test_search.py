"""What a search looks for, and what of a call can be found."""

from dataclasses import replace

import pytest

from cti_desktop.desktop.search import findable, terms
from tests.helpers import situations as s


@pytest.mark.parametrize("written", ["98200 55512", "098200-55512", "(0) 98200.55512"])
def test_a_number_counts_however_it_is_written(written: str) -> None:
    """What stands between the digits, and a leading zero, say nothing."""
    assert ("9820055512",) == terms(written)


def test_words_are_looked_for_one_by_one() -> None:
    """In any case and order, each once."""
    assert ("ananya", "pune") == terms("  Ananya PUNE ananya ")
    assert () == terms("  ")


def test_short_numbers_are_words() -> None:
    """A room number may stand in a note."""
    assert ("12",) == terms("12")


def test_everything_that_one_remembers_a_call_by() -> None:
    """Name, company, place, number, queue, outcome and notes."""
    call = replace(s.with_draft(s.disposed(), notes="halb fertig"), disposed_notes="Wants an OFFER")
    text = findable(call)
    for word in ("ananya", "textiles", "pune", "9820055512", "renewals", "interested", "offer", "halb"):
        assert word in text
