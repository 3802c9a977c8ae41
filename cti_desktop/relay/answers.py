"""From another directory's answer to a contact. Pure: what can't be read is nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from cti_desktop.core.events import Contact
from cti_desktop.core.links import BadTemplate, LinkTemplate, host_of
from cti_desktop.core.numbers import to_e164
from cti_desktop.core.text import one_line, paragraphs
from cti_desktop.relay.lookup_sources import Reading

_BLANK: Final = re.compile(r"\{([A-Za-z0-9_.]+)\}")
_NO: Final = frozenset({"", "0", "false", "no", "none", "null"})
_MAX_FIELDS: Final = 12


class Unreadable(ValueError):
    """The answer is no JSON: a login page, an error in words."""


def decoded(raw: bytes) -> object:
    """The JSON document. Raises `Unreadable`."""
    try:
        return msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Unreadable(f"the answer is no JSON: {one_line(error, 80)}") from None


def contact_of(document: object, reading: Reading, source: str, number: str, region: str) -> Contact | None:
    """The contact in `document`; None for nobody, and for somebody else's entry."""
    name = one_line(_text(document, reading.name))
    if not name:
        return None
    if reading.number and not _has_number(_text(document, reading.number), number, region):
        return None
    tags = _text(document, reading.tags)
    return Contact(
        id=f"{source}:{number}",
        name=name,
        company=one_line(_text(document, reading.company)) or None,
        owner=one_line(_text(document, reading.owner)) or None,
        vip=_text(document, reading.vip).strip().lower() not in _NO,
        tags=tuple(tag for part in re.split(r"[;,|]", tags) if (tag := one_line(part, 40)))[:10],
        notes=paragraphs(_text(document, reading.notes), 1000),
        link=_link(document, reading.link),
        fields=tuple(
            (one_line(label, 40), text)
            for label, path in list(reading.fields.items())[:_MAX_FIELDS]
            if (text := one_line(_text(document, path)))
        ),
    )


def at(document: object, path: str) -> object:
    """What stands at a dotted path: names in objects, numbers in arrays; None where it leads nowhere."""
    for step in path.split("."):
        match document:
            case Mapping():
                document = document.get(step)
            case list() if step.isdecimal() and int(step) < len(document):
                document = document[int(step)]
            case _:
                return None
    return document


def _has_number(text: str, number: str, region: str) -> bool:
    """Whether one of the entry's numbers is the one that was asked for."""
    return any(to_e164(part, region) == number for part in re.split(r"[;|]", text))


def _text(document: object, path: str) -> str:
    if "{" in path:
        return _BLANK.sub(lambda blank: _plain(at(document, blank[1])), path).strip()
    return _plain(at(document, path)) if path else ""


def _plain(value: object) -> str:
    match value:
        case None | Mapping():
            return ""
        case bool():
            return "true" if value else ""
        case list():
            return ", ".join(filter(None, map(_plain, value)))
        case _:
            return str(value)


def _link(document: object, path: str) -> str | None:
    if "{" not in path:
        address = _plain(at(document, path)).strip() if path else ""
        return address if host_of(address) else None
    try:
        template = LinkTemplate.parsed(path)
    except BadTemplate:
        return None
    values: dict[str, Any] = {blank: _plain(at(document, blank)) for blank in template.blanks}
    return template.filled(values)
