"""What a session wants done, in the imperative. Whoever performs a command decides how."""

from __future__ import annotations

from dataclasses import dataclass

from cti_desktop.core.disposition import Disposition, Draft, Problem
from cti_desktop.core.my_call import MyCall


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


@dataclass(frozen=True, slots=True)
class SubmitForAgent:
    """The time for the wrap-up is over: save this draft as if the agent had, under a new id."""

    call_id: str
    draft: Draft


Command = (
    Remember
    | SaveDisposition
    | ShowPop
    | RefreshPop
    | HidePop
    | PromptDisposition
    | WithdrawPrompt
    | ExplainDraft
    | SubmitForAgent
)
