"""Many contacts at once: rows that were read from a file, put by key in one short transaction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, Final
from urllib.parse import urlsplit

import msgspec
import phonenumbers
from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy import bindparam as bind

from cti_desktop.core.events import Contact
from cti_desktop.core.numbers import to_e164
from cti_desktop.relay import contacts as rows_of
from cti_desktop.relay import prepared
from cti_desktop.relay.caller_tables import merges
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import insert_new
from cti_desktop.relay.tables import contact_numbers, contacts

# Of a row without an id of its own, the first number is the key.
BY_NUMBER: Final = "tel:"
BY_ID: Final = "id:"

_NATIONAL: Final = 10
_E164_INDIA: Final = re.compile(r"(?:\+?91|0)?([6-9]\d{9})")
_columns: Final = ("name", "company", "owner", "vip", "tags", "notes", "link", "fields", "updated_at", "key")
_insert: Final = insert(contacts)
_change: Final = (
    update(contacts)
    .where(contacts.c.id == bind("of_id"))
    .values({name: bind(f"new_{name}") for name in _columns})
)


class Row(msgspec.Struct, frozen=True):
    """One contact of a file. `numbers` are E.164; `key` tells it from all others at the next import."""

    key: str
    name: str
    numbers: tuple[str, ...]
    company: str | None = None
    owner: str | None = None
    vip: bool = False
    tags: tuple[str, ...] = ()
    notes: str = ""
    link: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


def to_number(text: str, region: str) -> str | None:
    """`text` as E.164, or None. Indian mobile numbers, the usual case here, take a short cut."""
    plain = text.replace(" ", "").replace("-", "")
    if region == "IN" and (found := _E164_INDIA.fullmatch(plain)):
        return "+91" + found[1]
    if (
        len(plain) > _NATIONAL
        and plain.isdecimal()
        and not _is_valid(plain, region)
        and _is_valid(f"+{plain}")
    ):
        return f"+{plain}"  # an export without its plus
    return to_e164(text, region)


def _is_valid(text: str, region: str | None = None) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, region))
    except phonenumbers.NumberParseException:
        return False


def checked_link(text: str | None) -> str | None:
    """An https address, or None for none. Raises `Refused` for anything else: agents click on it."""
    if not (link := (text or "").strip()):
        return None
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.hostname or parts.username or not link.isprintable():
        raise Refused(f"{link[:80]!r} is no https:// address")
    return link


def put(connection: Connection, rows: Sequence[Row], now: datetime) -> tuple[int, int]:
    """Add or update `rows` by key; how many of each. Numbers that a row no longer names are taken away."""
    latest = {row.key: row for row in rows}
    merged = _merged_away(connection, latest) if _has_merges(connection) else {}
    numbers = [
        {"number": n, "contact_id": id_} for key, id_ in merged.items() for n in latest.pop(key).numbers
    ]
    ids = _known_ids(connection, latest)
    new = [row for key, row in latest.items() if key not in ids]
    changed = [row for key, row in latest.items() if key in ids]
    ids |= zip((row.key for row in new), rows_of.new_ids(len(new)), strict=True)
    if new:
        prepared.write_all(connection, _insert, [_values(row, ids, now) for row in new])
    if changed:
        _update(connection, changed, ids, now)
    numbers += [{"number": n, "contact_id": ids[row.key]} for row in latest.values() for n in row.numbers]
    if numbers:
        numbers.sort(key=itemgetter("number"))  # neighbours in the index are put one after another
        prepared.write_all(
            connection, insert_new(connection, contact_numbers, key=("number", "contact_id")), numbers
        )
    return len(new), len(rows) - len(new)


def _update(connection: Connection, changed: Sequence[Row], ids: dict[str, str], now: datetime) -> None:
    values = [_values(row, ids, now) for row in changed]
    rows = [{"of_id": v["id"], **{f"new_{c}": v[c] for c in _columns}} for v in values]
    prepared.write_all(connection, _change, rows)
    wanted = {(ids[row.key], number) for row in changed for number in row.numbers}
    # Whoever was made one of two has numbers of both.
    of_two = set(connection.execute(select(merges.c.keep).where(merges.c.undone_at.is_(None))).scalars())
    mine = [id_ for row in changed if (id_ := ids[row.key]) not in of_two]
    found = connection.execute(select(contact_numbers).where(contact_numbers.c.contact_id.in_(mine))).all()
    gone = [{"n": r.number, "c": r.contact_id} for r in found if (r.contact_id, r.number) not in wanted]
    if gone:
        one = (contact_numbers.c.number == bind("n")) & (contact_numbers.c.contact_id == bind("c"))
        connection.execute(delete(contact_numbers).where(one), gone)


def _has_merges(connection: Connection) -> bool:
    return connection.execute(select(merges.c.id).limit(1)).first() is not None


def _merged_away(connection: Connection, rows: dict[str, Row]) -> dict[str, str]:
    """By key, entries that were made one with another, and its id: only their numbers count any more."""
    standing = select(merges.c.keep).where(merges.c.undone_at.is_(None))
    gone = connection.execute(
        standing.add_columns(merges.c.other_key).where(merges.c.other_key.in_(rows))
    ).all()
    found = {}
    for keep, key in gone:
        kept: str | None = keep
        while kept and not connection.execute(select(contacts.c.id).where(contacts.c.id == kept)).first():
            kept = connection.execute(standing.where(merges.c.other == kept)).scalar()  # one of two itself
        if kept:
            found[key] = kept
    return found


def _known_ids(connection: Connection, rows: dict[str, Row]) -> dict[str, str]:
    """By key, the contacts that are there; one that was made by hand is taken up by its number."""
    found = connection.execute(select(contacts.c.key, contacts.c.id).where(contacts.c.key.in_(rows)))
    ids = {key: id_ for key, id_ in found}  # noqa: C416 - a Result is no mapping for mypy
    by_id = {key.removeprefix(BY_ID): key for key in rows if key.startswith(f"{BY_ID}con_")}
    if by_id:  # of our own export: made by hand, and without a key
        there = connection.execute(select(contacts.c.id).where(contacts.c.id.in_(by_id))).scalars()
        ids |= {by_id[id_]: id_ for id_ in there}
    by_number = {
        row.numbers[0]: key for key, row in rows.items() if key.startswith(BY_NUMBER) and key not in ids
    }
    if by_number:
        unkeyed = (
            select(contact_numbers.c.number, contacts.c.id).join(contacts).where(contacts.c.key.is_(None))
        )
        rows_found = connection.execute(unkeyed.where(contact_numbers.c.number.in_(by_number))).all()
        taken: set[str] = set()
        for number, id_ in rows_found:
            if id_ not in taken and by_number[number] not in ids:
                taken.add(id_)
                ids[by_number[number]] = id_
    return ids


def _values(row: Row, ids: dict[str, str], now: datetime) -> dict[str, Any]:
    contact = Contact(
        ids[row.key],
        row.name,
        row.company,
        row.owner,
        row.vip,
        row.tags,
        row.notes,
        row.link,
        row.fields,
    )
    return rows_of.values_of(contact, row.key, now)
