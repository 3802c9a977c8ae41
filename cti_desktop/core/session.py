"""An agent's calls as one desktop knows them: events and intents in, commands out.

Owns when a card pops, when a prompt asks, and what must be remembered. Performs nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from cti_desktop.core.commands import (
    Command,
    ExplainDraft,
    HidePop,
    PromptDisposition,
    RefreshPop,
    Remember,
    SaveDisposition,
    ShowPop,
    WithdrawPrompt,
)
from cti_desktop.core.disposition import Catalogue, Disposition, Draft, problems
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    CallEvent,
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
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall


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
        for call in [c for c in self.prompts if c.is_stale_prompt(now)]:
            self._keep(replace(call, snoozed=True))
        open_calls = [
            c for c in self.calls.values() if not c.shown and not c.dismissed and c.deserves_pop(now)
        ]
        shown = [self._keep(replace(c, shown=True)) for c in open_calls]
        pops: list[Command] = [command for call in shown for command in (Remember(call), ShowPop(call.id))]
        return [*pops, *(PromptDisposition(call.id) for call in self.prompts)]

    def tick(self, now: datetime) -> list[Command]:
        """Give up calls whose end is overdue. Call it every few seconds."""
        overdue = [c for c in self.calls.values() if c.is_overdue(now)]
        return [command for call in overdue for command in self._give_up(call, now)]

    def reset_to(self, open_calls: Iterable[CallEvent], now: datetime) -> list[Command]:
        """The relay can't replay: `open_calls` is all that goes on. The rest is over, end unknown."""
        events = list(open_calls)
        still_open = {e.info.call_id for e in events}
        lost = [c for c in self.calls.values() if c.is_open and c.id not in still_open]
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
        if was.has_moved_on_from(event):
            return []
        call = was.after(event)
        arrived = call.state is not was.state
        pops = arrived and not replayed and call.deserves_pop(now)
        call = self._keep(replace(call, shown=was.shown or pops, dismissed=was.dismissed and not pops))
        commands = [Remember(call), *_visible_commands(was, call, pops=pops)]
        return [c for c in commands if not (replayed and isinstance(c, PromptDisposition))]

    def _on_intent(self, intent: Intent, now: datetime) -> list[Command]:
        call = self.calls.get(intent.call_id)
        if call is None:
            return []
        match intent:
            case DismissCard():
                return [Remember(self._keep(replace(call, shown=False, dismissed=True))), HidePop(call.id)]
            case ShowCard():
                return [Remember(self._keep(replace(call, shown=True, dismissed=False))), ShowPop(call.id)]
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
        call = self._keep(replace(call, draft=Draft()).disposed(label, "desktop"))
        return [Remember(call), SaveDisposition(disposition), WithdrawPrompt(call.id)]

    def _open_prompt(self, call: MyCall) -> list[Command]:
        if not call.owes_disposition:
            return []
        return [Remember(self._keep(replace(call, snoozed=False))), PromptDisposition(call.id)]

    def _give_up(self, call: MyCall, now: datetime) -> list[Command]:
        closed = call.given_up(now)
        if closed.state is call.state:
            return []
        return [Remember(self._keep(closed)), *_visible_commands(call, closed, pops=False)]

    def _keep(self, call: MyCall) -> MyCall:
        self.calls[call.id] = call
        return call


def _visible_commands(was: MyCall, call: MyCall, *, pops: bool) -> list[Command]:
    """What the agent sees of a change."""
    commands: list[Command] = [ShowPop(call.id) if pops else RefreshPop(call.id)]
    if call.owes_disposition and not was.owes_disposition:
        commands.append(PromptDisposition(call.id))
    if was.owes_disposition and not call.owes_disposition:
        commands.append(WithdrawPrompt(call.id))
    return commands
