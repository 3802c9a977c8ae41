"""From bytes to the provider's object, in every form, and without falling into the traps of `json`."""

import contextlib
import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.providers.body import MAX_NESTING, Unreadable, unwrap

OBJECT = {"uid": "n2.1", "name": "आशा & = + %"}
PLAIN = json.dumps(OBJECT)
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def forms() -> dict[str, str]:
    """The object in all forms that MyOperator posts."""
    return {
        "bare": PLAIN,
        "wrapped": json.dumps({"myoperator": OBJECT}),
        "string": json.dumps({"myoperator": PLAIN}),
        "form": urlencode({"myoperator": PLAIN}),
        "form with %20": "myoperator=" + quote(PLAIN),
        "form with company": urlencode({"company": "5cd4", "myoperator": PLAIN}),
        "form of a string": urlencode({"myoperator": json.dumps({"myoperator": PLAIN})}),
    }


@pytest.mark.parametrize("content_type", [JSON, FORM, "", "text/plain; charset=utf-8", "nonsense"])
@pytest.mark.parametrize("form", forms())
def test_every_form_under_every_content_type(form: str, content_type: str) -> None:
    """Content types lie: the body's own shape decides."""
    assert OBJECT == unwrap(forms()[form].encode(), content_type, {})


def test_white_space_and_byte_order_marks_are_ignored() -> None:
    """Some stacks put them in front."""
    assert OBJECT == unwrap(b"\xef\xbb\xbf \r\n" + PLAIN.encode() + b"\n", JSON, {})


def test_a_charset_is_honoured() -> None:
    """An old form may say so."""
    body = '{"name": "Müller"}'.encode("latin-1")
    assert {"name": "Müller"} == unwrap(body, "application/json; charset=ISO-8859-1", {})


@pytest.mark.parametrize(
    "charset", ["klingon", "base64", "punycode", "unicode_escape", "utf-16", '"', "a\0b"]
)
def test_a_charset_that_is_none_is_utf_8(charset: str) -> None:
    """Whatever the header says, the body is worth reading."""
    assert OBJECT == unwrap(PLAIN.encode(), f"{JSON}; charset={charset}", {})


def test_a_broken_byte_costs_one_character() -> None:
    """Not the call."""
    assert {"name": "a\ufffdb"} == unwrap(b'{"name": "a\xffb"}', JSON, {})


def test_an_empty_body_may_have_ridden_in_the_query() -> None:
    """As a static parameter does."""
    assert OBJECT == unwrap(b"", JSON, {"myoperator": PLAIN})


def test_static_parameters_do_not_matter() -> None:
    """They ride along with every form."""
    assert OBJECT == unwrap(PLAIN.encode(), JSON, {"token": "x", "myoperator": '{"uid": "other"}'})


def test_an_envelope_of_neither_object_nor_text_is_a_field() -> None:
    """Only a body can be inside."""
    assert {"myoperator": 5} == unwrap(b'{"myoperator": 5}', JSON, {})


def test_the_last_of_repeated_keys_counts() -> None:
    """As in every JSON reader."""
    assert {"a": 2} == unwrap(b'{"a": 1, "a": 2}', JSON, {})


def nested(levels: int) -> bytes:
    """An object with lists in it, so many levels in all."""
    return b'{"a":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def test_plain_numbers_pass() -> None:
    """As long as anybody could mean them."""
    numbers = {"a": 1.75, "b": -1, "c": 10**39, "d": 1e300}
    assert numbers == unwrap(json.dumps(numbers).encode(), JSON, {})


def test_nesting_has_a_limit() -> None:
    """Deeper than any provider nests."""
    assert unwrap(nested(MAX_NESTING), JSON, {})
    with pytest.raises(Unreadable, match="nested more than 40"):
        unwrap(nested(MAX_NESTING + 1), JSON, {})


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b'{"a":', "broken at character"),
        (b'{"a": 1} trailing', "broken at character"),
        (b"[]", "no JSON object"),
        (b'[{"uid": "n2.1"}]', "no JSON object"),
        (b'{"myoperator": "[1]"}', "no JSON object"),
        (b'{"myoperator": ""}', "empty"),
        (b'{"myoperator": "hello"}', "neither JSON nor a form"),
        (b'"\\"hello\\""', "neither JSON nor a form"),
        (b"hello", "neither JSON nor a form"),
        (b"a=1&b=2", "neither JSON nor a form"),
        (b"&".join(b"a=1" for _ in range(300)), "neither JSON nor a form"),
        (b"\x00\xff\xfe", "neither JSON nor a form"),
        (b"{" * 10, "broken at character"),
        (nested(200_000), "nested too deeply"),
        (b'{"a": ' + b"1" * 5_000 + b"}", "absurd length"),
        (b'{"a": -' + b"1" * 50 + b"}", "absurd length"),
        (b'{"a": 1e999}', "beyond all bounds"),
        (b'{"a": NaN}', "a NaN"),
        (b'{"a": -Infinity}', "a -Infinity"),
    ],
)
def test_what_is_no_body_says_why(body: bytes, why: str) -> None:
    """For quarantine: the reason is a sentence and quotes nothing of the body."""
    with pytest.raises(Unreadable, match=why) as caught:
        unwrap(body, JSON, {})
    assert str(caught.value).endswith(".")
    assert "hello" not in str(caught.value)


def test_wrapping_has_an_end() -> None:
    """A matryoshka of strings isn't followed for ever."""
    text = PLAIN
    for _ in range(8):
        text = json.dumps({"myoperator": text})
    with pytest.raises(Unreadable):
        unwrap(text.encode(), JSON, {})


def test_lone_surrogates_pass() -> None:
    """They are dropped where text is shown, and mustn't cost the rest."""
    assert {"a": "\ud800"} == unwrap(b'{"a": "\\ud800"}', JSON, {})


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    """Nothing else is raised."""
    with contextlib.suppress(Unreadable):
        assert isinstance(unwrap(body, content_type, {}), dict)
