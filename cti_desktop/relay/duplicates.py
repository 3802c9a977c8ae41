"""Which entries of one number are probably one person's, and which a person has said are not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations
from typing import Final

from sqlalchemy import Connection, select

from cti_desktop.core.alike import read_alike
from cti_desktop.core.events import Contact, Duplicate
from cti_desktop.relay.caller_tables import not_same
from cti_desktop.relay.store import insert_new

_PARTED: Final = select(not_same.c.one, not_same.c.other)


def proposed(connection: Connection, candidates: Sequence[Contact]) -> Duplicate | None:
    """Two that read alike and were not told apart: the one that knows more is to be kept."""
    pairs = [pair for pair in combinations(candidates, 2) if read_alike(pair[0].name, pair[1].name)]
    if not pairs:
        return None
    ids = {contact.id for pair in pairs for contact in pair}
    told = {tuple(row) for row in connection.execute(_PARTED.where(not_same.c.one.in_(ids)))}
    for pair in pairs:
        if _key(pair[0].id, pair[1].id) not in told:
            keep, other = sorted(pair, key=lambda c: (-weight(c), c.id))
            return Duplicate(keep.id, other.id)
    return None


def part(connection: Connection, one: str, other: str, who: str, now: datetime) -> None:
    """Somebody says that these two are not the same."""
    low, high = _key(one, other)
    row = {"one": low, "other": high, "who": who, "at": now}
    connection.execute(insert_new(connection, not_same, key=("one", "other")), row)


def weight(contact: Contact) -> int:
    """How much is known of somebody."""
    texts = (contact.company, contact.owner, contact.notes, contact.link)
    return sum(map(bool, texts)) + contact.vip + len(contact.tags) + len(contact.fields)


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
