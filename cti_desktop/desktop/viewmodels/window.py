"""The main window: connection, notices, calls of the last days, owed dispositions, what waits to be sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import Enum
from typing import Final

from cti_desktop.core.intents import OpenPrompt, ShowCard
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.intents import AnyIntent, EditParked
from cti_desktop.desktop.screen import Notice, NoticeCode, OutboxItem, OutboxState, Situation
from cti_desktop.desktop.viewmodels.caller import CallerModel, caller_model
from cti_desktop.desktop.viewmodels.card import Tone, card_model, talk_time
from cti_desktop.desktop.viewmodels.connection import ConnectionModel, connection_model
from cti_desktop.desktop.viewmodels.signin import SignInModel, sign_in_model
from cti_desktop.desktop.viewmodels.words import calls as call_words
from cti_desktop.desktop.viewmodels.words import times
from cti_desktop.desktop.viewmodels.words import windows as words

MAX_RECENT: Final = 200


class Badge(Enum):
    """How a row's badge should feel."""

    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"
    ALERT = "alert"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list. `opens` is what Enter or a double click on it means; None: nothing."""

    key: str
    caller: CallerModel
    detail: str
    time: str
    badge: str = ""
    badge_tone: Badge = Badge.PLAIN
    opens: AnyIntent | None = None
    opens_label: str = ""
    discards: str = ""

    @property
    def spoken(self) -> str:
        """The row for a screen reader."""
        return ", ".join(part for part in (self.caller.brief, self.badge, self.detail, self.time) if part)


@dataclass(frozen=True, slots=True)
class NoticeModel:
    """`code` is what a `DismissNotice` takes. `serious`: something can be lost."""

    code: str
    text: str
    serious: bool


@dataclass(frozen=True, slots=True)
class WindowModel:
    """Everything in the main window."""

    agent: str
    relay: str
    connection: ConnectionModel
    sign_in: SignInModel | None
    notices: tuple[NoticeModel, ...]
    recent: tuple[Row, ...]
    to_do: tuple[Row, ...]
    outbox: tuple[Row, ...]


def window_model(situation: Situation, zone: tzinfo | None = None) -> WindowModel:
    """The main window; lists are newest first, what is owed oldest first."""
    calls = {call.id: call for call in situation.calls}
    return WindowModel(
        agent=one_line(situation.agent.name, 80) if situation.agent else "",
        relay=one_line(situation.relay_url, 120),
        connection=connection_model(situation),
        sign_in=sign_in_model(situation),
        notices=tuple(_notice(notice) for notice in situation.notices),
        recent=tuple(_recent(c, situation, zone) for c in reversed(situation.calls[-MAX_RECENT:])),
        to_do=tuple(_owed(c, situation.now, zone) for c in situation.calls if c.owes_disposition),
        outbox=tuple(_unsent(item, calls, situation, zone) for item in situation.outbox),
    )


def _notice(notice: Notice) -> NoticeModel:
    serious = notice.code in (NoticeCode.NOT_WRITTEN, NoticeCode.SET_ASIDE)
    return NoticeModel(notice.code.value, words.notice(notice.code, one_line(notice.detail)), serious)


def _recent(call: MyCall, situation: Situation, zone: tzinfo | None) -> Row:
    caller = caller_model(call.info.caller)
    badge, tone = _outcome(call, situation, zone)
    opens, label = _opening(call)
    talked = talk_time(call)
    queue = one_line(call.info.queue, 60) if call.info.queue else ""
    detail = (caller.number, queue, times.duration(talked) if talked else "")
    return Row(
        key=call.id,
        caller=caller,
        detail="  ·  ".join(part for part in detail if part),
        time=_when(call, situation.now, zone),
        badge=badge,
        badge_tone=tone,
        opens=opens,
        opens_label=label,
    )


def _outcome(call: MyCall, situation: Situation, zone: tzinfo | None) -> tuple[str, Badge]:
    if call.disposed_as:
        return one_line(call.disposed_as, 60), Badge.GOOD
    if call.owes_disposition:
        return words.OWED, Badge.WARN
    card = card_model(call, situation, zone)
    if call.state in (LegState.RINGING, LegState.CONNECTED):
        return card.headline, Badge.LIVE
    return card.headline, Badge.ALERT if card.tone is Tone.ALERT else Badge.PLAIN


def _opening(call: MyCall) -> tuple[AnyIntent | None, str]:
    if call.owes_disposition:
        return OpenPrompt(call.id), words.ENTER_OUTCOME
    if call.state in (LegState.RINGING, LegState.CONNECTED):
        return ShowCard(call.id), ""
    return None, ""


def _owed(call: MyCall, now: datetime, zone: tzinfo | None) -> Row:
    caller = caller_model(call.info.caller)
    talked = talk_time(call)
    draft = one_line(call.draft.notes, 80)
    detail = (caller.number, times.duration(talked) if talked else "", draft)
    return Row(
        key=call.id,
        caller=caller,
        detail="  ·  ".join(part for part in detail if part),
        time=_when(call, now, zone),
        badge=words.OWED,
        badge_tone=Badge.WARN,
        opens=OpenPrompt(call.id),
        opens_label=words.ENTER_OUTCOME,
    )


def _unsent(item: OutboxItem, calls: dict[str, MyCall], situation: Situation, zone: tzinfo | None) -> Row:
    disposition = item.disposition
    call = calls.get(disposition.call_id)
    parked = item.state is OutboxState.PARKED
    label = one_line(situation.catalogue.label_of(disposition.code, disposition.sub_code), 80)
    why = one_line(item.message, 160) if parked else one_line(disposition.notes, 80)
    return Row(
        key=disposition.id,
        caller=caller_model(call.info.caller) if call else _FORGOTTEN,
        detail="  ·  ".join(part for part in (label, why) if part),
        time=times.when(disposition.saved_at, situation.now, zone),
        badge=words.REFUSED if parked else words.WAITING,
        badge_tone=Badge.ALERT if parked else Badge.PLAIN,
        opens=EditParked(disposition.id) if parked else None,
        opens_label=words.EDIT if parked else "",
        discards=disposition.id if parked else "",
    )


def _when(call: MyCall, now: datetime, zone: tzinfo | None) -> str:
    at = call.rang_at or call.answered_at or call.heard_at
    return times.when(at, now, zone) if at else ""


_FORGOTTEN: Final = CallerModel(call_words.ENDED, "", "", "", 0, "", "")
