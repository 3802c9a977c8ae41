"""The agent's work in hand: session, open prompts, what is being saved, and what of it is not written yet.

Performs the session's commands. Starts nothing, waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import uuid4

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
from cti_desktop.core.intents import CorrectDisposition, EditDraft, Intent, OpenPrompt, SubmitDraft
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.session import Session
from cti_desktop.desktop.changes import Changes, Team, Urgency
from cti_desktop.desktop.prompts import Prompts
from cti_desktop.desktop.saving import Saving
from cti_desktop.desktop.screen import OutboxItem


class Work:
    """`changes` is to be taken and replaced by whoever writes it. `now` is the relay's clock."""

    def __init__(self, now: Callable[[], datetime], calls: Iterable[MyCall], team: Team | None) -> None:
        """Take up what an earlier run remembered; its owed prompts are open again."""
        self.session = Session()
        self.prompts = Prompts()
        self.saving = Saving()
        self.changes = Changes()
        self._now = now
        if team is not None:
            self.follow(team)
        self.perform(self.session.restore(calls))

    def follow(self, team: Team) -> None:
        """Go by this team's catalogue and rules."""
        self.session.catalogue, self.session.wrap_up = team.catalogue, team.policy.rule

    def on_intent(self, intent: Intent) -> None:
        """The agent wishes something for a call."""
        match intent:
            case EditDraft(call_id=call_id) | SubmitDraft(call_id=call_id) if call_id in self.saving:
                self.saving.redraft(call_id, intent.draft)
            case SubmitDraft():
                self._submit(intent)
            case EditDraft():
                self.prompts.forgive(intent.call_id)
                self.perform(self.session.handle(intent, self._now()), Urgency.SOON)
            case _:
                self.perform(self.session.handle(intent, self._now()))
                if isinstance(intent, OpenPrompt | CorrectDisposition):
                    self.prompts.bring_forward(intent.call_id)

    def perform(self, commands: Iterable[Command], urgency: Urgency = Urgency.NOW) -> None:
        """Do what the session wants done."""
        for command in commands:
            match command:
                case Remember(call=call):
                    self._remember(call, urgency)
                case SaveDisposition(disposition=disposition):
                    self.changes.outbox[disposition.id] = OutboxItem(disposition)
                    self.changes.saved[disposition.id] = disposition.call_id
                case PromptDisposition(call_id=call_id):
                    self.prompts.ask(call_id)
                case WithdrawPrompt(call_id=call_id):
                    self._withdraw(call_id)
                case ExplainDraft(call_id=call_id, problems=problems):
                    self.prompts.explain(call_id, problems)
                case SubmitForAgent(call_id=call_id, draft=draft):
                    self._submit(SubmitDraft(call_id, draft, str(uuid4()), automatic=True))
                case ShowPop() | RefreshPop() | HidePop():
                    pass  # `shown` of the call says it
                case _:
                    assert_never(command)

    # --- the clock ----------------------------------------------------------------------------------------

    def begin_countdowns_anew(self) -> None:
        """The clock was set: what was counted by the one before says nothing."""
        for call in [c for c in self.session.calls.values() if c.wrap_up_until is not None]:
            self.session.calls[call.id] = replace(call, wrap_up_until=None)

    def ask_again(self) -> None:
        """Bring back what was put off till now, and count down what is asked."""
        due = self.seconds_to_next
        if (due is not None and due <= 0) or self.session.begins_to_count(self._asked):
            self.perform(self.session.ask_again(self._now(), self._asked))

    @property
    def seconds_to_next(self) -> float | None:
        """How soon something is due by itself: a countdown, a prompt, a reminder. None: nothing."""
        now = self._now()
        due = self.session.next_due(now, self._asked)
        return None if due is None else (due - now).total_seconds()

    # --- the disk -----------------------------------------------------------------------------------------

    def end_saving(self, call_id: str, written: MyCall | None) -> None:
        """The disposition of this call is on the disk, and the call as `written`."""
        if not self.saving.succeeded(call_id):
            return
        self._withdraw(call_id)
        call = self.session.calls[call_id]
        if call != written:
            self._remember(call, Urgency.NOW)

    def fail_saving(self, call_id: str) -> None:
        """It is not on the disk: the agent's words stay where they were typed."""
        before = self.saving.failed(call_id, self.session.calls.get(call_id))
        if before is not None:
            self.put(before)

    def put(self, call: MyCall) -> None:
        """`call` is as it is now; remember it so."""
        self.session.calls[call.id] = call
        self.perform([Remember(call)])

    # --- inside -------------------------------------------------------------------------------------------

    @property
    def _asked(self) -> str | None:
        head = self.prompts.head
        return None if head in self.saving else head

    def _submit(self, intent: SubmitDraft) -> None:
        before = self.session.calls.get(intent.call_id)
        self.prompts.forgive(intent.call_id)
        commands = self.session.handle(intent, self._now())
        self.perform(commands[:1])  # always `Remember`; later ones of this call wait for the disk
        if before is not None and any(isinstance(command, SaveDisposition) for command in commands):
            self.saving.begin(before, intent.draft)
        self.perform(commands[1:])

    def _remember(self, call: MyCall, urgency: Urgency) -> None:
        if call.id not in self.saving:  # else when it is known how the saving went
            self.changes.calls[call.id] = call
            self.changes.hurry(urgency)

    def _withdraw(self, call_id: str) -> None:
        if call_id not in self.saving:
            self.prompts.withdraw(call_id)
