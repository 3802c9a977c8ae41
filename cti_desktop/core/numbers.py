"""Phone numbers: to E.164 and back to what people read. Never raises on foreign text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import phonenumbers

WITHHELD: Final = frozenset(
    {"", "anonymous", "private", "restricted", "unavailable", "unknown", "withheld", "null", "none", "0"}
)
_MIN_DIGITS: Final = 7
_MAX_TEXT: Final = 40


@lru_cache(maxsize=8192)
def to_e164(raw: str | None, region: str = "IN") -> str | None:
    """`raw` in any national or international spelling as E.164, or None where nobody can be called back.

    Takes `+919999900001`, `919999900001`, `09999900001`, `99999 00001`, `0091…`. Withheld, blank, short
    and impossible numbers give None, so that they can never match anybody. `region` is ISO 3166 (`IN`).
    """
    text = (raw or "").strip()
    if text.lower() in WITHHELD or len(text) > _MAX_TEXT or sum(c.isdigit() for c in text) < _MIN_DIGITS:
        return None
    if text.startswith("00"):
        text = "+" + text[2:]
    parsed = _possible(text, region) or _possible("+" + text.lstrip("+"), region)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if parsed else None


def _possible(text: str, region: str) -> phonenumbers.PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


@lru_cache(maxsize=8192)
def to_display(e164: str) -> str:
    """`+919999900001` as `+91 99999 00001`; text that is no number comes back as it is."""
    try:
        parsed = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=8192)
def country_of(e164: str) -> str | None:
    """The ISO 3166 country of a number (`IN`), or None where the prefix names no single one."""
    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(e164))
    except phonenumbers.NumberParseException:
        return None
    return region if region and region.isalpha() else None


def hidden(e164: str) -> str:
    """`+91 ••••• ••001`: how to write a number that somebody may not see; its last three digits stay."""
    country, _, rest = to_display(e164).partition(" ")
    kept = len(rest) - len("001")
    dots = "".join("•" if c.isdigit() and i < kept else c for i, c in enumerate(rest))
    return f"{country} {dots}" if rest else "•" * kept


def masked(number: str | None) -> str:
    """What a log may show of a number: its last four digits, as `…0001`."""
    digits = [c for c in number or "" if c.isdigit()]
    return "…" + "".join(digits[-4:]) if len(digits) > _MIN_DIGITS else "…"
