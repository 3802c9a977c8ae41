"""What an agent wishes of the relay besides an outcome: a contact made, a number dialled, a promise kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ADD_CONTACT: Final = "contact.add"
CHOOSE_CONTACT: Final = "contact.choose"
MERGE_CONTACTS: Final = "contact.merge"
UNMERGE_CONTACTS: Final = "contact.unmerge"
PART_CONTACTS: Final = "contact.part"
FOLLOW_UP_DONE: Final = "follow_up.done"
REVEAL: Final = "number.reveal"
DIAL: Final = "call.dial"
RECORDING: Final = "call.recording"

# Kept on the desktop until they are done, and sent again; the others make sense at once or not at all.
DURABLE: Final = frozenset(
    {ADD_CONTACT, CHOOSE_CONTACT, MERGE_CONTACTS, UNMERGE_CONTACTS, PART_CONTACTS, FOLLOW_UP_DONE}
)


@dataclass(frozen=True, slots=True)
class Errand:
    """One wish, under an `id` that makes asking again harmless. It is about the caller of `call_id`."""

    id: str
    what: str
    call_id: str
    args: Mapping[str, str] = field(default_factory=dict)
