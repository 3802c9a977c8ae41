"""Foreign values read as what they should have been. None for everything else; nothing here raises.

Providers send numbers as strings, objects for lists and nothing at all: each reader takes any JSON value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Final

from cti_desktop.core.numbers import to_e164
from cti_desktop.core.text import one_line

_MAX_ID: Final = 120
_MAX_KEY: Final = 240
# No team rings more phones at once; and all others wait for the delivery that is being stored.
_MAX_ENTRIES: Final = 1_000
_DAY: Final = 86_400
# What a provider's clock can plausibly say; sums of such times stay within datetime's range.
_EARLIEST: Final = 946_684_800  # 2000
_LATEST: Final = 4_102_444_800  # 2100
_MILLISECONDS: Final = 1_000
_MAX_DIGITS: Final = 18
# What is longer isn't remembered: strangers shall not fill our memory.
_COMMON: Final = 64
_WRITABLE: Final = (str, int, float)  # as a tuple: a union would be built, and asked slowly, for every field


def mapping(value: object) -> Mapping[str, object]:
    """An object as it is; anything else as an empty one."""
    return value if isinstance(value, dict) else {}


def entries(value: object) -> list[object]:
    """A list's values. PHP's `{"0": …, "2": …}` counts as a list, and so does one value in place of it."""
    if isinstance(value, list):
        return value[:_MAX_ENTRIES]
    if isinstance(value, dict) and value and all(key.isdigit() for key in value):
        return list(value.values())[:_MAX_ENTRIES]
    return [] if value is None or value in ("", {}) else [value]


def objects(value: object) -> list[Mapping[str, object]]:
    """The objects among `entries`."""
    return [entry for entry in entries(value) if isinstance(entry, dict)]


def text(value: object, limit: int = 200) -> str | None:
    """One safe line, from a string or a number; None when blank."""
    if type(value) is str and len(value) <= _COMMON:
        return _line(value, limit)
    if value is None or isinstance(value, bool) or not isinstance(value, _WRITABLE):
        return None
    return one_line(value, limit) or None


@lru_cache(maxsize=4096)
def _line(value: str, limit: int) -> str | None:
    """The same words come with every delivery, and an id with every event of its call."""
    return one_line(value, limit) or None


def first_text(*values: object) -> str | None:
    """The first of `values` that is a text."""
    for value in values:
        if value is not None and (found := text(value)):
            return found
    return None


def identifier(value: object) -> str | None:
    """An id whole, or its digest where it is absurdly long: a cut could make two ids one."""
    whole = text(value, limit=1 << 30)
    if whole is None or len(whole) <= _MAX_ID:
        return whole
    return "sha256:" + hashlib.sha256(whole.encode()).hexdigest()


def number(value: object, region: str) -> str | None:
    """A phone number as E.164; None when withheld or no number."""
    return to_e164(text(value), region)


def first_number(region: str, *values: object) -> str | None:
    """The first of `values` that is a phone number, as E.164."""
    for value in values:
        if value is not None and (found := number(value, region)):
            return found
    return None


def word(value: object) -> str:
    """A keyword in lower case; "" when blank."""
    return (text(value) or "").lower()


def integer(value: object) -> int | None:
    """A whole number, also from `"1"` and `1.0`."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**_MAX_DIGITS else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**_MAX_DIGITS else None
    digits = value.strip() if isinstance(value, str) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS else None


def seconds(value: object) -> int | None:
    """A duration below a day, from whole seconds or `HH:MM:SS`."""
    total = integer(value)
    if total is None and isinstance(value, str) and ":" in value:
        parts = [integer(part) for part in value.split(":")[:3]]
        known = [part for part in parts if part is not None]
        total = (
            sum(part * 60**place for place, part in enumerate(reversed(known))) if known == parts else None
        )
    return total if total is not None and 0 <= total < _DAY else None


def moment(value: object, zone: tzinfo) -> datetime | None:
    """A time in UTC, from unix (milli)seconds or from ISO 8601, which is in `zone` unless it says else."""
    if type(value) is str and len(value) <= _COMMON:
        return _moment(value, zone)
    return None if value is None else _moment_of(value, zone)


@lru_cache(maxsize=4096)
def _moment(value: str, zone: tzinfo) -> datetime | None:
    """One delivery tells a moment several times, and so do all events of a call."""
    return _moment_of(value, zone)


def _moment_of(value: object, zone: tzinfo) -> datetime | None:
    stamp = integer(value)
    if stamp is not None:
        stamp = stamp // _MILLISECONDS if stamp > _LATEST else stamp
        return datetime.fromtimestamp(stamp, UTC) if _EARLIEST <= stamp < _LATEST else None
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value.strip())
        aware = (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return aware if _EARLIEST <= aware.timestamp() < _LATEST else None


def digest(value: object) -> str:
    """SHA-256 of the canonical form of a JSON value."""
    canonical = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def key_of(*parts: str | None) -> str:
    """A dedupe key from its parts, bounded: a long one is digested whole."""
    key = ":".join(part or "" for part in parts)
    return key if len(key) <= _MAX_KEY else f"{parts[0]}:sha256:{hashlib.sha256(key.encode()).hexdigest()}"
