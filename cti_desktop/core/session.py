"""An agent's calls as one desktop knows them: events and intents in, commands out.

Owns when a card pops, when a prompt asks, and what must be remembered. Performs nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, assert_never

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Catalogue, Disposition, Draft, Problem, problems
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    CallEvent,
    CallInfo,
    CallRang,
    CallUpdated,
)
from cti_desktop.core.intents import (
    CloseCall,
    DismissCard,
    EditDraft,
    Intent,
    OpenPrompt,
    ShowCard,
    SnoozePrompt,
    SubmitDraft,
)
from cti_desktop.core.lifecycle import LegState, Signal, next_state

# A ring older than this is history, not news.
MAX_RING_AGE: Final = timedelta(seconds=60)
# Without news for this long, a call's end is taken to be lost. The relay's own watch is meant to be first.
RING_TIMEOUT: Final = timedelta(minutes=4)
TALK_TIMEOUT: Final = timedelta(hours=6)
# A disposition owed for longer than this waits in the list; it isn't pushed at the agent.
STALE_PROMPT_AGE: Final = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class MyCall:
    """One of my calls. Times are by the relay's clock."""

    info: CallInfo
    state: LegState = LegState.NEW
    rang_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    heard_at: datetime | None = None
    shown: bool = False
    snoozed: bool = False
    draft: Draft = Draft()
    # What the call was disposed as, and where; empty while it is owed or nothing is.
    disposed_as: str = ""
    disposed_via: str = ""

    @property
    def id(self) -> str:
        """The call's id."""
        return self.info.call_id

    @property
    def owes_disposition(self) -> bool:
        """Whether the agent still has to say how it went."""
        return self.state is LegState.WRAP_UP


@dataclass(frozen=True, slots=True)
class ShowPop:
    """Show the card of a call, without taking the keyboard."""

    call_id: str


@dataclass(frozen=True, slots=True)
class RefreshPop:
    """The call changed: a card that is on the screen must follow. It may linger a moment."""

    call_id: str


@dataclass(frozen=True, slots=True)
class HidePop:
    """Take the card off the screen at once."""

    call_id: str


@dataclass(frozen=True, slots=True)
class PromptDisposition:
    """Ask for the call's disposition; behind the prompts that are already open."""

    call_id: str


@dataclass(frozen=True, slots=True)
class WithdrawPrompt:
    """The prompt is no longer needed, or put aside."""

    call_id: str


@dataclass(frozen=True, slots=True)
class ExplainDraft:
    """The draft can't be saved yet: say beside each field why."""

    call_id: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Remember:
    """Store the call as it now is. Comes before every other command that the same change led to."""

    call: MyCall


@dataclass(frozen=True, slots=True)
class SaveDisposition:
    """Commit the disposition to the outbox, together with the call as `Remember` gives it."""

    disposition: Disposition


Command = (
    Remember
    | SaveDisposition
    | ShowPop
    | RefreshPop
    | HidePop
    | PromptDisposition
    | WithdrawPrompt
    | ExplainDraft
)


@dataclass(slots=True)
class Session:
    """The agent's calls in the order in which they were first heard of."""

    catalogue: Catalogue = Catalogue()
    calls: dict[str, MyCall] = field(default_factory=dict)

    @property
    def prompts(self) -> list[MyCall]:
        """Calls whose disposition is asked for now, oldest first."""
        return [c for c in self.owed if not c.snoozed]

    @property
    def owed(self) -> list[MyCall]:
        """All calls that still need a disposition, oldest first; put-aside ones included."""
        return [c for c in self.calls.values() if c.owes_disposition]

    def restore(self, calls: Iterable[MyCall]) -> list[Command]:
        """Take up what an earlier run remembered. Cards of conversations and owed prompts come back."""
        self.calls = {call.id: replace(call, shown=False) for call in calls}
        return [PromptDisposition(call.id) for call in self.prompts]

    def handle(self, event: CallEvent | Intent, now: datetime, *, replayed: bool = False) -> list[Command]:
        """What `event` leads to. While `replayed`, nothing pops or asks until `caught_up`."""
        match event:
            case CallRang() | CallAnswered() | CallEnded() | CallUpdated() | CallDisposed():
                return self._on_call_event(event, now, replayed=replayed)
            case _:
                return self._on_intent(event, now)

    def caught_up(self, now: datetime) -> list[Command]:
        """The replay is over: show what is still going on and fresh enough to matter."""
        for call in [c for c in self.prompts if _is_stale_prompt(c, now)]:
            self._keep(replace(call, snoozed=True))
        open_calls = [c for c in self.calls.values() if not c.shown and _deserves_pop(c, now)]
        shown = [self._keep(replace(c, shown=True)) for c in open_calls]
        pops: list[Command] = [command for call in shown for command in (Remember(call), ShowPop(call.id))]
        return [*pops, *(PromptDisposition(call.id) for call in self.prompts)]

    def tick(self, now: datetime) -> list[Command]:
        """Give up calls whose end is overdue. Call it every few seconds."""
        overdue = [c for c in self.calls.values() if _is_overdue(c, now)]
        return [command for call in overdue for command in self._give_up(call, now)]

    def reset_to(self, open_calls: Iterable[CallEvent], now: datetime) -> list[Command]:
        """The relay can't replay: `open_calls` is all that goes on. The rest is over, end unknown."""
        events = list(open_calls)
        still_open = {e.info.call_id for e in events}
        lost = [c for c in self.calls.values() if _is_open(c) and c.id not in still_open]
        commands = [command for call in lost for command in self._give_up(call, now)]
        for event in events:
            commands += self.handle(event, now, replayed=True)
        return commands

    def forget_before(self, moment: datetime) -> list[str]:
        """Drop closed calls that were last heard of before `moment`; returns their ids."""
        old = [
            c.id
            for c in self.calls.values()
            if c.state is LegState.CLOSED and (c.heard_at or moment) < moment
        ]
        for call_id in old:
            del self.calls[call_id]
        return old

    def _on_call_event(self, event: CallEvent, now: datetime, *, replayed: bool) -> list[Command]:
        was = self.calls.get(event.info.call_id, MyCall(event.info))
        if _is_older_leg(was, event):
            return []
        call = _advance(was, event)
        arrived = call.state is not was.state
        pops = arrived and not replayed and _deserves_pop(call, now)
        call = self._keep(replace(call, shown=was.shown or pops))
        commands = [Remember(call), *_visible_commands(was, call, pops=pops)]
        return [c for c in commands if not (replayed and isinstance(c, PromptDisposition))]

    def _on_intent(self, intent: Intent, now: datetime) -> list[Command]:
        call = self.calls.get(intent.call_id)
        if call is None:
            return []
        match intent:
            case DismissCard():
                return [Remember(self._keep(replace(call, shown=False))), HidePop(call.id)]
            case ShowCard():
                return [Remember(self._keep(replace(call, shown=True))), ShowPop(call.id)]
            case CloseCall():
                return self._give_up(call, now)
            case EditDraft():
                return [Remember(self._keep(replace(call, draft=intent.draft)))]
            case SubmitDraft():
                return self._submit(call, intent, now)
            case SnoozePrompt():
                return [Remember(self._keep(replace(call, snoozed=True))), WithdrawPrompt(call.id)]
            case OpenPrompt():
                return self._open_prompt(call)
            case _:
                assert_never(intent)

    def _submit(self, call: MyCall, intent: SubmitDraft, now: datetime) -> list[Command]:
        draft = intent.draft
        call = self._keep(replace(call, draft=draft))
        if not call.owes_disposition:
            return [Remember(call), WithdrawPrompt(call.id)]
        found = problems(draft, self.catalogue, now)
        if found or draft.code is None:
            return [Remember(call), ExplainDraft(call.id, found)]
        disposition = Disposition(
            intent.disposition_id, call.id, draft.code, draft.sub_code, draft.notes, draft.follow_up_at, now
        )
        label = self.catalogue.label_of(draft.code, draft.sub_code)
        call = self._keep(_disposed(replace(call, draft=Draft()), label, "desktop"))
        return [Remember(call), SaveDisposition(disposition), WithdrawPrompt(call.id)]

    def _open_prompt(self, call: MyCall) -> list[Command]:
        if not call.owes_disposition:
            return []
        return [Remember(self._keep(replace(call, snoozed=False))), PromptDisposition(call.id)]

    def _give_up(self, call: MyCall, now: datetime) -> list[Command]:
        info = replace(call.info, reason=call.info.reason or EndReason.UNKNOWN)
        state = next_state(call.state, Signal.GIVEN_UP)
        if state is call.state:
            return []
        closed = self._keep(_settled(replace(call, info=info, state=state, ended_at=call.ended_at or now)))
        return [Remember(closed), *_visible_commands(call, closed, pops=False)]

    def _keep(self, call: MyCall) -> MyCall:
        self.calls[call.id] = call
        return call


def _advance(was: MyCall, event: CallEvent) -> MyCall:
    """The call after `event`; the event's info replaces what was known."""
    if isinstance(event, CallDisposed):
        return _disposed(replace(was, heard_at=event.received_at), event.label, event.via)
    call = was
    if event.info.leg != was.info.leg:  # my phone rings again within the same call
        call = MyCall(event.info, draft=was.draft)
    call = replace(call, info=event.info, heard_at=event.received_at)
    return _settled(_STAMPS[type(event)](replace(call, state=_moved(call, event)), event))


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


def _disposed(call: MyCall, label: str, via: str) -> MyCall:
    state = next_state(call.state, Signal.DISPOSED)
    return replace(call, state=state, disposed_as=label, disposed_via=via, snoozed=False)


def _rang(call: MyCall, event: CallEvent) -> MyCall:
    return replace(call, rang_at=call.rang_at or event.at)


def _answered(call: MyCall, event: CallEvent) -> MyCall:
    return replace(call, answered_at=call.answered_at or event.at)


def _ended(call: MyCall, event: CallEvent) -> MyCall:
    return replace(call, ended_at=event.at)


def _unstamped(call: MyCall, _event: CallEvent) -> MyCall:
    return call


_STAMPS: Final[Mapping[type, Callable[[MyCall, CallEvent], MyCall]]] = {
    CallRang: _rang,
    CallAnswered: _answered,
    CallEnded: _ended,
    CallUpdated: _unstamped,
}


def _visible_commands(was: MyCall, call: MyCall, *, pops: bool) -> list[Command]:
    """What the agent sees of a change."""
    commands: list[Command] = [ShowPop(call.id) if pops else RefreshPop(call.id)]
    if call.owes_disposition and not was.owes_disposition:
        commands.append(PromptDisposition(call.id))
    if was.owes_disposition and not call.owes_disposition:
        commands.append(WithdrawPrompt(call.id))
    return commands


def _is_older_leg(known: MyCall, event: CallEvent) -> bool:
    """News of a part of mine that a later part of the same call has replaced on the screen."""
    other_leg = event.info.leg != known.info.leg and known.state is not LegState.NEW
    return other_leg and isinstance(event, CallEnded | CallUpdated)


def _is_open(call: MyCall) -> bool:
    return call.state in (LegState.RINGING, LegState.CONNECTED)


def _deserves_pop(call: MyCall, now: datetime) -> bool:
    if call.state is LegState.CONNECTED:
        return True
    since = min((t for t in (call.rang_at, call.heard_at) if t is not None), default=now)
    return call.state is LegState.RINGING and now - since <= MAX_RING_AGE


def _is_stale_prompt(call: MyCall, now: datetime) -> bool:
    return call.ended_at is not None and now - call.ended_at > STALE_PROMPT_AGE


def _is_overdue(call: MyCall, now: datetime) -> bool:
    if call.heard_at is None:
        return False
    limit = {LegState.RINGING: RING_TIMEOUT, LegState.CONNECTED: TALK_TIMEOUT}.get(call.state)
    return limit is not None and now - call.heard_at > limit
