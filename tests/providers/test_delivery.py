"""The one way in, with everything that comes in by it."""

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cti_desktop.providers.delivery import Delivery, NotUnderstood, ProviderSettings, read
from tests.helpers.samples import NAMES, read_body, report, sample, sample_object, understood

SETTINGS = ProviderSettings()
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_is_understood(name: str) -> None:
    """None of them goes to quarantine, under whatever content type it comes."""
    expected = understood(sample(name))
    assert expected == read(sample(name), FORM, {"token": "x"}, SETTINGS)
    assert expected == read(sample(name), "", {}, SETTINGS)


def test_all_forms_of_a_body_are_one_delivery() -> None:
    """Bare, wrapped, wrapped as a string, and as a form: one report, one dedupe key."""
    log = sample("v1/after_call_connected.json")
    bodies = [
        log,
        sample("v1/after_call_wrapped.json"),
        json.dumps({"myoperator": log.decode()}).encode(),
        sample("v1/after_call_legacy.form"),
        urlencode({"myoperator": log.decode()}).encode(),
    ]
    expected = read(log, "application/json", {}, SETTINGS)
    assert [expected] * 5 == [read(body, "application/json", {}, SETTINGS) for body in bodies]
    assert [expected] * 5 == [read(body, FORM, {}, SETTINGS) for body in bodies]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "The body is empty."),
        (b"{", "The JSON is broken at character 1."),
        (b"{}", "The object is of none of the kinds that MyOperator sends."),
        (b'{"event_type": 5.5}', "The event type '5.5' is not known."),
        (b'{"event_type": "call.end"}', "The call.end names no call."),
        (b'{"uid": null}', "The incall names no call."),
        (b'{"_ld": []}', "The after_call names no call."),
    ],
)
def test_what_is_not_understood(body: bytes, reason: str) -> None:
    """Says why, and is told apart by its bytes."""
    key = f"raw:{hashlib.sha256(body).hexdigest()}"
    assert NotUnderstood(reason, key) == read(body, "application/json", {}, SETTINGS)


def test_reasons_quote_no_stranger() -> None:
    """An event's name is shown to whoever looks after the relay: one safe, short line."""
    found = read_body({"event_type": "x\u202e\n<b>" + "y" * 1_000})
    assert isinstance(found, NotUnderstood)
    assert "The event type 'x <b>yyy" in found.reason
    assert len(found.reason) < 120


def test_an_envelope_of_both_generations_is_the_second() -> None:
    """`event_type` decides."""
    assert "call.end" == understood(sample_object("v2/5_call_end.json") | {"uid": "n2.1", "_ai": "6a1f"}).kind


def test_settings_reach_the_report() -> None:
    """The region of national numbers, here."""
    body = sample_object("v1/incall_ringing.json") | {"clid_raw": "2025550123", "users": []}
    assert "+12025550123" == report(body, ProviderSettings(region="US")).caller_number


# --- anything at all ----------------------------------------------------------------------------------------

ODD: list[object] = [
    *(None, True, False, 0, -1, 1e308, 10**39, "", " ", "0", "\ud800", "\x00\u202e", "9" * 400, "x" * 10_000),
    *([], {}, [[]], [None], {"0": {}}, {"ky": "ui"}, "0000-00-00 00:00:00", "9999-12-31T23:59:59-23:59"),
]


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a JSON value: all paths."""
    found = [path] if path else []
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            found += places(value[key], (*path, key))
    return found


def altered(value: object, path: tuple[Any, ...], odd: object) -> object:
    """The same with something else in one place, if that place is still there."""
    if not path:
        return odd
    key, *way = path
    if isinstance(value, dict) and key in value:
        return {**value, key: altered(value[key], tuple(way), odd)}
    if isinstance(value, list) and isinstance(key, int) and key < len(value):
        return [*value[:key], altered(value[key], tuple(way), odd), *value[key + 1 :]]
    return value


JSON_NAMES = [name for name in NAMES if name.endswith(".json")]
PLACES = {name: places(sample_object(name)) for name in JSON_NAMES}


@st.composite
def mutants(draw: st.DrawFn) -> bytes:
    """A sample with up to four odd values in it."""
    name = draw(st.sampled_from(JSON_NAMES))
    body: object = sample_object(name)
    for path in draw(st.lists(st.sampled_from(PLACES[name]), min_size=1, max_size=4)):
        body = altered(body, path, draw(st.sampled_from(ODD)))
    return json.dumps(body).encode()


@settings(max_examples=1_500)
@given(mutants())
def test_a_sample_with_odd_values_is_read(body: bytes) -> None:
    """Understood or not, nothing is raised, and keys stay short."""
    found = read(body, "application/json", {}, SETTINGS)
    assert len(found.dedupe_key) < 250


@given(
    st.binary(max_size=300), st.text(max_size=60), st.dictionaries(st.text(max_size=12), st.text(max_size=40))
)
def test_any_request_is_read(body: bytes, content_type: str, query: dict[str, str]) -> None:
    """Arbitrary bytes mean nothing, and say so."""
    found = read(body, content_type, query, SETTINGS)
    assert isinstance(found, Delivery | NotUnderstood)


@given(st.sampled_from(NAMES), st.integers(0, 6_000), st.binary(max_size=3))
def test_a_damaged_sample_is_read(name: str, place: int, damage: bytes) -> None:
    """Cut, or with bytes overwritten."""
    body = sample(name)
    place %= len(body)
    for damaged in (body[:place], body[:place] + damage + body[place + len(damage) :]):
        assert isinstance(read(damaged, "application/json", {}, SETTINGS), Delivery | NotUnderstood)
