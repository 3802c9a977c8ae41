"""Dispositions from desktops: judged, committed once, and told to the agent's other desktops.

Lives in the writing thread's transactions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select

from cti_desktop.core.disposition import EDIT_GRACE, EDIT_WINDOW, Catalogue, Disposition, Draft, check
from cti_desktop.core.errors import DispositionRejected
from cti_desktop.core.events import CallDisposed, CallInfo
from cti_desktop.core.people import Person
from cti_desktop.core.timeline import Addressed, info_of
from cti_desktop.relay import history, ledger
from cti_desktop.relay.routing import Router, legs_of
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.tables import dispositions

_MAX_CALL_ID: Final = 500
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(-?)(?:[0-9a-fA-F]{4}\1){3}[0-9a-fA-F]{12}")

_owner_of: Final = select(dispositions.c.agent_id).where(
    dispositions.c.id.in_((bindparam("as_sent"), bindparam("canonical")))
)
_version: Final = select(dispositions.c.agent_id, dispositions.c.call_id, dispositions.c.saved_at).where(
    dispositions.c.id == bindparam("version")
)
_keep: Final = insert(dispositions)


@dataclass(frozen=True, slots=True)
class Dispositions:
    """What the relay checks against, and whom it tells."""

    router: Router
    catalogue: Catalogue

    def record(
        self, connection: Connection, agent: Person, disposition: Disposition, now: datetime
    ) -> list[Appended] | DispositionRejected:
        """What was appended to the agent's stream, or why nothing was kept. A repetition appends nothing."""
        try:
            if _is_known(connection, agent, disposition.id):
                return []
            disposition = _settled(disposition, now)
            _check_version(connection, agent, disposition)
            info = self._judged(connection, agent, disposition)
        except DispositionRejected as rejected:
            return rejected
        connection.execute(_keep, _row(agent, disposition, now))
        label = self.catalogue.label_of(disposition.code, disposition.sub_code)
        self._remember(connection, agent, disposition, label, now)
        disposed = CallDisposed(
            info,
            at=disposition.saved_at,
            received_at=now,
            label=label,
            notes=disposition.notes,
            by=agent.name,
            via="desktop",
            disposition_id=disposition.id,
            follow_up_at=disposition.follow_up_at,
        )
        return self.router.append(connection, [Addressed(agent.id or "", disposed)], now)

    def _remember(
        self, connection: Connection, agent: Person, disposition: Disposition, label: str, now: datetime
    ) -> None:
        """Later cards of the customer tell of it, and the agent owes it no longer."""
        kept = self.router.calls.find(connection, disposition.call_id)
        number = kept.call.caller_number if kept else None
        ledger.settle(connection, disposition.call_id, agent, number, now)
        if kept is not None:
            directory = self.router.book.open(connection, kept.provider)
            history.note_outcome(connection, kept.call, directory, disposition, label, agent)

    def _judged(self, connection: Connection, agent: Person, disposition: Disposition) -> CallInfo:
        """The call, if `disposition` is right for it. Raises `DispositionRejected`."""
        d = disposition
        check(Draft(d.code, d.sub_code, d.notes, d.follow_up_at), self.catalogue, d.saved_at)
        if not d.call_id or len(d.call_id) > _MAX_CALL_ID:
            raise DispositionRejected("call_id is no call's", field="call_id", code="unknown")
        return known_of(connection, self.router, agent, d.call_id)


def known_of(connection: Connection, router: Router, agent: Person, call_id: str) -> CallInfo:
    """The call as its agent knows it. Raises `DispositionRejected` for one that isn't the agent's."""
    kept = router.calls.find(connection, call_id)
    if kept is None:  # restored from a backup, the relay may not know the call any more
        return CallInfo(call_id, leg="")
    directory = router.book.open(connection, kept.provider)
    legs = legs_of(kept.call, directory, agent.id or "")
    if not legs:
        raise DispositionRejected("you had no part in this call", field="call_id", code="not_yours")
    leg = next((mine for mine in reversed(legs) if mine.answered), legs[-1])
    return info_of(kept.call, leg, directory)


def _is_known(connection: Connection, agent: Person, id_: str) -> bool:
    """Whether it is committed already; as it was sent, too: earlier relays kept any text as an id."""
    sent = id_.replace("\0", "")  # PostgreSQL takes no NUL
    asked = {"as_sent": sent, "canonical": _canonical(id_) or sent}
    owner = connection.execute(_owner_of, asked).scalar()
    if owner not in (None, agent.id):
        raise DispositionRejected("another agent's disposition has this id", field="id", code="taken")
    return owner is not None


def _settled(disposition: Disposition, now: datetime) -> Disposition:
    """The same with one spelling of each id, and not saved in the future: a desktop's clock may be ahead."""
    d = disposition
    replaces = None if d.replaces is None else _uuid(d.replaces, "replaces")
    return replace(d, id=_uuid(d.id, "id"), replaces=replaces, saved_at=min(d.saved_at, now))


def _uuid(text: str, field: str) -> str:
    canonical = _canonical(text)
    if canonical is None:
        raise DispositionRejected(f"{field} is no UUID", field=field, code="unreadable")
    return canonical


def _canonical(text: str) -> str | None:
    """A UUID in its usual spelling; None for what is none."""
    return str(UUID(text)) if _UUID.fullmatch(text) else None


def _check_version(connection: Connection, agent: Person, disposition: Disposition) -> None:
    """Raise `DispositionRejected` unless it may replace what it says it does.

    A version that is not known here (restored from a backup, or rejected) keeps nobody from correcting it.
    """
    if disposition.replaces is None:
        return
    former = connection.execute(_version, {"version": disposition.replaces}).one_or_none()
    if former is None:
        return
    if (former.agent_id, former.call_id) != (agent.id, disposition.call_id):
        raise DispositionRejected("it replaces another call's outcome", field="replaces", code="not_yours")
    if disposition.saved_at - former.saved_at > EDIT_WINDOW + EDIT_GRACE:
        raise DispositionRejected("it is too late to correct it", field="replaces", code="too_late")


def _row(agent: Person, disposition: Disposition, now: datetime) -> dict[str, object]:
    return {
        "id": disposition.id,
        "call_id": disposition.call_id,
        "agent_id": agent.id,
        "code": disposition.code,
        "sub_code": disposition.sub_code,
        "notes": disposition.notes.replace("\0", ""),  # PostgreSQL takes no NUL
        "follow_up_at": disposition.follow_up_at,
        "saved_at": disposition.saved_at,
        "received_at": now,
        "replaces": disposition.replaces,
    }
