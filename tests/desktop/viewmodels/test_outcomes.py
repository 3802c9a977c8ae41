"""The outcomes to choose from."""

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.disposition import Catalogue, Code, Disposition, Draft
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.viewmodels.outcomes import (
    choices,
    color_of,
    matching,
    outcomes,
    sub_choices,
    suggestions,
)
from tests.helpers import situations as s


def saved(number: int, code: str, sub_code: str | None = None, via: str = "desktop") -> MyCall:
    """A call that was disposed so many minutes ago."""
    at = s.NOW - timedelta(minutes=number)
    call = s.disposed(f"call-{number}")
    disposition = Disposition(f"d-{number}", call.id, code, sub_code, "", None, at)
    return replace(call, saved=disposition, disposed_via=via)


def labels(*calls: MyCall) -> list[str]:
    """What is suggested after these."""
    return [one.label for one in suggestions(s.situation(*calls))]


def test_the_latest_comes_first_and_each_once() -> None:
    """With its reason."""
    calls = (saved(9, "resolved"), saved(3, "interested"), saved(1, "not_interested", "price"))
    assert ["Not Interested · Price", "Interested", "Resolved"] == labels(*calls, saved(12, "interested"))


def test_no_more_than_three() -> None:
    """A choice, not a list."""
    calls = [saved(n, code.code) for n, code in enumerate(s.CATALOGUE.codes[:6])]
    assert 3 == len(labels(*calls))


def test_one_alone_is_no_help() -> None:
    """The list below has it, too."""
    assert [] == labels(saved(1, "interested"))
    assert [] == labels()


def test_what_is_no_longer_offered_is_not_suggested() -> None:
    """Nor what a timer chose."""
    both = (saved(1, "interested"), saved(2, "resolved"))
    retired = (saved(3, "telex"), saved(4, "not_interested", "fax"), saved(5, "gone"))
    assert ["Interested", "Resolved"] == labels(*both, *retired, saved(6, "escalated", via="auto"))


def found(text: str) -> list[str]:
    """What `text` may mean."""
    return [one.label for one in matching(outcomes(s.CATALOGUE), text)]


def test_letters_find_both_levels() -> None:
    """Words that begin so come first."""
    assert ["Not Interested · Price"] == found("pri")
    assert ["Interested", "Not Interested"] == found("int")[:2]
    assert ["Not Interested · No need"] == found("no nee")
    assert "Not Connected · Busy" in found("BUSY")
    assert [] == found("zzz")


def test_a_label_in_two_languages_is_found_by_either() -> None:
    """That is what a team writes which speaks both."""
    offered = outcomes(Catalogue(1, (Code("price", "Price / कीमत"), Code("busy", "Busy / व्यस्त"))))
    assert ["price", "price"] == [matching(offered, text)[0].code for text in ("pri", "कीम")]


def test_an_outcome_comes_before_those_with_a_reason() -> None:
    """Whoever types the beginnings of its own words means it."""
    assert ["Not Connected", "Not Interested · Competitor"] == found("not c")[:2]
    assert ["Not Interested", "Not Connected"] == found("not")[:2]


def test_what_is_retired_is_not_found() -> None:
    """Neither code nor reason."""
    assert [] == found("telex") + found("fax")


def test_choices_have_keys_and_colours() -> None:
    """A draft keeps its retired code."""
    offered = choices(s.CATALOGUE, Draft("telex"))
    assert [("interested", "1"), ("telex", "8")] == [(c.code, c.key) for c in (offered[0], offered[-1])]
    assert ["telex"] == [c.code for c in offered if c.chosen]
    assert ["a", "b", "c", "d"] == [c.key for c in sub_choices(s.CATALOGUE.codes[2], Draft())]
    assert () == sub_choices(None, Draft())


def test_a_colour_that_is_none_is_grey() -> None:
    """The catalogue is the team's, the screen is ours."""
    assert "#64748b" == color_of(Code("x", "X", "url(file:///etc)"))
    assert (1, ()) == (len(outcomes(Catalogue(1, (Code("x", "X"),)))), outcomes(Catalogue()))
