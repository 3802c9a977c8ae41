import pytest

from cti_desktop.desktop.viewmodels.words import calls as words


@pytest.mark.parametrize(
    ("name", "expected"), [("Ravi Nair", "Answered by Ravi Nair"), (None, "Answered by a colleague")]
)
def test_answered_by(name: str | None, expected: str) -> None:
    """A colleague without a name is still a colleague."""
    assert expected == words.answered_by(name)


@pytest.mark.parametrize(
    ("region", "country", "expected"),
    [
        ("Pune", "IN", "Pune, IN"),
        ("Delhi, India", "IN", "Delhi, India"),
        (None, "IN", ""),
        ("Pune", None, "Pune"),
    ],
)
def test_place(region: str | None, country: str | None, expected: str) -> None:
    """A country stands beside a place, not alone and not twice."""
    assert expected == words.place(region, country)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_nth_call(number: int, expected: str) -> None:
    """English ordinals, the teens included."""
    assert f"{expected} call" == words.nth_call(number)


def test_last_digits() -> None:
    """Four digits are enough to tell callers apart."""
    assert "…5512" == words.last_digits("+919820055512")


@pytest.mark.parametrize(
    ("number", "expected"), [(1, "and 1 more missed call"), (5, "and 5 more missed calls")]
)
def test_more_missed(number: int, expected: str) -> None:
    """One and many."""
    assert expected == words.more_missed(number)


def test_announcement_leaves_out_what_is_unknown() -> None:
    """No empty pauses for a screen reader."""
    assert "Incoming call, Asha" == words.announcement("Incoming call", "Asha", "")
