"""Saved dispositions that the relay has not stored: waiting to be sent, or parked because it refused them.

Those that it has are kept for a week: restored from a backup, it may have lost them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from cti_desktop.core.disposition import Disposition
from cti_desktop.desktop.changes import Changes, Delivered, Urgency
from cti_desktop.desktop.screen import OutboxItem, OutboxState
from cti_desktop.wire.desktop_link import DispositionRefused

KEEP_DELIVERED: Final = timedelta(days=7)


class Outbox:
    """What is committed of it. A method that changes it notes that in the `Changes` it is given."""

    def __init__(self, items: Iterable[OutboxItem], delivered: Iterable[Delivered] = ()) -> None:
        """Begin with `items` and what was `delivered`, oldest first."""
        self._items = {item.disposition.id: item for item in items}
        self._delivered = {one.disposition.id: one for one in delivered}

    @property
    def items(self) -> tuple[OutboxItem, ...]:
        """Oldest first."""
        return tuple(self._items.values())

    @property
    def waiting(self) -> list[Disposition]:
        """What is to be sent, oldest first."""
        return [item.disposition for item in self._items.values() if item.state is OutboxState.WAITING]

    def parked(self, disposition_id: str) -> Disposition | None:
        """The disposition of that id, if it is parked."""
        item = self._items.get(disposition_id)
        return item.disposition if item is not None and item.state is OutboxState.PARKED else None

    def parked_of(self, call_id: str) -> str | None:
        """The id of what the relay refused for that call."""
        parked = (i.disposition for i in self._items.values() if i.state is OutboxState.PARKED)
        return next((disposition.id for disposition in parked if disposition.call_id == call_id), None)

    def take_up(self, item: OutboxItem) -> None:
        """`item` was committed."""
        self._items[item.disposition.id] = item

    def stored(self, disposition_id: str, now: datetime, changes: Changes) -> None:
        """The relay has it. Harmless when it is gone already."""
        item = self._items.get(disposition_id)
        if item is not None:
            delivered = Delivered(item.disposition, now)
            self._delivered[disposition_id] = changes.delivered[disposition_id] = delivered
            self.remove(disposition_id, changes)

    def deliver_again(self, changes: Changes) -> None:
        """The relay was restored from a backup: send what it may have lost. What it has does no harm."""
        for one in self._delivered.values():
            self._put(OutboxItem(one.disposition), changes)
        self.forget_delivered(None, changes)

    def forget_delivered(self, before: datetime | None, changes: Changes) -> None:
        """Drop what the relay had already `before` then; None: all."""
        for id_ in [id_ for id_, one in self._delivered.items() if before is None or one.at < before]:
            del self._delivered[id_]
            changes.delivered[id_] = None
            changes.hurry(Urgency.SOON)

    def remove(self, disposition_id: str, changes: Changes) -> None:
        """It needs no sending any more. Harmless when it is gone already."""
        if self._items.pop(disposition_id, None) is not None:
            self._note(disposition_id, None, changes)

    def park(self, refused: DispositionRefused, changes: Changes) -> None:
        """The relay won't take it as it is; it blocks nothing, and waits for the agent."""
        item = self._items.get(refused.id)
        if item is not None:
            why = (refused.code, refused.field, refused.message)
            self._put(OutboxItem(item.disposition, OutboxState.PARKED, *why), changes)

    def _put(self, item: OutboxItem, changes: Changes) -> None:
        self._items[item.disposition.id] = item
        self._note(item.disposition.id, item, changes)

    @staticmethod
    def _note(disposition_id: str, item: OutboxItem | None, changes: Changes) -> None:
        changes.outbox[disposition_id] = item
        changes.hurry(Urgency.NOW)
