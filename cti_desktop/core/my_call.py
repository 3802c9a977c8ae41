"""One of my calls, and how each event moves it on. Pure values: a new one for every change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, assert_never

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import EDIT_GRACE, EDIT_WINDOW, Disposition, Draft
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    CallEvent,
    CallInfo,
    CallRang,
    CallUpdated,
)
from cti_desktop.core.lifecycle import LegState, Signal, next_state
from cti_desktop.core.report import Direction, is_recovered

# A ring older than this is history, not news.
MAX_RING_AGE: Final = timedelta(seconds=60)
# A missed call of longer ago is found in the list; it isn't pushed at the agent.
MISSED_NEWS: Final = timedelta(hours=12)
# Without news for this long, a call's end is taken to be lost. The relay's own watch is meant to be first.
RING_TIMEOUT: Final = timedelta(minutes=4)
TALK_TIMEOUT: Final = timedelta(hours=6)
# A disposition owed for longer than this waits in the list; it isn't pushed at the agent.
STALE_PROMPT_AGE: Final = timedelta(hours=8)

_PATIENCE: Final = {LegState.RINGING: RING_TIMEOUT, LegState.CONNECTED: TALK_TIMEOUT}


@dataclass(frozen=True, slots=True)
class MyCall:
    """One of my calls. Times are by the relay's clock."""

    info: CallInfo
    state: LegState = LegState.NEW
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    heard_at: datetime | None = None
    # Whether its card is up, and whether the agent took it down.
    shown: bool = False
    dismissed: bool = False
    snoozed: bool = False
    # Learned of too late to pop: its card says that it was missed.
    late: bool = False
    draft: Draft = Draft()
    # What the call was disposed as, and where; empty while it is owed or nothing is.
    disposed_as: str = ""
    disposed_via: str = ""
    disposed_at: datetime | None = None
    disposed_notes: str = ""
    # What this desktop saved last, and whether the agent is about to replace it by another version.
    saved: Disposition | None = None
    correcting: bool = False
    # While put aside: when to ask again by itself. While asked: when the time for it is over.
    snoozed_until: datetime | None = None
    wrap_up_until: datetime | None = None
    # The promised call back; `remind_at` is None once it has been made.
    follow_up_at: datetime | None = None
    remind_at: datetime | None = None
    # Whether the caller's page was opened by itself: never twice, after a restart neither.
    page_opened: bool = False

    @property
    def id(self) -> str:
        """The call's id."""
        return self.info.call_id

    @property
    def owes_disposition(self) -> bool:
        """Whether the agent still has to say how it went."""
        return self.state is LegState.WRAP_UP

    @property
    def is_asked(self) -> bool:
        """Whether its prompt belongs on the screen."""
        return self.correcting or (self.owes_disposition and not self.snoozed)

    @property
    def owes_follow_up(self) -> bool:
        """Whether a promised call back has still to be made."""
        return self.remind_at is not None

    def may_be_corrected(self, now: datetime) -> bool:
        """Whether its outcome is so new that another version may be begun."""
        return (
            bool(self.disposed_as) and self.disposed_at is not None and now - self.disposed_at <= EDIT_WINDOW
        )

    def correction_is_late(self, now: datetime) -> bool:
        """Whether a correction that was begun in time took too long."""
        return self.disposed_at is not None and now - self.disposed_at > EDIT_WINDOW + EDIT_GRACE

    def is_due(self, now: datetime) -> bool:
        """Whether the promised call back should be made now."""
        return self.remind_at is not None and self.remind_at <= now

    @property
    def is_open(self) -> bool:
        """Whether it rings or I talk."""
        return self.state in (LegState.RINGING, LegState.CONNECTED)

    def deserves_pop(self, now: datetime) -> bool:
        """Whether the agent should see it now: I am in it, or it rings and is news."""
        if self.state is LegState.CONNECTED:
            return True
        since = min((t for t in (self.rang_at, self.heard_at) if t is not None), default=now)
        return self.state is LegState.RINGING and now - since <= MAX_RING_AGE

    @property
    def was_missed(self) -> bool:
        """Whether a caller reached nobody: not me, and no colleague."""
        reached_nobody = self.info.reason in (EndReason.MISSED, EndReason.VOICEMAIL)
        incoming = self.info.direction is Direction.INCOMING
        taken = self.info.answered_by is not None or bool(self.disposed_as)
        return self.state is LegState.CLOSED and reached_nobody and incoming and not taken

    @property
    def is_news_only(self) -> bool:
        """Whether nothing of it goes on for me: it rang too long ago, or nobody knows how it ended."""
        lost = self.state is LegState.CLOSED and self.info.reason in (None, EndReason.UNKNOWN)
        return self.state is LegState.RINGING or lost or self.was_missed

    @property
    def stays_up(self) -> bool:
        """Whether its card outlives a restart: a missed call stays until it is seen."""
        return self.shown and self.was_missed

    def deserves_card(self, now: datetime) -> bool:
        """Whether it pops, or came too late for that and the agent must learn of it all the same."""
        if self.deserves_pop(now):
            return True
        incoming = self.info.direction is Direction.INCOMING
        news = self.was_missed or (self.state is LegState.RINGING and incoming)
        since = self.ended_at or self.rang_at or self.heard_at or now
        return news and not self.shown and not self.dismissed and now - since <= MISSED_NEWS

    def popped(self, now: datetime) -> MyCall:
        """The call with its card up: as a pop, or as something that was missed."""
        late = not self.deserves_pop(now) and (self.was_missed or self.state is LegState.RINGING)
        return replace(self, shown=True, dismissed=False, late=late)

    def shown_as(self, was: MyCall, now: datetime, *, pops: bool) -> MyCall:
        """The call popped, or on the screen as it `was`."""
        return self.popped(now) if pops else replace(self, shown=was.shown, dismissed=was.dismissed)

    def is_stale_prompt(self, now: datetime) -> bool:
        """Whether its end is too long ago to push the question at the agent."""
        return self.ended_at is not None and now - self.ended_at > STALE_PROMPT_AGE

    def is_overdue(self, now: datetime) -> bool:
        """Whether its end must have been lost."""
        patience = _PATIENCE.get(self.state)
        return patience is not None and self.heard_at is not None and now - self.heard_at > patience

    def has_moved_on_from(self, event: CallEvent) -> bool:
        """Whether `event` is of a part of mine that a later part of the same call has replaced."""
        other_leg = event.info.leg != self.info.leg and self.state is not LegState.NEW
        return other_leg and isinstance(event, CallEnded | CallUpdated)

    def means_nothing(self, event: CallEvent) -> bool:
        """Whether `event` changes nothing here: an outcome makes no call that was never heard of."""
        unheard = self.heard_at is None and isinstance(event, CallDisposed)
        return unheard or self.has_moved_on_from(event)

    def after(self, event: CallEvent) -> MyCall:
        """The call after `event`, whose info replaces what was known."""
        if isinstance(event, CallDisposed):
            return replace(self, heard_at=event.received_at).told(event)
        call = self
        if event.info.leg != self.info.leg:  # my phone rings again within the same call
            call = MyCall(
                event.info,
                draft=self.draft,
                follow_up_at=self.follow_up_at,
                remind_at=self.remind_at,
                page_opened=self.page_opened,
            )
        state = _moved(call, event)
        call = replace(call, info=event.info, heard_at=event.received_at, state=state)
        return _settled(_STAMPS[type(event)](call, event))

    def given_up(self, now: datetime) -> MyCall:
        """The call without waiting for its end any longer."""
        info = replace(self.info, reason=self.info.reason or EndReason.UNKNOWN)
        state = next_state(self.state, Signal.GIVEN_UP)
        return _settled(replace(self, info=info, state=state, ended_at=self.ended_at or now))

    def disposed(self, label: str, via: str, at: datetime | None = None, notes: str = "") -> MyCall:
        """The call with its outcome recorded; the conversation may go on."""
        state = next_state(self.state, Signal.DISPOSED)
        call = replace(self, state=state, disposed_as=label, disposed_via=via)
        call = replace(call, disposed_at=at, disposed_notes=notes)
        return replace(call, snoozed=False, snoozed_until=None, wrap_up_until=None, correcting=False)

    def saved_as(self, disposition: Disposition, label: str, via: str) -> MyCall:
        """The call with what the agent saved here; its follow-up replaces any earlier one."""
        call = self.disposed(label, via, disposition.saved_at, disposition.notes)
        return replace(call.promised(disposition.follow_up_at), draft=Draft(), saved=disposition)

    def promised(self, at: datetime | None) -> MyCall:
        """The call with this time for calling back; one that was dealt with already stays so."""
        if at == self.follow_up_at:
            return self
        return replace(self, follow_up_at=at, remind_at=at)

    def told(self, event: CallDisposed) -> MyCall:
        """The outcome as the relay tells it, unless it is an older version of what was saved here."""
        if event.via != "provider" and self.disposed_at is not None and event.at < self.disposed_at:
            return self
        # The provider's panel knows of no promises; what a desktop saved has one, or has none any more.
        knows = event.via != "provider" or event.follow_up_at is not None
        call = self.promised(event.follow_up_at) if knows else self
        via = self.disposed_via if self.saved and self.saved.id == event.disposition_id else event.via
        mine = call.disposed(event.label, via, event.at, event.notes)
        # The agent is about to save another version: what comes back is the one before.
        return replace(mine, correcting=self.correcting and event.via != "provider")


def _moved(call: MyCall, event: CallEvent) -> LegState:
    signal = _signal_of(event)
    if signal is None or (call.disposed_as and call.state is LegState.CLOSED):
        return call.state
    return next_state(call.state, signal)


def _signal_of(event: CallEvent) -> Signal | None:
    match event:
        case CallRang():
            return Signal.RANG
        case CallAnswered():
            return Signal.ANSWERED
        case CallEnded():
            return Signal.HUNG_UP if event.info.reason is EndReason.HUNG_UP else Signal.NOT_TALKED
        case CallUpdated():
            return Signal.HUNG_UP if event.info.reason is EndReason.HUNG_UP else None
        case CallDisposed():
            return Signal.DISPOSED
        case _:
            assert_never(event)


def _settled(call: MyCall) -> MyCall:
    """A conversation that was disposed of while it lasted owes nothing when it ends."""
    if call.disposed_as and call.state is LegState.WRAP_UP:
        return replace(call, state=LegState.CLOSED)
    return call


def _at(event: CallEvent) -> datetime:
    """When it happened; no later than it was told: a provider whose clock is ahead would stop our timers."""
    return min(event.at, event.received_at)


def _rang(call: MyCall, event: CallEvent) -> MyCall:
    return replace(call, rang_at=call.rang_at or _at(event))


def _answered(call: MyCall, event: CallEvent) -> MyCall:
    return replace(call, answered_at=call.answered_at or _at(event))


def _ended(call: MyCall, event: CallEvent) -> MyCall:
    # One that was found afterwards waits in the list: it is not what the agent does now.
    return replace(call, ended_at=_at(event), snoozed=call.snoozed or is_recovered(call.id))


def _unstamped(call: MyCall, _event: CallEvent) -> MyCall:
    return call


_STAMPS: Final[Mapping[type, Callable[[MyCall, CallEvent], MyCall]]] = {
    CallRang: _rang,
    CallAnswered: _answered,
    CallEnded: _ended,
    CallUpdated: _unstamped,
}
