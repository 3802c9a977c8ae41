"""The words of call cards and call lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cti_desktop.desktop.viewmodels.words import times

INCOMING: Final = "Incoming call"
OUTGOING: Final = "Outgoing call"
ON_THE_CALL: Final = "On the call"
MISSED: Final = "Missed call"
NO_ANSWER: Final = "No answer"
DECLINED: Final = "Declined"
VOICEMAIL: Final = "Went to voicemail"
ENDED: Final = "Call ended"
SAVED: Final = "Saved"
RECORDED: Final = "Recorded in the phone system"
OWED: Final = "Outcome still open"

UNKNOWN_CALLER: Final = "Unknown caller"
WITHHELD: Final = "Number withheld"
WITHHELD_DETAIL: Final = "The caller hides their number"
END_UNKNOWN: Final = "The end was not reported"

ADD_NOTE: Final = "Add note"
COPY_NUMBER: Final = "Copy number"
COPIED: Final = "Copied"
CALL_IS_OVER: Final = "It’s over"
CALL_IS_OVER_HELP: Final = "Use this when the call has ended, but the card still says that it goes on"
DISMISS: Final = "Dismiss"
DISMISS_HELP: Final = "Take this card off the screen; the call goes on"
GOT_IT: Final = "Got it"
NOTE: Final = "Note"
NOTE_HINT: Final = "Write while you talk; it will be there when the call ends"

LAST_CALL: Final = "Last call"
TODAY: Final = "Today"


def answered_by(name: str | None) -> str:
    """Who was quicker."""
    return f"Answered by {name}" if name else "Answered by a colleague"


def place(region: str | None, country: str | None) -> str:
    """`Pune, IN`; `Delhi, India` is a whole already."""
    if region is None or "," in region:
        return region or ""
    return ", ".join(part for part in (region, country) if part)


def last_digits(number: str) -> str:
    """`…5512`, short enough to compare at a glance."""
    return f"…{number[-4:]}"


def nth_call(number: int) -> str:
    """`3rd call` and its kind."""
    teens = number // 10 % 10 == 1
    suffix = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix} call"


def more_missed(number: int) -> str:
    """What stands on the last of many missed cards."""
    return f"and {times.count(number, 'more missed call', 'more missed calls')}"


def talked(length: timedelta) -> str:
    """`talked 02:31`."""
    return f"talked {times.duration(length)}"


def announcement(headline: str, who: str, queue: str) -> str:
    """What a screen reader says when a card appears or its state changes."""
    return ", ".join(part for part in (headline, who, queue) if part)
