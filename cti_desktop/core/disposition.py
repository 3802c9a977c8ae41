"""Dispositions: the catalogue of codes, the agent's draft, and what makes a draft valid.

The same check runs on the desktop (to explain) and on the relay (to decide).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cti_desktop.core.errors import DispositionRejected

MAX_NOTES: Final = 4000
# How long after saving it may be corrected, and how long a correction that was begun may take.
EDIT_WINDOW: Final = timedelta(minutes=15)
EDIT_GRACE: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SubCode:
    """The second level below a code."""

    code: str
    label: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """One outcome to choose. `key` is the digit that chooses it, `requires` names fields of the draft."""

    code: str
    label: str
    color: str = "#64748B"
    key: str | None = None
    sub_codes: tuple[SubCode, ...] = ()
    requires: tuple[str, ...] = ()
    retired: bool = False

    def sub(self, sub_code: str | None) -> SubCode | None:
        """The sub-code of that name, if this code has it."""
        return next((s for s in self.sub_codes if s.code == sub_code), None)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The team's dispositions, in the order in which they are offered."""

    version: int = 0
    codes: tuple[Code, ...] = ()

    def find(self, code: str | None) -> Code | None:
        """The code of that name, retired ones included."""
        return next((c for c in self.codes if c.code == code), None)

    def label_of(self, code: str, sub_code: str | None = None) -> str:
        """`Not Interested · Price`, or the bare codes where the catalogue has them no longer."""
        found = self.find(code)
        if found is None:
            return " · ".join(part for part in (code, sub_code) if part)
        sub = found.sub(sub_code)
        return f"{found.label} · {sub.label}" if sub else found.label


@dataclass(frozen=True, slots=True)
class Draft:
    """What the agent has entered so far; it belongs to one call and may be incomplete."""

    code: str | None = None
    sub_code: str | None = None
    notes: str = ""
    follow_up_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that could be lost."""
        return self == Draft()


@dataclass(frozen=True, slots=True)
class Disposition:
    """A valid draft, saved under an id that makes sending it again harmless."""

    id: str
    call_id: str
    code: str
    sub_code: str | None
    notes: str
    follow_up_at: datetime | None
    saved_at: datetime
    # The earlier version that this one corrects. That one is kept, but counts no longer.
    replaces: str | None = None

    @property
    def draft(self) -> Draft:
        """What the agent entered."""
        return Draft(self.code, self.sub_code, self.notes, self.follow_up_at)


class Fault(Enum):
    """What is wrong with one field of a draft."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    TOO_LONG = "too_long"
    IN_THE_PAST = "in_the_past"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Problem:
    """One field to mend."""

    field: str
    fault: Fault


def problems(draft: Draft, catalogue: Catalogue, now: datetime) -> tuple[Problem, ...]:
    """Everything that keeps `draft` from being saved at `now`, in the order of the form; empty when valid."""
    code = catalogue.find(draft.code)
    if code is None:
        fault = Fault.MISSING if not draft.code else Fault.UNKNOWN
        return (Problem("code", fault), *_notes_problems(draft, ()))
    return (
        *_sub_code_problems(draft, code),
        *_notes_problems(draft, code.requires),
        *_follow_up_problems(draft, code.requires, now),
    )


def check(draft: Draft, catalogue: Catalogue, now: datetime) -> None:
    """Raise `DispositionRejected` for the first of `problems`."""
    for problem in problems(draft, catalogue, now):
        text = f"{problem.field} is {problem.fault.value.replace('_', ' ')}"
        raise DispositionRejected(text, field=problem.field, code=problem.fault.value)


def _sub_code_problems(draft: Draft, code: Code) -> tuple[Problem, ...]:
    if draft.sub_code is None:
        return (Problem("sub_code", Fault.MISSING),) if "sub_code" in code.requires and code.sub_codes else ()
    return () if code.sub(draft.sub_code) else (Problem("sub_code", Fault.UNKNOWN),)


def _notes_problems(draft: Draft, requires: tuple[str, ...]) -> tuple[Problem, ...]:
    if len(draft.notes) > MAX_NOTES:
        return (Problem("notes", Fault.TOO_LONG),)
    return (Problem("notes", Fault.MISSING),) if "notes" in requires and not draft.notes.strip() else ()


def _follow_up_problems(draft: Draft, requires: tuple[str, ...], now: datetime) -> tuple[Problem, ...]:
    if draft.follow_up_at is None:
        return (Problem("follow_up_at", Fault.MISSING),) if "follow_up" in requires else ()
    return (Problem("follow_up_at", Fault.IN_THE_PAST),) if draft.follow_up_at <= now else ()
