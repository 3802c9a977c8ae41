"""The card of one call: headline, caller, what is known of earlier calls, what can be done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import Enum
from typing import Final

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Draft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.numbers import to_display
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import Online, OutboxState, Situation
from cti_desktop.desktop.viewmodels import known
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.crm import crm_url
from cti_desktop.desktop.viewmodels.naming import NamingModel, naming_model
from cti_desktop.desktop.viewmodels.services import ServicesModel, revealed_number, services_model
from cti_desktop.desktop.viewmodels.words import callers as caller_words
from cti_desktop.desktop.viewmodels.words import calls as words
from cti_desktop.desktop.viewmodels.words import pops, times

# Long enough to read who took it, short enough not to be in the way.
GLANCE: Final = timedelta(seconds=2)
READ: Final = timedelta(seconds=5)
# From here on, a ringing card offers to be closed by hand.
STUCK: Final = timedelta(seconds=90)


class Tone(Enum):
    """How a state should feel; the theme has a colour for each."""

    RINGING = "ringing"
    TALKING = "talking"
    QUIET = "quiet"
    ALERT = "alert"
    GOOD = "good"
    WARN = "warn"


class CardAction(Enum):
    """What the agent can do with a card."""

    ADD_NOTE = "add_note"
    COPY_NUMBER = "copy_number"
    CLOSE_CALL = "close_call"
    DISMISS = "dismiss"


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card. `primary` at most once."""

    action: CardAction
    label: str
    help: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    """A short remark; `tone` is the look of what matters most."""

    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the card's panel."""

    label: str
    text: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class CardModel:
    """`since` counts up on the screen; if None, `length` stands still. `lingers`: then take it away."""

    call_id: str
    headline: str
    tone: Tone
    caller: CallerModel
    queue: str = ""
    since: datetime | None = None
    length: str = ""
    chips: tuple[Chip, ...] = ()
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
    draft: Draft = Draft()
    footer: str = ""
    lingers: timedelta | None = None
    faded: bool = False
    crm_url: str = ""
    naming: NamingModel | None = None
    services: ServicesModel | None = None
    # Whether it can be made small and kept.
    has_tools: bool = True

    @property
    def spoken(self) -> str:
        """What a screen reader announces."""
        return words.announcement(self.headline, self.caller.told, self.queue)


@dataclass(frozen=True, slots=True)
class _State:
    headline: str
    tone: Tone
    lingers: timedelta | None = None
    faded: bool = False


def card_model(call: MyCall, situation: Situation, zone: tzinfo | None = None, footer: str = "") -> CardModel:
    """The card of `call`."""
    state, info = _state(call), call.info
    kept = is_kept_here(call, situation)
    if kept:
        state = _State(words.SAVED_HERE, Tone.QUIET, READ)
    digits = situation.settings.notify_numbers
    caller = caller_model(info.caller, revealed_number(call, situation), tells_digits=digits)
    return CardModel(
        call_id=call.id,
        headline=state.headline,
        tone=state.tone,
        caller=caller,
        queue=one_line(info.queue, 60) if info.queue else "",
        since=_since(call),
        length=_length(call, situation.now, zone),
        chips=_chips(call, caller, situation.agent),
        facts=_facts(call, situation, zone),
        buttons=_buttons(call, caller, situation.now),
        draft=call.draft,
        footer=footer or (words.KEPT if kept else ""),
        lingers=state.lingers,
        faded=state.faded,
        naming=naming_model(call, situation),
        services=services_model(call, situation, zone),
        crm_url=crm_url(call, situation.settings.crm_url),
    )


def awaits_eyes(call: MyCall) -> bool:
    """Whether its card stays until it is seen."""
    return _state(call).tone is Tone.ALERT


def _state(call: MyCall) -> _State:
    outgoing = call.info.direction is Direction.OUTGOING
    if call.late and call.is_news_only:
        return _State(pops.YOU_MISSED, Tone.ALERT)
    match call.state:
        case LegState.CONNECTED:
            return _State(words.ON_THE_CALL, Tone.TALKING)
        case LegState.RINGING | LegState.NEW:
            return _State(words.OUTGOING, Tone.TALKING) if outgoing else _State(words.INCOMING, Tone.RINGING)
        case LegState.WRAP_UP:
            return _State(words.ENDED, Tone.QUIET)
        case LegState.CLOSED:
            return _closed(call, outgoing=outgoing)


def _closed(call: MyCall, *, outgoing: bool) -> _State:
    if call.disposed_as:
        mine = call.disposed_via != "provider"
        return _State(words.SAVED if mine else words.RECORDED, Tone.GOOD, GLANCE if mine else READ)
    match call.info.reason:
        case EndReason.ANSWERED_ELSEWHERE:
            answerer = call.info.answered_by
            name = one_line(answerer.name, 60) if answerer else None
            return _State(words.answered_by(name), Tone.QUIET, GLANCE, faded=True)
        case EndReason.MISSED if outgoing:
            return _State(words.NO_ANSWER, Tone.QUIET, READ)
        case EndReason.MISSED:
            return _State(words.MISSED, Tone.ALERT)
        case EndReason.VOICEMAIL:
            return _State(words.VOICEMAIL, Tone.ALERT)
        case EndReason.REJECTED:
            return _State(words.DECLINED, Tone.QUIET, GLANCE)
        case _:
            return _State(words.ENDED, Tone.QUIET, READ)


def is_kept_here(call: MyCall, situation: Situation) -> bool:
    """Whether its outcome is saved, and can't be sent just now. While there is a line, it is on its way."""
    if not call.disposed_as or isinstance(situation.link, Online):
        return False
    waiting = (item.disposition for item in situation.outbox if item.state is OutboxState.WAITING)
    return any(disposition.call_id == call.id for disposition in waiting)


def _since(call: MyCall) -> datetime | None:
    match call.state:
        case LegState.RINGING if not call.late:
            return call.rang_at or call.heard_at
        case LegState.CONNECTED:
            return call.answered_at or call.heard_at
        case _:
            return None


def _length(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    """What stands in the timer's place once nothing runs: how long it lasted, or when it was missed."""
    talked, at = talk_time(call), _start(call)
    if _since(call) is not None:
        return ""
    if talked is not None:
        return times.duration(talked)
    return times.when(at, now, zone) if at and _state(call).tone is Tone.ALERT else ""


def talk_time(call: MyCall) -> timedelta | None:
    """How long the conversation lasted: as the provider says, else by our own stamps; None without one."""
    # Of a call that was found in the log, nobody told when it was answered.
    talked = call.answered_at or call.info.reason is EndReason.HUNG_UP
    if call.info.talk_seconds is not None and talked:
        return timedelta(seconds=call.info.talk_seconds)
    return call.ended_at - call.answered_at if call.answered_at and call.ended_at else None


def _chips(call: MyCall, caller: CallerModel, me: Person | None) -> tuple[Chip, ...]:
    info = call.info
    line = one_line(info.did_label, 60) if info.did_label else to_display(info.did) if info.did else ""
    taken = ""
    if info.reason is EndReason.MISSED and info.answered_by:
        taken = words.answered_by(one_line(info.answered_by.name, 60))
    unknown = words.END_UNKNOWN if info.reason is EndReason.UNKNOWN and not call.disposed_as else ""
    outcome = one_line(call.disposed_as, 60)
    said = (taken, unknown, line, caller.company, *known.known_chips(call, me))
    plain = tuple(Chip(text) for text in said if text)
    vip = (Chip(caller_words.VIP, Tone.WARN),) if known.is_vip(call) else ()
    return (Chip(outcome, Tone.GOOD), *vip, *plain) if outcome else (*vip, *plain)


def _facts(call: MyCall, situation: Situation, zone: tzinfo | None) -> tuple[Fact, ...]:
    """What the relay knows of the caller, else what this device remembers of the same number."""
    if call.state is LegState.CLOSED:
        return ()
    told = tuple(Fact(*line) for line in known.known_lines(call, situation.agent, situation.now, zone))
    if known.is_promise_broken(call, situation.now):
        told = (replace(told[0], tone=Tone.WARN), *told[1:])
    number = call.info.caller.number
    if number is None or known.has_history(call):
        return told
    return told + _remembered_facts(call, number, situation, zone)


def _remembered_facts(
    call: MyCall, number: str, situation: Situation, zone: tzinfo | None
) -> tuple[Fact, ...]:
    earlier = [c for c in situation.calls if c.info.caller.number == number and c.id != call.id and _start(c)]
    if not earlier:
        return ()
    facts = [Fact(words.LAST_CALL, _remembered(earlier[-1], situation.now, zone))]
    today = situation.now.astimezone(zone).date()
    so_far = sum(1 for c in earlier if (at := _start(c)) and at.astimezone(zone).date() == today)
    return (*facts, Fact(words.TODAY, words.nth_call(so_far + 1))) if so_far > 1 else tuple(facts)


def _remembered(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    at = _start(call)
    talked = talk_time(call)
    outcome = one_line(call.disposed_as, 60) or (
        words.OWED if call.owes_disposition else _state(call).headline
    )
    parts = (times.when(at, now, zone) if at else "", outcome, times.duration(talked) if talked else "")
    return "  ·  ".join(part for part in parts if part)


def _start(call: MyCall) -> datetime | None:
    return call.rang_at or call.answered_at or call.ended_at or call.heard_at


def _buttons(call: MyCall, caller: CallerModel, now: datetime) -> tuple[Button, ...]:
    copy = (Button(CardAction.COPY_NUMBER, words.COPY_NUMBER),) if caller.copyable else ()
    note = Button(CardAction.ADD_NOTE, words.ADD_NOTE, words.NOTE_HINT, primary=True)
    over = Button(CardAction.CLOSE_CALL, words.CALL_IS_OVER, words.CALL_IS_OVER_HELP)
    match call.state:
        case LegState.CONNECTED:
            return (note, *copy, over)
        case LegState.RINGING if not call.late:
            since = _since(call)
            return (note, *copy, over) if since and now - since > STUCK else (note, *copy)
        case _ if _state(call).tone is Tone.ALERT:
            return (Button(CardAction.DISMISS, words.GOT_IT, primary=True), *copy)
        case _:
            return ()
