"""Foreign values, read as what they should have been."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.providers import fields
from cti_desktop.providers.contract import INDIA

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_nothing_raises(value: object) -> None:
    """Every reader takes any JSON value."""
    for reader in (fields.text, fields.identifier, fields.integer, fields.seconds, fields.digest):
        reader(value)
    assert isinstance(fields.objects(value), list)
    assert isinstance(fields.mapping(value), dict)
    fields.number(value, "IN")
    fields.moment(value, INDIA)


def test_mapping() -> None:
    """Whatever isn't an object has no fields."""
    assert {"a": 1} == fields.mapping({"a": 1})
    assert [{}] * 4 == [fields.mapping(value) for value in (None, "a", [1], 5)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, "a"], [1, "a"]),
        ({"0": "a", "2": "b"}, ["a", "b"]),
        ({"name": "a"}, [{"name": "a"}]),
        ("a", ["a"]),
        (5, [5]),
        (None, []),
        ("", []),
        ({}, []),
    ],
)
def test_entries(value: object, expected: list[object]) -> None:
    """A list, a list in PHP's clothes, or a value in place of one."""
    assert expected == fields.entries(value)


def test_entries_of_an_absurd_list() -> None:
    """The first thousand: storing what a whole body can list would hold up all other deliveries."""
    many = list(range(20_000))
    assert many[:1_000] == fields.entries(many)
    assert many[:1_000] == fields.entries({str(n): n for n in many})


def test_objects() -> None:
    """What isn't an object is left out."""
    assert [{"a": 1}] == fields.objects([{"a": 1}, "a", None, 5])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (" Asha\u202e \n Verma ", "Asha Verma"),
        ("\ud800", None),
        ("", None),
        (10, "10"),
        (1.5, "1.5"),
        (True, None),
        (None, None),
        ({}, None),
        (["a"], None),
    ],
)
def test_text(value: object, expected: str | None) -> None:
    """One safe line, or nothing."""
    assert expected == fields.text(value)


def test_text_is_bounded() -> None:
    """A name of ten thousand letters fits on the card."""
    assert 200 == len(fields.text("x" * 10_000) or "")


def test_first_text() -> None:
    """Blank ones don't count."""
    assert "b" == fields.first_text(None, "", {}, "b", "c")
    assert fields.first_text(None, " ") is None


def test_identifiers_are_never_cut() -> None:
    """Two long ids that begin alike stay two."""
    a, b = (fields.identifier("x" * 500 + end) for end in "ab")
    assert "n2.1795420949.2175190" == fields.identifier("n2.1795420949.2175190")
    assert a != b
    assert a is not None
    assert 71 == len(a)
    assert fields.identifier(None) is None


def test_numbers() -> None:
    """National ones are of the region; what isn't a number is withheld."""
    assert "+919999900001" == fields.number("9999900001", "IN")
    assert "+919999900001" == fields.number(919999900001, "IN")
    assert [None] * 3 == [fields.number(value, "IN") for value in ("unknown", None, "x" * 100)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1, 1),
        ("1", 1),
        (" 07 ", 7),
        (1.0, 1),
        (-1, -1),
        (1.5, None),
        ("1.5", None),
        ("-1", None),
        ("", None),
        ("१", None),
        ("²", None),
        (True, None),
        (None, None),
        (10**30, None),
        (1e30, None),
        ("9" * 5_000, None),
        ([1], None),
    ],
)
def test_integer(value: object, expected: int | None) -> None:
    """Also as text, as PHP likes it."""
    assert expected == fields.integer(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (110, 110),
        ("110", 110),
        ("00:01:33", 93),
        ("01:33", 93),
        ("00:00:00", 0),
        ("00::33", None),
        ("a:b:c", None),
        ("99:99:99", None),
        (-5, None),
        (10**9, None),
        (None, None),
    ],
)
def test_seconds(value: object, expected: int | None) -> None:
    """Plain or as a clock; never negative, never more than a day."""
    assert expected == fields.seconds(value)


@pytest.mark.parametrize(
    "value",
    [
        1795176000,
        "1795176000",
        1795176000000,
        "2026-11-20T12:00:00Z",
        "2026-11-20T12:00:00.000Z",
        "2026-11-20T12:00:00+00:00",
        "2026-11-20T17:30:00+05:30",
        "2026-11-20 17:30:00",
        " 2026-11-20 17:30:00 ",
    ],
)
def test_moment(value: object) -> None:
    """One moment, in every spelling; times without a zone are India's."""
    assert NOON == fields.moment(value, INDIA)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "0000-00-00 00:00:00", "soon", 0, "0", -5, 10**17, True, 1.5, [], {}),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
        *("1999-12-31T00:00:00Z", "2100-01-01T00:00:00Z"),
    ],
)
def test_moments_that_are_none(value: object) -> None:
    """Zeroes, nonsense, and times that no provider's clock shows."""
    assert fields.moment(value, INDIA) is None


def test_moments_are_utc() -> None:
    """So that they compare and print alike."""
    moment = fields.moment("2026-11-20 09:00:00", timezone(timedelta(hours=1)))
    assert moment is not None
    assert (UTC, 8) == (moment.tzinfo, moment.hour)


def test_digests_need_no_order_of_keys() -> None:
    """The canonical form has its keys sorted."""
    assert fields.digest({"a": 1, "b": [2, "\ud800"]}) == fields.digest({"b": [2, "\ud800"], "a": 1})
    assert fields.digest({"a": 1}) != fields.digest({"a": "1"})


def test_keys_are_bounded() -> None:
    """A long one keeps telling itself apart."""
    assert "v2:c1:e1" == fields.key_of("v2", "c1", "e1")
    assert "v1::e1" == fields.key_of("v1", None, "e1")
    a, b = (fields.key_of("v2", "c" * 500, end) for end in "ab")
    assert a != b
    assert a.startswith("v2:sha256:")
    assert len(a) < 100
