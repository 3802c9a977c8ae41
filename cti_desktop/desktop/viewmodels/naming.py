"""What an agent can settle about who calls: give a stranger a name, pick one of several contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line

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
class NamingModel:
    """`can_add`: nobody knows the caller. `picks`: several do. `number` is empty for a masked one."""

    call_id: str
    number: str
    can_add: bool
    picks: tuple[Pick, ...] = ()


def naming_model(call: MyCall) -> NamingModel | None:
    """What can be settled; None where nothing is open: a known or withheld caller, a colleague's."""
    caller = call.info.caller
    has_number = caller.number is not None or caller.masked is not None
    answered_elsewhere = call.state is LegState.CLOSED and call.info.answered_by is not None
    if not has_number or caller.contact is not None or answered_elsewhere:
        return None
    picks = tuple(
        Pick(contact.id, one_line(contact.name, 60), one_line(contact.company or "", 60))
        for contact in caller.contacts[:_MAX_PICKS]
    )
    return NamingModel(call.id, caller.number or "", can_add=not picks and not caller.pending, picks=picks)
