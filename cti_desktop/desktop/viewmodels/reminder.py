"""Promised calls back that are due: a card each, for the few that were promised first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cti_desktop.core.follow_up import MORNING, on_day
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.card import CardModel, Tone
from cti_desktop.desktop.viewmodels.services import ServicesModel, revealed_number, services_model
from cti_desktop.desktop.viewmodels.words import reminders as words
from cti_desktop.desktop.viewmodels.words import times

# More would cover the screen; the others are in the list.
MAX_REMINDERS: Final = 2
_LATE: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class ReminderModel:
    """`tomorrow` is when it comes back if it is put off to the next day."""

    call_id: str
    caller: CallerModel
    promised: str
    outcome: str
    notes: str
    tomorrow: datetime
    tomorrow_help: str
    footer: str = ""
    is_late: bool = False
    services: ServicesModel | None = None

    @property
    def spoken(self) -> str:
        """What a screen reader announces."""
        return words.announcement(self.caller.told)

    @property
    def small(self) -> CardModel:
        """The same as a pill."""
        return CardModel(
            self.call_id, words.CALL_BACK, Tone.TALKING, self.caller, length=words.CALL_BACK, has_tools=False
        )


def reminder_models(situation: Situation, zone: tzinfo | None = None) -> tuple[ReminderModel, ...]:
    """What is due now, the earliest first."""
    due = sorted(
        (call for call in situation.calls if call.is_due(situation.now)),
        key=lambda call: call.follow_up_at or situation.now,
    )
    shown, more = due[:MAX_REMINDERS], len(due) - MAX_REMINDERS
    footer = words.more(more) if more > 0 else ""
    return tuple(_reminder(call, situation, zone, footer if call is shown[-1] else "") for call in shown)


def _reminder(call: MyCall, situation: Situation, zone: tzinfo | None, footer: str) -> ReminderModel:
    now, digits = situation.now, situation.settings.notify_numbers
    at = call.follow_up_at or now
    late = words.late(times.span(now - at)) if now - at >= _LATE else ""
    tomorrow = on_day(now, 1, MORNING, zone)
    return ReminderModel(
        call_id=call.id,
        caller=caller_model(call.info.caller, revealed_number(call, situation), tells_digits=digits),
        promised=words.promised(times.when(at, now, zone), late),
        outcome=one_line(call.disposed_as, 60),
        notes=one_line(call.disposed_notes, 200),
        tomorrow=tomorrow,
        tomorrow_help=words.tomorrow_help(times.when(tomorrow, now, zone)),
        footer=footer,
        is_late=bool(late),
        services=services_model(call, situation, zone),
    )
