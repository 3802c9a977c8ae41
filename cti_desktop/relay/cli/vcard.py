"""vCards (RFC 6350 and the older 2.1 and 3.0 that phones write), read card by card, and written as 4.0."""

from __future__ import annotations

import quopri
import re
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from cti_desktop.relay.cli.contact_csv import Fault, key_of
from cti_desktop.relay.contact_import import BY_NUMBER, Row, to_number
from cti_desktop.relay.refusal import Refused

_PROPERTY: Final = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<params>(?:;[^:;]*)*):(?P<value>.*)", re.DOTALL
)
_MAX_CARD: Final = 2000  # lines; photos are passed over


def read_cards(path: Path, region: str) -> Generator[Row | Fault, None, None]:
    """Each card in `path` as a row or a fault. Raises `Refused` for a file that can't be read."""
    try:
        file = path.open(encoding="utf-8-sig", errors="replace", newline=None)
    except OSError as error:
        raise Refused(f"{path} can't be read: {error.strerror}") from None
    with file:
        first, card = 0, None
        for line, text in _unfolded(file):
            match text.strip().upper():
                case "BEGIN:VCARD":
                    if card is not None:
                        yield Fault(first, "begins a card that doesn't end")
                    first, card = line, list[str]()
                case "END:VCARD" if card is not None:
                    yield from _read_card(card, first, region)
                    card = None
                case "":
                    pass
                case _ if card is None:
                    yield Fault(line, "stands outside of a card")
                case _ if len(card) < _MAX_CARD:
                    card.append(text)
        if card is not None:
            yield Fault(first, "begins a card that doesn't end")


def write_cards(entries: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Contacts as vCards 4.0."""
    for entry in entries:
        lines = ["BEGIN:VCARD", "VERSION:4.0", f"UID:{_escaped(entry['key'] or entry['id'])}"]
        lines.append(f"FN:{_escaped(entry['name'])}")
        lines += [f"TEL;VALUE=uri:tel:{number}" for number in entry["phones"]]
        for name, value in (("ORG", entry["company"]), ("NOTE", entry["notes"]), ("URL", entry["link"])):
            if value:
                lines.append(f"{name}:{_escaped(value)}")
        if entry["tags"]:
            lines.append("CATEGORIES:" + ",".join(map(_escaped, entry["tags"])))
        yield "\r\n".join([*lines, "END:VCARD", ""])


def _unfolded(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Logical lines, each with the number of its first."""
    held, at = "", 0
    for number, raw in enumerate(lines, 1):
        text = raw.rstrip("\r\n")
        if held and text[:1] in {" ", "\t"}:
            held += text[1:]
        elif held.endswith("=") and "QUOTED-PRINTABLE" in held.upper():
            held = held[:-1] + text
        else:
            if at:
                yield at, held
            held, at = text, number
    if at:
        yield at, held


def _read_card(lines: Iterable[str], line: int, region: str) -> Iterator[Row | Fault]:
    values: dict[str, list[str]] = {}
    for text in lines:
        if found := _PROPERTY.fullmatch(text):
            value = _decoded(found["value"], found["params"].upper())
            values.setdefault(found["name"].upper(), []).append(value)
    name = _plain(next((v for v in values.get("FN", []) if v.strip()), "")) or _from_parts(
        values.get("N", [""])[0]
    )
    company = _plain(values.get("ORG", [""])[0].replace(";", " ").strip())
    phones = [value.removeprefix("tel:").strip() for value in values.get("TEL", []) if value.strip()]
    numbers = {phone: to_number(phone, region) for phone in phones}
    good = tuple(dict.fromkeys(number for number in numbers.values() if number))
    bad = ", ".join(phone for phone, number in numbers.items() if number is None)
    if not good or not (name or company):
        why = f"has no number that can be called{f': {bad}' if bad else ''}" if not good else "has no name"
        yield Fault(line, why)
        return
    uid = values.get("UID", [""])[0].strip()
    url = next((u.strip() for u in values.get("URL", []) if u.strip().startswith("https://")), None)
    yield Row(
        key=key_of(uid) or BY_NUMBER + good[0],
        name=name or company,
        numbers=good,
        company=company or None,
        tags=tuple(
            t for text in values.get("CATEGORIES", []) for tag in text.split(",") if (t := _plain(tag))
        ),
        notes="\n".join(_plain(note) for note in values.get("NOTE", [])),
        link=url,
        fields=tuple(("E-mail", _plain(mail)) for mail in values.get("EMAIL", [])[:1]),
    )
    if bad:
        yield Fault(line, f"left out, as it can't be called: {bad}", kept=True)


def _decoded(value: str, params: str) -> str:
    if "QUOTED-PRINTABLE" in params:
        return quopri.decodestring(value.encode("utf-8", "replace")).decode("utf-8", "replace")
    return value


def _plain(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value).strip()


def _from_parts(value: str) -> str:
    """`Family;Given;…` as `Given Family`."""
    parts = [_plain(part) for part in (*re.split(r"(?<!\\);", value), "")]
    return " ".join(part for part in (parts[1], parts[0]) if part)


def _escaped(text: str) -> str:
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")
