"""What the agent wishes for a call. Widgets emit these; `session` decides what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cti_desktop.core.disposition import Draft


@dataclass(frozen=True, slots=True)
class DismissCard:
    """Take the card of this call off the screen; the call goes on."""

    call_id: str


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Bring the card of this call back."""

    call_id: str


@dataclass(frozen=True, slots=True)
class CloseCall:
    """This call is over, although no end was reported."""

    call_id: str


@dataclass(frozen=True, slots=True)
class EditDraft:
    """The draft as it now reads; kept at every change."""

    call_id: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class SubmitDraft:
    """Save this draft as the call's disposition, under `disposition_id`."""

    call_id: str
    draft: Draft
    disposition_id: str
    # Not by the agent's hand, but because the time for the wrap-up was over.
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class SnoozePrompt:
    """Later: put the prompt aside, but keep it owed. `until`: then it asks by itself."""

    call_id: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenPrompt:
    """Ask for this call's disposition now."""

    call_id: str


@dataclass(frozen=True, slots=True)
class CorrectDisposition:
    """Open the prompt again with what was saved a moment ago; what is saved then is a new version."""

    call_id: str


@dataclass(frozen=True, slots=True)
class ExtendWrapUp:
    """Give the countdown of this call's wrap-up more time."""

    call_id: str


@dataclass(frozen=True, slots=True)
class PutOffFollowUp:
    """Remind of this call's follow-up again, at `until` or in a while."""

    call_id: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FinishFollowUp:
    """The promised call back has been made, or is needed no longer."""

    call_id: str


Intent = (
    DismissCard
    | ShowCard
    | CloseCall
    | EditDraft
    | SubmitDraft
    | SnoozePrompt
    | OpenPrompt
    | CorrectDisposition
    | ExtendWrapUp
    | PutOffFollowUp
    | FinishFollowUp
)
