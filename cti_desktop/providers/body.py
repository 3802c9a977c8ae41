"""From a request's bytes to the provider's object, in whichever of its forms it came. Knows no fields.

Content types lie, so the body's own shape decides: what begins like JSON is JSON, the rest is a form.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from email.message import Message
from functools import lru_cache
from math import isfinite
from typing import Final
from urllib.parse import parse_qsl

import msgspec

ENVELOPE: Final = "myoperator"
MAX_NESTING: Final = 40
_UTF_8: Final = "utf-8"
# Python's other codecs are no business of a stranger: some take quadratic time, some aren't of text.
_CHARSETS: Final = frozenset({_UTF_8, "ascii", "iso8859-1", "cp1252"})
_MAX_DIGITS: Final = 40
_MAX_FIELDS: Final = 200
# A form, whose value is an envelope, which holds a string, which is the object: nobody wraps deeper.
_MAX_STEPS: Final = 4


# Every digit as one, each opening bracket as one: absurd numbers and deep nesting are seen without parsing.
_SHAPE: Final = bytes.maketrans(b"123456789[", b"000000000{")
_ABSURD: Final = b"0" * (_MAX_DIGITS + 1)


class Unreadable(ValueError):
    """The body holds no object; the text says why, without quoting the body."""


def unwrap(body: bytes, content_type: str, query: Mapping[str, str]) -> dict[str, object]:
    """The provider's object in `body`: bare, or under `myoperator` as object, JSON string or form field.

    A body that is empty may have ridden in the query. Raises `Unreadable`.
    """
    found: object = _plainly(body, content_type)
    steps = _MAX_STEPS - 1
    if found is None:
        found = _text(body, content_type).strip() or query.get(ENVELOPE, "")
        steps = _MAX_STEPS
    for _ in range(steps):
        if isinstance(found, str):
            found = _parsed(found.strip())
        elif isinstance(found, dict) and isinstance(found.get(ENVELOPE), dict | str):
            found = found[ENVELOPE]
        else:
            break
    if not isinstance(found, dict):
        raise Unreadable("The body holds no JSON object.")
    return found


def _plainly(body: bytes, content_type: str) -> object:
    """The object of a body in which nothing is odd, in a tenth of the time; None: read it with patience."""
    shape = body.translate(_SHAPE)
    if _charset(content_type) != _UTF_8 or shape.count(b"{") > MAX_NESTING or _ABSURD in shape:
        return None
    try:
        return _quick.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _text(body: bytes, content_type: str) -> str:
    """A stray byte must not cost a call, so what can't be decoded becomes a replacement character."""
    return body.decode(_charset(content_type), errors="replace").removeprefix("\ufeff")


@lru_cache(maxsize=64)
def _charset(content_type: str) -> str:
    header = Message()
    header["content-type"] = content_type.replace("\r", " ").replace("\n", " ")
    try:
        name = codecs.lookup(header.get_content_charset() or _UTF_8).name
    except (LookupError, ValueError):
        return _UTF_8
    return name if name in _CHARSETS else _UTF_8


def _parsed(text: str) -> object:
    if not text:
        raise Unreadable("The body is empty.")
    if text[0] in '{["':
        return _json(text)
    try:
        fields = dict(parse_qsl(text, max_num_fields=_MAX_FIELDS))
    except ValueError:
        raise Unreadable("The body is neither JSON nor a form.") from None
    if ENVELOPE not in fields:
        raise Unreadable(f"The body is neither JSON nor a form with a field {ENVELOPE!r}.")
    return fields[ENVELOPE]


def _json(text: str) -> object:
    """`text` as JSON, refusing what no provider means: see the traps that each hook closes."""
    try:
        value: object = _decoder.decode(text)
    except RecursionError:
        raise Unreadable("The JSON is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"The JSON is broken at character {error.pos}.") from None
    # What opens fewer brackets than that can't be deeper, and that is nearly everything.
    if text.count("{") + text.count("[") > MAX_NESTING and _is_deep(value):
        raise Unreadable(f"The JSON is nested more than {MAX_NESTING} levels deep.")
    return value


def _int(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:  # before int() does quadratic work or raises
        raise Unreadable("The JSON has a number of absurd length.")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise Unreadable("The JSON has a number beyond all bounds.")
    return number


def _constant(name: str) -> object:
    raise Unreadable(f"The JSON has a {name}, which is no JSON.")


_quick: Final = msgspec.json.Decoder()
_decoder: Final = json.JSONDecoder(parse_int=_int, parse_float=_float, parse_constant=_constant)


def _is_deep(value: object) -> bool:
    level: list[object] = [value]
    for _ in range(MAX_NESTING + 1):
        inner = [v for v in level if isinstance(v, dict | list)]
        if not inner:
            return False
        level = [child for v in inner for child in (v.values() if isinstance(v, dict) else v)]
    return True
