"""The main window: connection, notices, the day with its figures, what is owed, promised, found, unsent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import Notice, NoticeCode, Situation
from cti_desktop.desktop.viewmodels.card import Tone
from cti_desktop.desktop.viewmodels.connection import ConnectionModel, connection_model
from cti_desktop.desktop.viewmodels.day import FoundModel, found_model
from cti_desktop.desktop.viewmodels.figures import Figures, figures, of_today
from cti_desktop.desktop.viewmodels.rows import Row, call_row, follow_up_row, owed_row, unsent_row
from cti_desktop.desktop.viewmodels.signin import SignInModel, sign_in_model
from cti_desktop.desktop.viewmodels.words import windows as words

_TONES: Final = {
    NoticeCode.NOT_WRITTEN: Tone.ALERT,
    NoticeCode.SET_ASIDE: Tone.ALERT,
    NoticeCode.DIAGNOSTICS: Tone.GOOD,
}


@dataclass(frozen=True, slots=True)
class NoticeModel:
    """`code` is what a `DismissNotice` takes. The tone is alert where something can be lost."""

    code: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class WindowModel:
    """Everything in the main window."""

    agent: str
    relay: str
    connection: ConnectionModel
    sign_in: SignInModel | None
    notices: tuple[NoticeModel, ...]
    today: tuple[Row, ...]
    figures: Figures
    to_do: tuple[Row, ...]
    follow_ups: tuple[Row, ...]
    due: int
    found: FoundModel
    outbox: tuple[Row, ...]


def window_model(situation: Situation, zone: tzinfo | None = None) -> WindowModel:
    """The main window; lists are newest first, what is owed or promised oldest first."""
    now, calls = situation.now, {call.id: call for call in situation.calls}
    todays = of_today(situation.calls, now, zone)
    promised = sorted((c for c in situation.calls if c.owes_follow_up), key=lambda call: _due_at(call, now))
    return WindowModel(
        agent=one_line(situation.agent.name, 80) if situation.agent else "",
        relay=one_line(situation.relay_url, 120),
        connection=connection_model(situation),
        sign_in=sign_in_model(situation),
        notices=tuple(_notice(notice) for notice in situation.notices),
        today=tuple(call_row(call, situation, zone) for call in reversed(todays)),
        figures=figures(todays, situation.catalogue),
        to_do=tuple(owed_row(call, situation, zone) for call in situation.calls if call.owes_disposition),
        follow_ups=tuple(follow_up_row(call, situation, zone) for call in promised),
        due=sum(call.is_due(now) for call in promised),
        found=found_model(situation, zone),
        outbox=tuple(unsent_row(item, calls, situation, zone) for item in situation.outbox),
    )


def _due_at(call: MyCall, now: datetime) -> datetime:
    return call.remind_at or call.follow_up_at or now


def _notice(notice: Notice) -> NoticeModel:
    text = words.notice(notice.code, one_line(notice.detail), notice.count)
    return NoticeModel(notice.code.value, text, _TONES.get(notice.code, Tone.WARN))
