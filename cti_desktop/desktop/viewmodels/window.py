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
