"""Two entries made one, and two again: a merge keeps what both were, so that it can be taken back.

What can't be done raises `Refused`; its transaction must be undone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, tuple_, update

from cti_desktop.core.alike import as_one
from cti_desktop.core.events import Contact
from cti_desktop.relay import contacts as entries
from cti_desktop.relay import duplicates
from cti_desktop.relay.caller_tables import merges, not_same
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import contact_numbers, contacts

_LISTED: Final = 100


class _Entry(msgspec.Struct, frozen=True):
    """An entry as it was: its row, and its numbers with the moment when it was last chosen."""

    row: dict[str, Any]
    numbers: dict[str, datetime | None]


class _Before(msgspec.Struct, frozen=True):
    """Both, as they were."""

    keep: _Entry
    other: _Entry


def merge(connection: Connection, id_: str, keep: str, other: str, who: str, now: datetime) -> Contact:
    """Make two entries one, under the merge's `id_`: what `keep` lacks it takes from `other`, which goes."""
    mine, theirs = entries.find(connection, keep), entries.find(connection, other)
    if keep == other:
        raise Refused("a contact can't be merged with itself")
    before = _Before(_entry(connection, keep), _entry(connection, other))
    merged = as_one(mine, theirs)
    numbers = entries.remove(connection, other)
    key = before.keep.row["key"] or before.other.row["key"]
    connection.execute(
        update(contacts).where(contacts.c.id == keep).values(entries.values_of(merged, key, now))
    )
    entries.give_numbers(connection, keep, numbers)
    row = {"id": id_, "at": now, "who": who, "keep": keep, "other": other, "undone_at": None}
    row |= {"other_key": before.other.row["key"], "before": msgspec.json.encode(before).decode()}
    connection.execute(insert(merges), row)
    return merged


def is_done(connection: Connection, id_: str) -> bool:
    """Whether that merge was made, taken back or not."""
    return connection.execute(select(merges.c.id).where(merges.c.id == id_)).first() is not None


def pair_of(connection: Connection, id_: str) -> tuple[str, str]:
    """Whom a merge made one: who stayed, and who went; blanks for a merge that is unknown."""
    row = connection.execute(select(merges.c.keep, merges.c.other).where(merges.c.id == id_)).first()
    return (row.keep, row.other) if row else ("", "")


def unmerge(connection: Connection, id_: str, now: datetime) -> tuple[str, str]:
    """Make them two again; both ids. A kept entry that was changed since keeps the change."""
    row = connection.execute(select(merges).where(merges.c.id == id_)).first()
    if row is None:
        raise Refused(f"there is no merge {id_!r} that can be taken back")
    if row.undone_at is not None:
        return row.keep, row.other
    before = msgspec.json.decode(row.before, type=_Before)
    entries.find(connection, row.keep)
    kept = connection.execute(select(contacts).where(contacts.c.id == row.keep)).one()
    was = before.keep.row if kept.updated_at == row.at else {"key": before.keep.row["key"]}
    connection.execute(update(contacts).where(contacts.c.id == row.keep).values(_timed(was)))
    connection.execute(insert(contacts), _timed(before.other.row))
    gained = [(number, row.keep) for number in before.other.numbers if number not in before.keep.numbers]
    if gained:
        which = tuple_(contact_numbers.c.number, contact_numbers.c.contact_id).in_(gained)
        connection.execute(delete(contact_numbers).where(which))
    numbers = [
        {"number": number, "contact_id": row.other, "chosen_at": at}
        for number, at in before.other.numbers.items()
    ]
    if numbers:
        connection.execute(insert(contact_numbers), numbers)
    connection.execute(update(merges).where(merges.c.id == id_).values(undone_at=now))
    return row.keep, row.other


def forget(connection: Connection, id_: str) -> None:
    """An entry was taken out for good: nor is it kept what it was made of."""
    connection.execute(delete(merges).where((merges.c.keep == id_) | (merges.c.other == id_)))
    connection.execute(delete(not_same).where((not_same.c.one == id_) | (not_same.c.other == id_)))


def proposals(connection: Connection, limit: int = _LISTED) -> list[dict[str, Any]]:
    """Numbers that several entries have: for each, the one that knows most in front."""
    shared = select(contact_numbers.c.number).group_by(contact_numbers.c.number).having(func.count() > 1)
    found = []
    for number in connection.execute(shared.limit(limit)).scalars().all():
        known = entries.known(connection, number)
        ranked = sorted(known.candidates, key=lambda c: (-duplicates.weight(c), c.id))
        names = [{"id": c.id, "name": c.name} for c in ranked]
        found.append({"number": number, "contacts": names, "alike": known.duplicate is not None})
    return found


def _entry(connection: Connection, id_: str) -> _Entry:
    row = connection.execute(select(contacts).where(contacts.c.id == id_)).mappings().one()
    theirs = select(contact_numbers.c.number, contact_numbers.c.chosen_at)
    numbers = connection.execute(theirs.where(contact_numbers.c.contact_id == id_)).all()
    return _Entry(dict(row), {number: chosen_at for number, chosen_at in numbers})  # noqa: C416 - a Result


def _timed(row: dict[str, Any]) -> dict[str, Any]:
    """A row out of JSON."""
    at = row.get("updated_at")
    return {**row, "updated_at": datetime.fromisoformat(at)} if at else row
