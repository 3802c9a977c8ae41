"""Phone numbers in every spelling that a provider, a spreadsheet or a person uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.numbers import country_of, hidden, masked, to_display, to_e164


@pytest.mark.parametrize(
    "raw",
    [
        "+919999900001",
        "919999900001",
        "9999900001",
        "09999900001",
        "00919999900001",
        "+91 99999 00001",
        "99999-00001",
        " (0)99999 00001 ",
    ],
)
def test_every_spelling_of_a_number_is_one_number(raw: str) -> None:
    """National, international and spaced spellings meet in E.164."""
    assert to_e164(raw) == "+919999900001"


def test_00_is_dialled_from_other_countries_too() -> None:
    """A spreadsheet from Europe means the same by it in a country that dials 011."""
    assert to_e164("00919999900001", "US") == "+919999900001"


@pytest.mark.parametrize(
    "raw",
    [None, "", "  ", "anonymous", "Unknown", "0", "12345", "abc", "+", "9" * 60, "\u202e123456", "+99912345"],
)
def test_what_is_no_number_matches_nobody(raw: str | None) -> None:
    """Withheld, blank, short and impossible numbers give None."""
    assert to_e164(raw) is None


def test_a_number_from_another_country_keeps_its_country() -> None:
    """A plus decides, whatever the default region is."""
    assert to_e164("+1 650 253 0000") == "+16502530000"
    assert to_e164("650 253 0000", "US") == "+16502530000"


def test_display_groups_the_digits() -> None:
    """People read groups; what is no number stays as it is."""
    assert to_display("+919999900001") == "+91 99999 00001"
    assert to_display("reception") == "reception"


def test_country_of_a_number() -> None:
    """The ISO code, or None for a prefix that belongs to no single country."""
    assert country_of("+919999900001") == "IN"
    assert country_of("+80012345678") is None
    assert country_of("nonsense") is None


def test_logs_see_four_digits_at_most() -> None:
    """A masked number can't be called."""
    assert masked("+919999900001") == "…0001"
    assert masked("1234") == "…"
    assert masked(None) == "…"


@given(st.text(max_size=60))
def test_foreign_text_never_raises(raw: str) -> None:
    """Whatever a payload holds where a number should be, the answer is a number or None."""
    number = to_e164(raw)
    assert number is None or (number.startswith("+") and number[1:].isdigit())


def test_hidden_numbers_keep_their_country_and_three_digits() -> None:
    """Enough to tell two callers apart, too little to call."""
    assert hidden("+919999900001") == "+91 ••••• ••001"
    assert sum(c.isdigit() for c in hidden("+16502530000")) == len("1") + 3
