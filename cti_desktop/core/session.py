"""An agent's calls as one desktop knows them: events and intents in, commands out.

Owns when a card pops, when a prompt asks, and what must be remembered. Performs nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, assert_never

from cti_desktop.core.commands import (
    Command,
    ExplainDraft,
    HidePop,
    PromptDisposition,
    RefreshPop,
    Remember,
    SaveDisposition,
    ShowPop,
    SubmitForAgent,
    WithdrawPrompt,
)
from cti_desktop.core.disposition import Catalogue, Disposition, Draft, Fault, Problem, problems
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    CallEvent,
    CallRang,
    CallUpdated,
)
from cti_desktop.core.follow_up import REMIND_AGAIN
from cti_desktop.core.intents import (
    CloseCall,
    CorrectDisposition,
    DismissCard,
    EditDraft,
    ExtendWrapUp,
    FinishFollowUp,
    Intent,
    OpenPrompt,
    PutOffFollowUp,
    ShowCard,
    SnoozePrompt,
    SubmitDraft,
)
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.wrap_up import EXTENSION, WrapUp, typing_until


@dataclass(slots=True)
class Session:
    """The agent's calls in the order in which they were first heard of."""

    catalogue: Catalogue = Catalogue()
    wrap_up: WrapUp = WrapUp()
    calls: dict[str, MyCall] = field(default_factory=dict)

    @property
    def prompts(self) -> list[MyCall]:
        """Calls whose disposition is asked for now, oldest first."""
        return [c for c in self.calls.values() if c.is_asked]

    @property
    def owed(self) -> list[MyCall]:
        """All calls that still need a disposition, oldest first; put-aside ones included."""
        return [c for c in self.calls.values() if c.owes_disposition]

    @property
    def reminders(self) -> list[MyCall]:
        """Calls whose promised call back has still to be made, soonest first."""
        promised = [c for c in self.calls.values() if c.remind_at is not None]
        return sorted(promised, key=lambda call: call.remind_at or call.follow_up_at or _NEVER)

    def restore(self, calls: Iterable[MyCall]) -> list[Command]:
        """Take up what an earlier run remembered. Cards of conversations and owed prompts come back."""
        # A countdown that went on while the program didn't run would cut somebody off unseen.
        self.calls = {call.id: replace(call, shown=call.stays_up, wrap_up_until=None) for call in calls}
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
            c for c in self.calls.values() if not c.shown and not c.dismissed and c.deserves_card(now)
        ]
        shown = [self._keep(c.popped(now)) for c in open_calls]
        pops: list[Command] = [command for call in shown for command in (Remember(call), ShowPop(call.id))]
        return [*pops, *(PromptDisposition(call.id) for call in self.prompts)]

    def tick(self, now: datetime) -> list[Command]:
        """Give up calls whose end is overdue. Call it every few seconds."""
        overdue = [c for c in self.calls.values() if c.is_overdue(now)]
        return [command for call in overdue for command in self._give_up(call, now)]

    def ask_again(self, now: datetime, asked: str | None = None) -> list[Command]:
        """Bring back what was put off, and count down. Call it at `next_due`, and when `asked` changes.

        `asked` is the call whose prompt the agent sees: only its countdown runs.
        """
        commands: list[Command] = []
        for call in [c for c in self.owed if c.snoozed_until is not None and c.snoozed_until <= now]:
            commands += self._open_prompt(call)
        head = self.calls.get(asked) if asked else None
        return [*commands, *(self._count_down(head, now) if head else [])]

    def next_due(self, now: datetime, asked: str | None = None) -> datetime | None:
        """When `ask_again`, or a reminder, has something to do next; None: not by itself."""
        moments = [c.remind_at for c in self.calls.values() if c.remind_at is not None and c.remind_at > now]
        moments += [c.snoozed_until for c in self.owed if c.snoozed_until is not None]
        head = self.calls.get(asked) if asked else None
        if head is not None and head.wrap_up_until is not None and self.wrap_up.is_timed:
            moments.append(head.wrap_up_until)
        return min(moments, default=None)

    def begins_to_count(self, asked: str | None) -> bool:
        """Whether `ask_again` should be called at once, as a countdown has to begin or to rest."""
        head = self.calls.get(asked) if asked else None
        return head is not None and self.wrap_up.is_timed and head.owes_disposition

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
            if c.state is LegState.CLOSED and (c.heard_at or moment) < moment and not c.owes_follow_up
        ]
        for call_id in old:
            del self.calls[call_id]
        return old

    def _on_call_event(self, event: CallEvent, now: datetime, *, replayed: bool) -> list[Command]:
        was = self.calls.get(event.info.call_id, MyCall(event.info))
        if was.means_nothing(event):
            return []
        call = was.after(event)
        arrived = call.state is not was.state
        pops = arrived and not replayed and call.deserves_card(now)
        # A prompt that resolves itself must say so: the card does.
        pops = pops or (
            not replayed and was.is_asked and not call.is_asked and call.disposed_via == "provider"
        )
        call = self._keep(call.shown_as(was, now, pops=pops))
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
            case PutOffFollowUp() | FinishFollowUp():
                return self._on_follow_up(call, intent, now)
            case _:
                return self._on_prompt(call, intent, now)

    def _on_prompt(self, call: MyCall, intent: _OfPrompt, now: datetime) -> list[Command]:
        match intent:
            case EditDraft():
                until = typing_until(call.wrap_up_until, now)
                return [Remember(self._keep(replace(call, draft=intent.draft, wrap_up_until=until)))]
            case SubmitDraft():
                return self._submit(call, intent, now)
            case SnoozePrompt():
                return self._snooze(call, intent.until, now)
            case OpenPrompt():
                return self._open_prompt(call)
            case CorrectDisposition():
                return self._correct(call, now)
            case ExtendWrapUp():
                until = call.wrap_up_until and max(call.wrap_up_until, now) + EXTENSION
                return [Remember(self._keep(replace(call, wrap_up_until=until)))]
            case _:
                assert_never(intent)

    def _on_follow_up(
        self, call: MyCall, intent: PutOffFollowUp | FinishFollowUp, now: datetime
    ) -> list[Command]:
        if not call.owes_follow_up:
            return []
        again = (intent.until or now + REMIND_AGAIN) if isinstance(intent, PutOffFollowUp) else None
        return [Remember(self._keep(replace(call, remind_at=again))), RefreshPop(call.id)]

    def _submit(self, call: MyCall, intent: SubmitDraft, now: datetime) -> list[Command]:
        draft = intent.draft
        call = self._keep(replace(call, draft=draft))
        if not call.owes_disposition and not call.correcting:
            return [Remember(call), WithdrawPrompt(call.id)]
        found = self._problems(call, intent, now)
        if found or draft.code is None:
            return [Remember(call), ExplainDraft(call.id, found)]
        disposition = Disposition(
            id=intent.disposition_id,
            call_id=call.id,
            code=draft.code,
            sub_code=draft.sub_code,
            notes=draft.notes,
            follow_up_at=draft.follow_up_at,
            saved_at=now,
            replaces=call.saved.id if call.correcting and call.saved else None,
        )
        label = self.catalogue.label_of(draft.code, draft.sub_code)
        call = self._keep(call.saved_as(disposition, label, "auto" if intent.automatic else "desktop"))
        return [Remember(call), SaveDisposition(disposition), WithdrawPrompt(call.id)]

    def _problems(self, call: MyCall, intent: SubmitDraft, now: datetime) -> tuple[Problem, ...]:
        late = call.correcting and call.correction_is_late(now)
        found = problems(intent.draft, self.catalogue, now)
        # A follow-up that was due meanwhile need not be promised anew to correct the rest.
        kept = call.saved.follow_up_at if call.correcting and call.saved else None
        if kept is not None and kept == intent.draft.follow_up_at:
            found = tuple(p for p in found if p != Problem("follow_up_at", Fault.IN_THE_PAST))
        return (Problem("code", Fault.TOO_LATE),) if late else found

    def _open_prompt(self, call: MyCall) -> list[Command]:
        if not call.owes_disposition:
            return []
        call = self._keep(replace(call, snoozed=False, snoozed_until=None))
        return [Remember(call), PromptDisposition(call.id)]

    def _snooze(self, call: MyCall, until: datetime | None, now: datetime) -> list[Command]:
        if call.correcting:  # never mind: what was saved stays
            call = replace(call, correcting=False, draft=Draft())
        else:
            again = self.wrap_up.returns_at(now, until)
            call = replace(call, snoozed=True, snoozed_until=again, wrap_up_until=None)
        return [Remember(self._keep(call)), WithdrawPrompt(call.id)]

    def _correct(self, call: MyCall, now: datetime) -> list[Command]:
        if call.correcting or not call.may_be_corrected(now):
            return []
        draft = call.saved.draft if call.saved else call.draft
        call = self._keep(replace(call, correcting=True, draft=draft))
        return [Remember(call), PromptDisposition(call.id)]

    def _count_down(self, call: MyCall, now: datetime) -> list[Command]:
        """Let the countdown of `call` begin, rest while the agent talks, or end."""
        if not call.owes_disposition or not self.wrap_up.is_timed:
            return []
        talking = any(c.state is LegState.CONNECTED for c in self.calls.values())
        if talking or call.wrap_up_until is None:
            until = None if talking else self.wrap_up.deadline(now)
            changed = until != call.wrap_up_until
            return [Remember(self._keep(replace(call, wrap_up_until=until)))] if changed else []
        if call.wrap_up_until > now:
            return []
        draft = self.wrap_up.closing_draft(call.draft, self.catalogue, now)
        return [SubmitForAgent(call.id, draft)] if draft else self._snooze(call, None, now)

    def _give_up(self, call: MyCall, now: datetime) -> list[Command]:
        closed = call.given_up(now)
        if closed.state is call.state:
            return []
        return [Remember(self._keep(closed)), *_visible_commands(call, closed, pops=False)]

    def _keep(self, call: MyCall) -> MyCall:
        self.calls[call.id] = call
        return call


_NEVER: Final = datetime.max.replace(tzinfo=UTC)
_OfPrompt = EditDraft | SubmitDraft | SnoozePrompt | OpenPrompt | CorrectDisposition | ExtendWrapUp


def _visible_commands(was: MyCall, call: MyCall, *, pops: bool) -> list[Command]:
    """What the agent sees of a change."""
    commands: list[Command] = [ShowPop(call.id) if pops else RefreshPop(call.id)]
    if call.owes_disposition and not was.owes_disposition and not call.snoozed:
        commands.append(PromptDisposition(call.id))
    if was.is_asked and not call.is_asked:
        commands.append(WithdrawPrompt(call.id))
    return commands
