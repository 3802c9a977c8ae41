"""What can be asked of relay and provider about a call, and how far it came.

Nothing is offered that the relay has not said it can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL
from cti_desktop.core.links import host_of
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line
from cti_desktop.desktop.replies import LATE, LOST, OFFLINE
from cti_desktop.desktop.screen import Reply, ReplyState, Situation
from cti_desktop.desktop.viewmodels.words import callers, times
from cti_desktop.desktop.viewmodels.words import services as words

_BY_CODE: Final = {
    OFFLINE: lambda: words.OFFLINE,
    "forbidden": lambda: words.FORBIDDEN,
    "not_configured": lambda: words.NOT_CONFIGURED,
    "vendor": lambda: words.VENDOR_DOWN,
    "auth": lambda: words.VENDOR_REFUSES,
    "forgotten": lambda: words.FORGOTTEN,
    "not_yours": lambda: words.NOT_YOURS,
    "busy": lambda: words.BUSY,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One of them. `takes_back`: what it led to is put away. `waits`: it is being asked just now."""

    what: str
    label: str
    help: str = ""
    takes_back: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True)
class ServicesModel:
    """`said` is how far the latest wish came; `is_trouble`: it was not done."""

    call_id: str
    offers: tuple[Offer, ...] = ()
    said: str = ""
    is_trouble: bool = False


def services_model(call: MyCall, situation: Situation, zone: tzinfo | None = None) -> ServicesModel | None:
    """What is offered for `call`; None for nothing, and nothing to tell."""
    offers = tuple(_offers(call, situation))
    replies = [r for what in (REVEAL, DIAL, RECORDING) if (r := situation.replies.get((call.id, what)))]
    latest = max(replies, key=lambda reply: reply.until, default=None)
    if latest is None:
        return ServicesModel(call.id, offers) if offers else None
    said = _said(latest, situation, zone)
    trouble = latest.state is ReplyState.FAILED or (latest.errand.what == RECORDING and said == words.UNSAFE)
    return ServicesModel(call.id, offers, said, trouble)


def revealed_number(call: MyCall, situation: Situation) -> str:
    """The number behind the mask, while the agent may read it."""
    reply = situation.replies.get((call.id, REVEAL))
    return reply.text if reply is not None and reply.state is ReplyState.DONE else ""


def trouble_of(reply: Reply) -> str:
    """Why it was not done: what that means, and what to do."""
    what, code = reply.errand.what, reply.code
    if code in (LOST, LATE):
        ringing = {LOST: words.LOST_CALL, LATE: words.LATE_CALL}
        again = {LOST: words.LOST, LATE: words.LATE}
        return (ringing if what == DIAL else again)[code]
    if code == "missing" and what in (DIAL, RECORDING):
        return words.NO_PHONE if what == DIAL else words.NO_RECORDING
    if code == "unknown" and what.startswith("contact."):
        return words.CHANGED
    found = _BY_CODE.get(code)
    return found() if found else words.refused(one_line(reply.text, 160))


def _offers(call: MyCall, situation: Situation) -> Iterator[Offer]:
    can, caller = situation.policy.errands, call.info.caller
    hidden = caller.number is None and caller.masked is not None

    def waits(what: str) -> bool:
        reply = situation.replies.get((call.id, what))
        return reply is not None and reply.state is ReplyState.UNDER_WAY

    if REVEAL in can and hidden:
        if revealed_number(call, situation):
            yield Offer(REVEAL, words.HIDE_NUMBER, takes_back=True)
        else:
            yield Offer(REVEAL, words.SHOW_NUMBER, words.SHOW_NUMBER_HELP, waits=waits(REVEAL))
    if DIAL in can and not call.is_open and (hidden or caller.number is not None):
        yield Offer(DIAL, words.CALL_BACK, words.CALL_BACK_HELP, waits=waits(DIAL))
    if RECORDING in can and not call.is_open and call.info.recording:
        yield Offer(RECORDING, words.RECORDING, words.RECORDING_HELP, waits=waits(RECORDING))


def _said(reply: Reply, situation: Situation, zone: tzinfo | None) -> str:
    what = reply.errand.what
    match reply.state:
        case ReplyState.UNDER_WAY:
            return {REVEAL: words.REVEALING, DIAL: words.DIALLING, RECORDING: words.FETCHING}[what]
        case ReplyState.FAILED:
            return trouble_of(reply)
        case ReplyState.DONE if what == REVEAL:
            who = one_line(situation.agent.name, 60) if situation.agent else callers.YOU
            return words.revealed(who, times.when(reply.at or situation.now, situation.now, zone))
        case ReplyState.DONE if what == RECORDING:
            host = host_of(reply.text)
            return words.opened(host) if host else words.UNSAFE
        case _:
            return words.DIALLED
