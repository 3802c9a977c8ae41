"""The lines of the main window's lists: calls, owed outcomes, promised calls back, what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from typing import Final

from cti_desktop.core.follow_up import MORNING, on_day
from cti_desktop.core.intents import CorrectDisposition, FinishFollowUp, OpenPrompt, PutOffFollowUp, ShowCard
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.intents import AnyIntent, EditParked
from cti_desktop.desktop.screen import OutboxItem, OutboxState, Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.card import Tone, card_model, is_kept_here, talk_time
from cti_desktop.desktop.viewmodels.figures import began, outcome_of
from cti_desktop.desktop.viewmodels.services import ServicesModel, revealed_number, services_model
from cti_desktop.desktop.viewmodels.words import calls as call_words
from cti_desktop.desktop.viewmodels.words import day as day_words
from cti_desktop.desktop.viewmodels.words import times
from cti_desktop.desktop.viewmodels.words import windows as words

_TOLD: Final = 300


class Badge(Enum):
    """How a row's badge should feel."""

    PLAIN = "plain"
    WARN = "warn"
    ALERT = "alert"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list. `opens` is what Enter or a double click on it means; None: nothing.

    `also` is a second thing that can be done; `number` is whose history can be looked up; `services`: what
    relay and provider can do about the call. `badge_color` is an outcome's, empty for none. `told`: what a
    line has no room for, to be read in full below the list.
    """

    key: str
    caller: CallerModel
    detail: str
    time: str
    badge: str = ""
    badge_tone: Badge = Badge.PLAIN
    badge_color: str = ""
    opens: AnyIntent | None = None
    opens_label: str = ""
    discards: str = ""
    also: AnyIntent | None = None
    also_label: str = ""
    number: str = ""
    services: ServicesModel | None = None
    told: str = ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.caller.brief, self.badge, self.detail, self.time) if part)


def call_row(call: MyCall, situation: Situation, zone: tzinfo | None) -> Row:
    """Any call: what became of it, and what can be done with it."""
    caller = caller_model(call.info.caller, revealed_number(call, situation))
    badge, tone = _outcome(call, situation, zone)
    opens, label = _opening(call, situation.now)
    talked = talk_time(call)
    queue = one_line(call.info.queue, 60) if call.info.queue else ""
    unsent = call_words.NOT_SENT if is_kept_here(call, situation) else ""
    detail = (caller.number, queue, times.duration(talked) if talked else "", unsent)
    return Row(
        key=call.id,
        caller=caller,
        detail="  ·  ".join(part for part in detail if part),
        time=_when(call, situation.now, zone),
        badge=badge,
        badge_tone=tone,
        badge_color=outcome_of(call, situation.catalogue)[1] if call.disposed_as else "",
        opens=opens,
        opens_label=label,
        number=call.info.caller.number or "",
        services=services_model(call, situation, zone),
    )


def _outcome(call: MyCall, situation: Situation, zone: tzinfo | None) -> tuple[str, Badge]:
    if call.disposed_as:
        label = one_line(call.disposed_as, 60)
        return day_words.BY_TIMER.format(label=label) if call.disposed_via == "auto" else label, Badge.PLAIN
    if call.owes_disposition:
        return words.OWED, Badge.WARN
    card = card_model(call, situation, zone)
    if call.state in (LegState.RINGING, LegState.CONNECTED):
        return card.headline, Badge.LIVE
    return card.headline, Badge.ALERT if card.tone is Tone.ALERT else Badge.PLAIN


def _opening(call: MyCall, now: datetime) -> tuple[AnyIntent | None, str]:
    if call.owes_disposition:
        return OpenPrompt(call.id), words.ENTER_OUTCOME
    if call.state in (LegState.RINGING, LegState.CONNECTED):
        return ShowCard(call.id), ""
    if call.may_be_corrected(now):
        return CorrectDisposition(call.id), day_words.CORRECT
    return None, ""


def owed_row(call: MyCall, situation: Situation, zone: tzinfo | None) -> Row:
    """A call whose outcome is open, with what was typed so far."""
    caller = caller_model(call.info.caller, revealed_number(call, situation))
    talked = talk_time(call)
    draft = one_line(call.draft.notes, 80)
    detail = (caller.number, times.duration(talked) if talked else "", draft)
    return Row(
        key=call.id,
        caller=caller,
        detail="  ·  ".join(part for part in detail if part),
        time=_when(call, situation.now, zone),
        badge=words.OWED,
        badge_tone=Badge.WARN,
        opens=OpenPrompt(call.id),
        opens_label=words.ENTER_OUTCOME,
        number=call.info.caller.number or "",
        services=services_model(call, situation, zone),
    )


def follow_up_row(call: MyCall, situation: Situation, zone: tzinfo | None) -> Row:
    """A promised call back, with what was noted of it."""
    caller, now = caller_model(call.info.caller, revealed_number(call, situation)), situation.now
    at = call.follow_up_at or now
    detail = (caller.number, one_line(call.disposed_as, 60), one_line(call.disposed_notes, 80))
    return Row(
        key=call.id,
        caller=caller,
        detail="  ·  ".join(part for part in detail if part),
        time=times.when(at, now, zone),
        badge=day_words.DUE if call.is_due(now) else times.until(at - now),
        badge_tone=Badge.ALERT if call.is_due(now) else Badge.PLAIN,
        opens=FinishFollowUp(call.id),
        opens_label=day_words.DONE,
        also=PutOffFollowUp(call.id, on_day(now, 1, MORNING, zone)),
        also_label=day_words.PUT_OFF,
        number=call.info.caller.number or "",
        services=services_model(call, situation, zone),
        told=one_line(call.disposed_notes, _TOLD),
    )


def waiting_row() -> Row:
    """A call that is being read."""
    return Row(key="", caller=CallerModel("…", "", "", "", 0, "", ""), detail="", time="")


def unsent_row(item: OutboxItem, calls: dict[str, MyCall], situation: Situation, zone: tzinfo | None) -> Row:
    """An outcome that the relay does not have, or has refused."""
    disposition = item.disposition
    call = calls.get(disposition.call_id)
    parked = item.state is OutboxState.PARKED
    label = one_line(situation.catalogue.label_of(disposition.code, disposition.sub_code), 80)
    why = one_line(item.message, 160) if parked else one_line(disposition.notes, 80)
    caller = caller_model(call.info.caller, revealed_number(call, situation)) if call else _forgotten()
    return Row(
        key=disposition.id,
        caller=caller,
        detail="  ·  ".join(part for part in (caller.number, label, why) if part),
        time=times.when(disposition.saved_at, situation.now, zone),
        badge=words.REFUSED if parked else words.WAITING,
        badge_tone=Badge.ALERT if parked else Badge.PLAIN,
        opens=EditParked(disposition.id) if parked else None,
        opens_label=words.EDIT if parked else "",
        discards=disposition.id if parked else "",
        told=one_line(item.message, _TOLD) if parked else "",
    )


def _when(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    at = began(call)
    return times.when(at, now, zone) if at else ""


def _forgotten() -> CallerModel:
    return CallerModel(call_words.ENDED, "", "", "", 0, "", "")
