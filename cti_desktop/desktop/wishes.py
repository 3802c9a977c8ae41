"""What the agent wished of the relay besides outcomes, until it is done. Kept ones survive a restart.

What the relay will do is shown at once: a caller who gets a name has it on the card, also without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cti_desktop.core.errands import ADD_CONTACT, CHOOSE_CONTACT, DURABLE, Errand
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

    def answered(self, errand_id: str, changes: Changes) -> None:
        """Done, or refused for good."""
        if self._kept.pop(errand_id, None) is not None:
            changes.errands[errand_id] = None
            changes.hurry(Urgency.NOW)


def foreseen(errand: Errand, calls: Mapping[str, MyCall]) -> Iterator[MyCall]:
    """My calls with the same caller, as they will be once the errand is done."""
    about = calls.get(errand.call_id)
    number = about.info.caller.number if about else None
    contact = _contact(errand, about.info.caller) if about else None
    if contact is None:
        return
    for call in calls.values():
        caller = call.info.caller
        if call.id == errand.call_id or (number is not None and caller.number == number):
            known = replace(caller, contact=contact, pending=False)
            yield replace(call, info=replace(call.info, caller=known))


def _contact(errand: Errand, caller: Caller) -> Contact | None:
    match errand.what:
        case "contact.add" if name := one_line(errand.args.get("name", ""), 120):
            return Contact(f"new:{errand.id}", name, one_line(errand.args.get("company", ""), 120) or None)
        case "contact.choose":
            return next((c for c in caller.contacts if c.id == errand.args.get("contact_id")), None)
        case _:
            return None


def new_contact(errand_id: str, call_id: str, number: str, name: str, company: str) -> Errand:
    """Make the caller of a call a contact. The number goes along, in case the relay has lost the call."""
    return Errand(errand_id, ADD_CONTACT, call_id, {"name": name, "company": company, "number": number})


def chosen_contact(errand_id: str, call_id: str, contact_id: str) -> Errand:
    """This of several contacts is meant."""
    return Errand(errand_id, CHOOSE_CONTACT, call_id, {"contact_id": contact_id})
