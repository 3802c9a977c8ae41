"""The connection in words, for the tray and the main window. Never alarming without a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Final, assert_never

from cti_desktop.desktop.screen import (
    Connecting,
    Online,
    OutboxState,
    SignedOut,
    SigningIn,
    Situation,
    StoodBy,
    Waiting,
)
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.viewmodels.veil import is_private
from cti_desktop.desktop.viewmodels.words import links as words
from cti_desktop.desktop.viewmodels.words import pops, preferences

# A short break is no news: until then it reads "Reconnecting".
OFFLINE_AFTER: Final = timedelta(seconds=20)
# A clock that is off by less hurts nobody.
WRONG_CLOCK: Final = timedelta(minutes=2)


class Health(Enum):
    """The states that the tray icon shows."""

    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"


class LinkAction(Enum):
    """What the agent can do about the connection."""

    RETRY = "retry"
    USE_THIS_ONE = "use_this_one"


@dataclass(frozen=True, slots=True)
class ConnectionModel:
    """`tooltip` holds our own words and figures only: some trays render markup.

    `privacy`: why callers are hidden, or that others see them.
    """

    health: Health
    headline: str
    detail: str
    tooltip: str
    owed: int
    waiting: int
    parked: int
    action: LinkAction | None = None
    action_label: str = ""
    is_private: bool = False
    privacy: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    health: Health
    headline: str
    detail: str
    action: LinkAction | None = None


def connection_model(situation: Situation) -> ConnectionModel:
    """What to say of the link at `situation.now`."""
    waiting = sum(item.state is OutboxState.WAITING for item in situation.outbox)
    parked = sum(item.state is OutboxState.PARKED for item in situation.outbox)
    owed = sum(call.owes_disposition for call in situation.calls)
    said = _words(situation, waiting, parked)
    figures = situation.latency
    speed = preferences.latency(pops.pops_today(figures.count, figures.whole.p50, figures.whole.p95))
    privacy = _privacy(situation)
    more = (privacy, words.owed(owed), words.waiting(waiting), words.parked(parked), speed)
    first = f"{words.APP} – {said.headline}"
    return ConnectionModel(
        health=said.health,
        headline=said.headline,
        detail=said.detail,
        tooltip="\n".join((first, *(line for line in more if line))),
        owed=owed,
        waiting=waiting,
        parked=parked,
        action=said.action,
        action_label=_label(said.action),
        is_private=is_private(situation),
        privacy=privacy,
    )


def _privacy(situation: Situation) -> str:
    if situation.sharing is Sharing.REVEALED and not is_private(situation):
        return preferences.REVEALED
    if situation.sharing is Sharing.HIDDEN:
        return preferences.PRIVATE_WHILE_SHARED
    return preferences.PRIVATE if is_private(situation) else ""


def _label(action: LinkAction | None) -> str:
    match action:
        case LinkAction.RETRY:
            return words.RETRY
        case LinkAction.USE_THIS_ONE:
            return words.USE_THIS_ONE
        case None:
            return ""


def _words(situation: Situation, waiting: int, parked: int) -> _Words:
    match situation.link:
        case Online(caught_up=True):
            clock = words.clock_wrong(skew) if abs(skew := situation.clock_skew) > WRONG_CLOCK else ""
            detail = words.open_matters(waiting, parked) or clock or words.READY
            return _Words(Health.CONNECTED, words.CONNECTED, detail)
        case Online():
            return _Words(Health.CONNECTED, words.CATCHING_UP, words.CATCHING_UP_DETAIL)
        case Connecting():
            return _Words(Health.RECONNECTING, words.CONNECTING, words.waiting(waiting))
        case Waiting() as link:
            return _broken(link, situation, waiting)
        case SigningIn(leaves=leaves):
            return _Words(Health.RECONNECTING, words.SIGNING_OUT if leaves else words.SIGNING_IN, "")
        case SignedOut():
            return _Words(Health.SIGNED_OUT, words.SIGNED_OUT, words.SIGN_IN_TO_SEE)
        case StoodBy():
            return _Words(Health.OFFLINE, words.STOOD_BY, words.STOOD_BY_DETAIL, LinkAction.USE_THIS_ONE)
        case _ as never:
            assert_never(never)


def _broken(link: Waiting, situation: Situation, waiting: int) -> _Words:
    lasting = situation.now - link.since
    next_try = words.next_try(link.retry_at - situation.now)
    why = words.reason_with(link.trouble, link.detail)
    if lasting < OFFLINE_AFTER:
        return _Words(
            Health.RECONNECTING, words.RECONNECTING, f"{why} {words.sentence(next_try)}", LinkAction.RETRY
        )
    headline = f"{words.OFFLINE} {words.since(lasting)}"
    detail = f"{why} {words.sentence(next_try)} {words.saved_here(waiting)}"
    return _Words(Health.OFFLINE, headline, detail, LinkAction.RETRY)
