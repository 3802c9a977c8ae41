"""The team's rule for the time after a conversation: how long it may take, and what is saved when it is over.

Pure: `now` is passed in, and what follows is for the session to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cti_desktop.core.disposition import Catalogue, Draft, problems

# A required outcome that was put off asks again after this long.
REQUIRED_SNOOZE: Final = timedelta(minutes=5)
# Whoever is typing is never cut off: each change leaves at least this much time.
TYPING_GRACE: Final = timedelta(seconds=20)
# What "more time" adds.
EXTENSION: Final = timedelta(minutes=1)


class Demand(Enum):
    """What the team asks for after each conversation."""

    OPTIONAL = "optional"
    REQUIRED = "required"
    TIMED = "timed"


@dataclass(frozen=True, slots=True)
class WrapUp:
    """`seconds` and `auto_code` count for `TIMED` only: after so long, this code is saved by itself."""

    demand: Demand = Demand.OPTIONAL
    seconds: int = 0
    auto_code: str | None = None

    @property
    def is_timed(self) -> bool:
        """Whether a countdown runs."""
        return self.demand is Demand.TIMED and self.seconds > 0

    def deadline(self, now: datetime) -> datetime | None:
        """When a wrap-up that begins at `now` is over; None: never."""
        return now + timedelta(seconds=self.seconds) if self.is_timed else None

    def returns_at(self, now: datetime, wished: datetime | None) -> datetime | None:
        """When a prompt that is put off at `now` asks again; None: when the agent opens it."""
        if self.demand is not Demand.REQUIRED:
            return wished
        latest = now + REQUIRED_SNOOZE
        return min(latest, wished) if wished else latest

    def closing_draft(self, draft: Draft, catalogue: Catalogue, now: datetime) -> Draft | None:
        """What to save when the time is over: what was chosen, else the code for that with the notes kept.

        None: there is nothing that could be saved, so that the outcome stays owed.
        """
        if not problems(draft, catalogue, now):
            return draft
        automatic = Draft(code=self.auto_code, notes=draft.notes)
        return None if problems(automatic, catalogue, now) else automatic


def typing_until(deadline: datetime | None, now: datetime) -> datetime | None:
    """The deadline after a change to the draft."""
    return max(deadline, now + TYPING_GRACE) if deadline else None
