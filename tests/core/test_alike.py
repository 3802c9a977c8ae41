"""Names that may be one person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.alike import read_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anil Rao", "anil rao"),
        ("Anil Rao", "Rao, Anil"),
        ("Anil", "Anil Rao"),
        ("Shri Anil Rao", "Dr. Anil K Rao"),
        ("Ananya Deshmukh", "Ananya Deshmuk"),
        ("अनन्या देशमुख", "श्रीमती अनन्या देशमुख"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    """Order, titles, case, a part left out, a letter slipped; the same from either side."""
    assert read_alike(one, other)
    assert read_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anil Rao", "Sunita Rao"), ("Ravi Rao", "Rani Rao"), ("Asha", "Usha"), ("Mr", "Mrs"), ("", "Anil")],
)
def test_two_people(one: str, other: str) -> None:
    """A family on one phone stays a family."""
    assert not read_alike(one, other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text(one: str, other: str) -> None:
    """Never raises, and doesn't care which comes first where it is sure."""
    if set(one.split()) == set(other.split()) and read_alike(one, one):
        assert read_alike(one, other)
    read_alike(one, other)
