"""What the agent wished of the relay besides outcomes, until it is done. Kept ones survive a restart.

What the relay will do is shown at once: a caller who gets a name has it on the card, also without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cti_desktop.core.alike import as_one
from cti_desktop.core.errands import (
    ADD_CONTACT,
    CHOOSE_CONTACT,
    DURABLE,
    MERGE_CONTACTS,
    PART_CONTACTS,
    UNMERGE_CONTACTS,
    Errand,
)
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.changes import Changes, Urgency


class Wishes:
    """Oldest first. A method that changes what is kept notes that in the `Changes` it is given."""

    def __init__(self, kept: Iterable[Errand]) -> None:
        """Begin with what an earlier run left."""
        self._kept = {errand.id: errand for errand in kept}

    @property
    def waiting(self) -> list[Errand]:
        """What the relay has not answered."""
        return list(self._kept.values())

    def add(self, errand: Errand, changes: Changes) -> None:
        """The agent wishes it; one that makes sense now only is not kept."""
        if errand.what in DURABLE:
            self._kept[errand.id] = changes.errands[errand.id] = errand
            changes.hurry(Urgency.NOW)

    def answered(self, errand_id: str, changes: Changes) -> Errand | None:
        """Done, or refused for good; the one that it was, if it was kept."""
        errand = self._kept.pop(errand_id, None)
        if errand is not None:
            changes.errands[errand_id] = None
            changes.hurry(Urgency.NOW)
        return errand


def foreseen(errand: Errand, calls: Mapping[str, MyCall], before: Caller | None = None) -> Iterator[MyCall]:
    """My calls with the same caller, as they will be once the errand is done.

    `before`: the caller as known before a merge, for taking it back.
    """
    about = calls.get(errand.call_id)
    if about is None:
        return
    number = about.info.caller.number
    for call in calls.values():
        caller = call.info.caller
        if call.id == errand.call_id or (number is not None and caller.number == number):
            known = _known(errand, caller, before)
            if known != caller:
                yield replace(call, info=replace(call.info, caller=known))


def _known(errand: Errand, caller: Caller, before: Caller | None) -> Caller:
    args = errand.args
    match errand.what:
        case "contact.add" if name := one_line(args.get("name", ""), 120):
            contact = Contact(f"new:{errand.id}", name, one_line(args.get("company", ""), 120) or None)
            return replace(caller, contact=contact, pending=False)
        case "contact.choose":
            chosen = next((c for c in caller.contacts if c.id == args.get("contact_id")), caller.contact)
            return replace(caller, contact=chosen, pending=False)
        case "contact.merge":
            return _as_one(caller, args.get("keep", ""), args.get("other", ""))
        case "contact.part":
            return replace(caller, duplicate=None)
        case "contact.unmerge" if before is not None:
            return replace(
                caller, contact=before.contact, contacts=before.contacts, duplicate=before.duplicate
            )
        case _:
            return caller


def _as_one(caller: Caller, keep: str, other: str) -> Caller:
    by_id = {contact.id: contact for contact in caller.contacts}
    if not {keep, other} <= set(by_id):
        return caller
    one = as_one(by_id[keep], by_id.pop(other))
    left = tuple(one if id_ == keep else contact for id_, contact in by_id.items())
    meant = caller.contact is not None and caller.contact.id in (keep, other)
    if len(left) == 1:
        return replace(caller, contact=one, contacts=(), duplicate=None)
    return replace(caller, contact=one if meant else caller.contact, contacts=left, duplicate=None)


def new_contact(errand_id: str, call_id: str, number: str, name: str, company: str) -> Errand:
    """Make the caller of a call a contact. The number goes along, in case the relay has lost the call."""
    return Errand(errand_id, ADD_CONTACT, call_id, {"name": name, "company": company, "number": number})


def chosen_contact(errand_id: str, call_id: str, contact_id: str) -> Errand:
    """This of several contacts is meant."""
    return Errand(errand_id, CHOOSE_CONTACT, call_id, {"contact_id": contact_id})


def merged_contacts(errand_id: str, call_id: str, keep: str, other: str) -> Errand:
    """These two are one person."""
    return Errand(errand_id, MERGE_CONTACTS, call_id, {"keep": keep, "other": other})


def parted_contacts(errand_id: str, call_id: str, keep: str, other: str) -> Errand:
    """These two are not the same: nobody is asked again."""
    return Errand(errand_id, PART_CONTACTS, call_id, {"keep": keep, "other": other})


def unmerged_contacts(errand_id: str, call_id: str, merge_id: str) -> Errand:
    """That merge was a mistake."""
    return Errand(errand_id, UNMERGE_CONTACTS, call_id, {"merge": merge_id})
