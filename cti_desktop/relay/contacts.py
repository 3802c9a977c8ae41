"""The directory's contacts as rows: found by number, put, chosen, taken away, listed.

A number may be several contacts'. What can't be done raises `Refused`; its transaction must be undone.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    and_,
    bindparam,
    collate,
    delete,
    func,
    insert,
    select,
    update,
)

from cti_desktop.core.events import Contact, Duplicate
from cti_desktop.core.text import one_line, paragraphs
from cti_desktop.relay import duplicates, prepared
from cti_desktop.relay.caller_tables import looked_up
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import insert_new
from cti_desktop.relay.tables import contact_numbers, contacts

# More than these nobody picks from on a card.
_MAX_CANDIDATES: Final = 8
MAX_TAGS: Final = 10
# No text goes on with a letter behind this one.
_LAST: Final = "\U0010ffff"
# Bits behind the microseconds of an id.
_CHANCE: Final = 12
MAX_FIELDS: Final = 12

_found: Final = (
    select(contacts, contact_numbers.c.chosen_at)
    .join(contact_numbers, contact_numbers.c.contact_id == contacts.c.id)
    .where(contact_numbers.c.number == bindparam("number"))
    .order_by(contact_numbers.c.chosen_at.desc(), contacts.c.name, contacts.c.id)
    .limit(_MAX_CANDIDATES)
)
_asked: Final = select(looked_up).where(looked_up.c.number == bindparam("number"))
_choose: Final = (
    update(contact_numbers)
    .where(
        contact_numbers.c.number == bindparam("of_number"), contact_numbers.c.contact_id == bindparam("who")
    )
    .values(chosen_at=bindparam("moment"))
)


@dataclass(frozen=True, slots=True)
class Known:
    """Who has a number. `contact` is None for nobody, and for several of whom none was ever chosen.

    `asked_until`: when other directories are to be asked again; None: they never were.
    `duplicate`: two of the candidates are probably one.
    """

    contact: Contact | None = None
    candidates: tuple[Contact, ...] = ()
    asked_until: datetime | None = None
    duplicate: Duplicate | None = None


def known(connection: Connection, number: str) -> Known:
    """Who has the number: by our directory, else by what others said."""
    asked = {"number": number}  # most callers nobody knows, and that is asked ten times as fast as read
    rows = connection.execute(_found, asked).all() if prepared.finds(connection, _found, asked) else []
    if rows:
        chosen = sorted((r for r in rows if r.chosen_at), key=lambda r: r.chosen_at, reverse=True)
        meant = chosen[0] if chosen else rows[0] if len(rows) == 1 else None
        candidates = tuple(map(contact_of, rows))
        duplicate = duplicates.proposed(connection, candidates) if len(rows) > 1 else None
        return Known(contact_of(meant) if meant else None, candidates, duplicate=duplicate)
    row = connection.execute(_asked, asked).first() if prepared.finds(connection, _asked, asked) else None
    if row is None:
        return Known()
    contact = msgspec.json.decode(row.body, type=Contact) if row.body else None
    return Known(contact, asked_until=row.expires_at)


def new_ids(count: int) -> list[str]:
    """Contacts' ids, never used before. They grow, so that millions are put at one end of the index."""
    now, chance = time.time_ns() // 1000, secrets.randbits(_CHANCE)
    return [
        f"con_{now + ((chance + n) >> _CHANCE):013x}{(chance + n) % 2**_CHANCE:03x}" for n in range(count)
    ]


def values_of(contact: Contact, key: str | None, now: datetime) -> dict[str, Any]:
    """A contact as a row; every text is made safe and short."""
    return {
        "id": contact.id,
        "name": one_line(contact.name),
        "company": one_line(contact.company or "") or None,
        "key": key,
        "owner": one_line(contact.owner or "") or None,
        "vip": contact.vip,
        "tags": "\n".join(t for tag in contact.tags[:MAX_TAGS] if (t := one_line(tag, 40))),
        "notes": paragraphs(contact.notes, 1000),
        "link": contact.link,
        "fields": msgspec.json.encode(
            [
                (one_line(name, 40), one_line(text))
                for name, text in contact.fields[:MAX_FIELDS]
                if text.strip()
            ]
        ).decode(),
        "updated_at": now,
    }


def add(
    connection: Connection, contact: Contact, numbers: Iterable[str], now: datetime, key: str | None = None
) -> None:
    """Add an entry with its numbers, E.164. Raises `Refused` for one without a name."""
    row = values_of(contact, key, now)
    if not row["name"]:
        raise Refused("a contact needs a name")
    connection.execute(insert(contacts), row)
    give_numbers(connection, contact.id, numbers)


def give_numbers(connection: Connection, contact_id: str, numbers: Iterable[str]) -> None:
    """Let the contact have these numbers as well."""
    rows = [{"number": number, "contact_id": contact_id} for number in dict.fromkeys(numbers)]
    if rows:
        connection.execute(insert_new(connection, contact_numbers, key=("number", "contact_id")), rows)


def find(connection: Connection, id_: str) -> Contact:
    """The contact of that id. Raises `Refused` where there is none."""
    row = connection.execute(select(contacts).where(contacts.c.id == id_)).first()
    if row is None:
        raise Refused(f"there is no contact {id_!r}: `cti-relay contact list` shows them")
    return contact_of(row)


def numbers_of(connection: Connection, id_: str) -> list[str]:
    """The contact's numbers, E.164."""
    found = select(contact_numbers.c.number).where(contact_numbers.c.contact_id == id_)
    return sorted(connection.execute(found).scalars())


def choose(connection: Connection, number: str, id_: str, now: datetime) -> bool:
    """This contact is meant when the number calls. False: it does not have that number."""
    chosen = connection.execute(_choose, {"of_number": number, "who": id_, "moment": now})
    return chosen.rowcount == 1


def remove(connection: Connection, id_: str) -> list[str]:
    """Take an entry out; the numbers that it had. Raises `Refused` where there is none."""
    find(connection, id_)
    numbers = numbers_of(connection, id_)
    connection.execute(delete(contact_numbers).where(contact_numbers.c.contact_id == id_))
    connection.execute(delete(contacts).where(contacts.c.id == id_))
    return numbers


def search(connection: Connection, text: str, limit: int) -> list[dict[str, Any]]:
    """Entries whose name or company begins with `text`, or who have the number or id; ready for JSON.

    Each look uses an index of its own: one for all of them would read millions.
    """
    folded = _folded(connection, contacts.c.name)
    by_name = select(contacts).order_by(folded, contacts.c.id)
    if not text:
        return list(_with_numbers(connection, connection.execute(by_name.limit(limit)).all()))
    number = select(contact_numbers.c.contact_id).where(contact_numbers.c.number == text)
    looks = (
        select(contacts).where(contacts.c.id == text),
        select(contacts).where(contacts.c.id.in_(number)),
        by_name.where(_begins(connection, contacts.c.name, text)),
        select(contacts).where(_begins(connection, contacts.c.company, text)),
    )
    found: dict[str, Row[Any]] = {}
    for look in looks:
        if len(found) < limit:
            found |= {row.id: row for row in connection.execute(look.limit(limit))}
    ranked = sorted(found.values(), key=lambda row: (row.name.lower(), row.id))
    return list(_with_numbers(connection, ranked[:limit]))


def _begins(connection: Connection, column: ColumnElement[Any], text: str) -> ColumnElement[bool]:
    """Whether `column` begins with `text`, as an index can tell."""
    folded = _folded(connection, column)
    if connection.dialect.name == "postgresql":
        return folded.startswith(text.lower(), autoescape=True)
    return and_(folded >= text, folded < text + _LAST)


def _folded(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """`column` whatever its case, as it is indexed."""
    postgresql = connection.dialect.name == "postgresql"
    return func.lower(column) if postgresql else collate(column, "NOCASE")


def page(connection: Connection, after: str, limit: int) -> list[dict[str, Any]]:
    """Entries by id, past `after`: how all of millions are read without holding them."""
    following = select(contacts).where(contacts.c.id > after).order_by(contacts.c.id).limit(limit)
    return list(_with_numbers(connection, connection.execute(following).all()))


def count(connection: Connection) -> int:
    """How many entries there are."""
    return connection.execute(select(func.count()).select_from(contacts)).scalar_one()


def _with_numbers(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
    entries = {row.id: row for row in rows}
    numbers: dict[str, list[str]] = {}
    theirs = select(contact_numbers.c.number, contact_numbers.c.contact_id)
    for number, id_ in connection.execute(theirs.where(contact_numbers.c.contact_id.in_(entries))):
        numbers.setdefault(id_, []).append(number)
    for id_, row in entries.items():
        entry = msgspec.to_builtins(contact_of(row))
        yield {**entry, "phones": sorted(numbers.get(id_, [])), "key": row.key}


def contact_of(row: Row[Any]) -> Contact:
    """A row of `contacts` as cards show it."""
    fields = tuple((str(name), str(text)) for name, text in msgspec.json.decode(row.fields))
    tags = tuple(row.tags.split("\n")) if row.tags else ()
    return Contact(row.id, row.name, row.company, row.owner, row.vip, tags, row.notes, row.link, fields)
