"""Saved dispositions that the relay has not stored: waiting to be sent, or parked because it refused them."""

from __future__ import annotations

from collections.abc import Iterable

from cti_desktop.core.disposition import Disposition
from cti_desktop.desktop.changes import Changes, Urgency
from cti_desktop.desktop.screen import NoticeCode, OutboxItem, OutboxState
from cti_desktop.wire.desktop_link import DispositionRefused


class Outbox:
    """What is committed of it. A method that changes it notes that in the `Changes` it is given."""

    def __init__(self, items: Iterable[OutboxItem]) -> None:
        """Begin with `items`, oldest first."""
        self._items = {item.disposition.id: item for item in items}

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

    def take_up(self, item: OutboxItem) -> None:
        """`item` was committed."""
        self._items[item.disposition.id] = item

    def remove(self, disposition_id: str, changes: Changes) -> None:
        """The relay has it, or the agent gave it up. Harmless when it is gone already."""
        if self._items.pop(disposition_id, None) is not None:
            self._note(disposition_id, None, changes)

    def park(self, refused: DispositionRefused, changes: Changes) -> None:
        """The relay won't take it as it is; it blocks nothing, and waits for the agent."""
        item = self._items.get(refused.id)
        if item is not None:
            why = (refused.code, refused.field, refused.message)
            self._put(OutboxItem(item.disposition, OutboxState.PARKED, *why), changes)

    def park_for_former_agent(self, dispositions: Iterable[Disposition], changes: Changes) -> None:
        """They can't be sent in another agent's name."""
        for disposition in dispositions:
            self._put(OutboxItem(disposition, OutboxState.PARKED, NoticeCode.OTHER_AGENT.value), changes)

    def _put(self, item: OutboxItem, changes: Changes) -> None:
        self._items[item.disposition.id] = item
        self._note(item.disposition.id, item, changes)

    @staticmethod
    def _note(disposition_id: str, item: OutboxItem | None, changes: Changes) -> None:
        changes.outbox[disposition_id] = item
        changes.hurry(Urgency.NOW)
