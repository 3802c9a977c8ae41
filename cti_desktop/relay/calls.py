"""Calls as the store keeps them: read through a cache, written with the moment at which to give them up.

Lives in the writing thread: there is one, so nobody else joins a report to the same call meanwhile.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Connection, Insert, bindparam, select, text

from cti_desktop.core.call import Call
from cti_desktop.core.leg import Phase
from cti_desktop.core.swift import swift
from cti_desktop.relay import prepared
from cti_desktop.relay.store import upsert
from cti_desktop.relay.tables import calls

_MAX_CALLS: Final = 4096

_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Call)

_by_id: Final = select(calls).where(calls.c.id == bindparam("call_id"))
_known: Final = text("SELECT value FROM json_each(:keys) WHERE EXISTS (SELECT 1 FROM calls WHERE id = value)")
_open: Final = select(calls).where(calls.c.open).order_by(calls.c.updated_at, calls.c.id)
_overdue: Final = (
    select(calls)
    .where(calls.c.open, calls.c.deadline <= bindparam("now"))
    .order_by(calls.c.deadline)
    .limit(bindparam("limit"))
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a call may go without news before it is given up."""

    ringing: timedelta
    talking: timedelta


@swift
@dataclass(frozen=True, slots=True)
class KeptCall:
    """A call, whose it is, and when it was last heard of."""

    call: Call
    provider: str
    updated_at: datetime


class CallBook:
    """All calls. What it caches must be forgotten when a transaction is rolled back."""

    def __init__(self, patience: Patience, remembered: int = _MAX_CALLS) -> None:
        """`remembered`: how many calls are cached."""
        self._patience = patience
        self._remembered = remembered
        self._recent: OrderedDict[str, KeptCall] = OrderedDict()

    def forget(self) -> None:
        """Drop the cache."""
        self._recent.clear()

    def find(self, connection: Connection, call_id: str) -> KeptCall | None:
        """The call of that id, if any delivery told of it."""
        kept = self._recent.get(call_id)
        if kept is None:
            row = connection.execute(_by_id, {"call_id": call_id}).first()
            if row is None:
                return None
            kept = KeptCall(_decoder.decode(row.state), row.provider, row.updated_at)
        return kept if kept.call.id == call_id else self.find(connection, kept.call.id)

    def unheard_of(self, connection: Connection, call_ids: Iterable[str]) -> set[str]:
        """Those of `call_ids` that `find` would look for in vain; where it is costly to tell, none."""
        unknown = [call_id for call_id in call_ids if call_id not in self._recent]
        return set(unknown).difference(prepared.which(connection, _known, unknown)) if unknown else set()

    @classmethod
    def read(cls, connection: Connection, call_id: str) -> KeptCall | None:
        """Like `find`, for other threads: past the cache."""
        row = connection.execute(_by_id, {"call_id": call_id}).first()
        if row is None:
            return None
        kept = KeptCall(_decoder.decode(row.state), row.provider, row.updated_at)
        return kept if kept.call.id == call_id else cls.read(connection, kept.call.id)

    def point(self, connection: Connection, call_id: str, there: KeptCall) -> None:
        """From now on, `call_id` leads to another call. It keeps the number, so that it can be erased."""
        sign = Call(there.call.id, caller_claim=there.call.caller_claim)
        row = {**self._row(KeptCall(sign, there.provider, there.updated_at)), "id": call_id}
        prepared.write_all(connection, _keep(connection), [row])
        self._recent.pop(call_id, None)

    def keep(self, connection: Connection, *calls_now: KeptCall) -> None:
        """Write calls as they are now."""
        if not calls_now:
            return
        prepared.write_all(connection, _keep(connection), [self._row(kept) for kept in calls_now])
        for kept in calls_now:
            self.remember(kept)

    def remember(self, kept: KeptCall) -> None:
        """Have `find` give a call as it is now; to be kept before the transaction ends."""
        self._recent[kept.call.id] = kept
        self._recent.move_to_end(kept.call.id)
        if len(self._recent) > self._remembered:
            self._recent.popitem(last=False)

    def _row(self, kept: KeptCall) -> dict[str, object]:
        deadline = self._deadline(kept)
        state = _encoder.encode(kept.call)
        return {
            "id": kept.call.id,
            "provider": kept.provider,
            "state": state,
            "crc": zlib.crc32(state),
            "updated_at": kept.updated_at,
            "open": deadline is not None,
            "deadline": deadline,
        }

    @staticmethod
    def open(connection: Connection) -> list[KeptCall]:
        """Every call of which some leg goes on."""
        rows = connection.execute(_open)
        return [KeptCall(_decoder.decode(row.state), row.provider, row.updated_at) for row in rows]

    @staticmethod
    def overdue(connection: Connection, now: datetime, limit: int) -> list[KeptCall]:
        """Open calls without news for longer than our patience, the longest-waiting first."""
        rows = connection.execute(_overdue, {"now": now, "limit": limit})
        return [KeptCall(_decoder.decode(row.state), row.provider, row.updated_at) for row in rows]

    def _deadline(self, kept: KeptCall) -> datetime | None:
        phases = {kept.call.phase(leg) for leg in kept.call.legs}
        if Phase.CONNECTED in phases:
            return kept.updated_at + self._patience.talking
        return kept.updated_at + self._patience.ringing if Phase.RINGING in phases else None


def _keep(connection: Connection) -> Insert:
    replaced = ("state", "crc", "updated_at", "open", "deadline")
    return upsert(connection, calls, key=("id",), replaced=replaced)
