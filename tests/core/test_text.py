"""Foreign text, made safe to show."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.text import one_line, paragraphs


def test_direction_and_control_characters_are_dropped() -> None:
    """A right-to-left override could make a number read backwards."""
    assert one_line("Asha\u202e \x00Tra\u200bders\r\n Ltd") == "Asha Traders Ltd"


def test_devanagari_keeps_its_joiners() -> None:
    """Zero-width joiners are part of the spelling."""
    name = "क्\u200dष अनन्या देशमुख"
    assert one_line(name) == name


def test_long_text_ends_in_an_ellipsis() -> None:
    """The limit counts the ellipsis."""
    assert one_line("x" * 300, 10) == "x" * 9 + "…"


def test_paragraphs_keep_their_lines() -> None:
    """Notes are several lines long."""
    assert paragraphs("one\r\ntwo\rthree\n\n") == "one\ntwo\nthree"


@given(st.text(max_size=300))
def test_nothing_dangerous_is_left(raw: str) -> None:
    """No control, override or surrogate characters, and never over the limit."""
    shown = one_line(raw, 100)
    assert len(shown) <= 100
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Co", "Cn"}
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
