"""What an agent can settle about who calls: give a stranger a name, pick one of several contacts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cti_desktop.core.errands import DURABLE, MERGE_CONTACTS
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import ReplyState, Situation
from cti_desktop.desktop.viewmodels.services import trouble_of
from cti_desktop.desktop.viewmodels.words import callers as words

_MAX_PICKS: Final = 6


@dataclass(frozen=True, slots=True)
class Pick:
    """One of the contacts that have the number."""

    contact_id: str
    name: str
    company: str = ""

    @property
    def text(self) -> str:
        """What stands on its button."""
        return "  ·  ".join(part for part in (self.name, self.company) if part)


@dataclass(frozen=True, slots=True)
class Same:
    """Two entries that may be one person's: the question, and whom it is about."""

    question: str
    keep: str
    other: str


@dataclass(frozen=True, slots=True)
class NamingModel:
    """`can_add`: nobody knows the caller. `picks`: several do. `number` is empty for a masked one.

    `same`: whether two of several are one; `merged`: that they were made one, by the errand `merge`.
    `may_repick`: one of them was chosen, and `picks` are the others. `trouble`: why something that was
    settled did not come about.
    """

    call_id: str
    number: str
    can_add: bool
    picks: tuple[Pick, ...] = ()
    may_repick: bool = False
    same: Same | None = None
    merged: str = ""
    merge: str = ""
    trouble: str = ""

    @property
    def is_open(self) -> bool:
        """Whether there is anything to be seen of it."""
        return any((self.can_add, self.picks, self.same, self.merged, self.trouble))


def naming_model(call: MyCall, situation: Situation) -> NamingModel | None:
    """What can be settled; None where nothing is open: a known or withheld caller, a colleague's."""
    caller = call.info.caller
    has_number = caller.number is not None or caller.masked is not None
    answered_elsewhere = call.state is LegState.CLOSED and call.info.answered_by is not None
    if not has_number or answered_elsewhere:
        return None
    found = tuple(
        Pick(contact.id, one_line(contact.name, 60), one_line(contact.company or "", 60))
        for contact in caller.contacts[:_MAX_PICKS]
    )
    known = caller.contact is not None
    picks = tuple(p for p in found if caller.contact is None or p.contact_id != caller.contact.id)
    model = NamingModel(
        call.id,
        caller.number or "",
        can_add=not known and not picks and not (caller.pending and call.is_open),
        picks=picks,
        may_repick=known and bool(picks),
        same=_same(caller, situation),
        trouble=_trouble(call, situation),
    )
    merge = situation.replies.get((call.id, MERGE_CONTACTS))
    if merge is not None and merge.state is ReplyState.DONE:
        name = one_line(caller.contact.name if caller.contact else "", 60)
        model = replace(model, same=None, merged=words.merged(name), merge=merge.errand.id)
    elif merge is not None and merge.state is ReplyState.FAILED and merge.code == "unknown":
        model = replace(model, same=None)  # nothing to ask about: the other entry is gone
    return model if model.is_open or not known else None


def _same(caller: Caller, situation: Situation) -> Same | None:
    pair, by_id = caller.duplicate, {contact.id: contact for contact in caller.contacts}
    if pair is None or not {pair.keep, pair.other} <= set(by_id):
        return None
    if MERGE_CONTACTS not in situation.policy.errands:
        return None
    keep, other = by_id[pair.keep], by_id[pair.other]
    meant = caller.contact.id if caller.contact is not None else None
    if meant in by_id and meant in (keep.id, other.id):
        others = other if meant == keep.id else keep
        return Same(words.same_as(_told_apart(others)), keep.id, other.id)
    return Same(words.are_same(_told_apart(keep), _told_apart(other)), keep.id, other.id)


def _told_apart(contact: Contact) -> str:
    parts = (one_line(contact.name, 40), one_line(contact.company or "", 40))
    return ", ".join(part for part in parts if part)


def _trouble(call: MyCall, situation: Situation) -> str:
    """Of contacts, the relay's refusals: what was shown at once did not come about."""
    refused = [situation.replies.get((call.id, what)) for what in sorted(DURABLE)]
    failed = [reply for reply in refused if reply is not None and reply.state is ReplyState.FAILED]
    return trouble_of(max(failed, key=lambda reply: reply.until)) if failed else ""
