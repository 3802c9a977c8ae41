"""The words of the disposition prompt."""

from __future__ import annotations

from typing import Final

from cti_desktop.core.disposition import MAX_NOTES, Fault

TITLE: Final = "How did it go?"
SAVE: Final = "Save"
SAVING: Final = "Saving…"
SAVE_HELP: Final = "Save (Ctrl+Enter)"
LATER: Final = "Later"
LATER_HELP: Final = "Put it aside; it stays in your To do list (Esc)"
DISCARD: Final = "Don’t send it"
DISCARD_HELP: Final = "Throw this outcome away; the relay never gets it"

OUTCOME: Final = "Outcome"
REASON: Final = "Reason"
NOTES: Final = "Notes"
NOTES_NEEDED: Final = "Notes (needed)"
NOTES_HINT: Final = "What should the next colleague know?"
FOLLOW_UP: Final = "Follow-up"
FOLLOW_UP_NEEDED: Final = "Follow-up (needed)"
ADD_FOLLOW_UP: Final = "Promise a follow-up"
ADD_FOLLOW_UP_HELP: Final = "Agree on a time to call back (Alt+F)"
FOLLOW_UP_TIME: Final = "Time of the follow-up"
OTHER_TIME: Final = "Other time…"
NO_FOLLOW_UP: Final = "No follow-up"

IN_AN_HOUR: Final = "In 1 hour"

_CODE: Final = {
    Fault.MISSING: "Choose how it went.",
    Fault.UNKNOWN: "This outcome is no longer offered. Choose another one.",
    Fault.TOO_LATE: "It is too late to correct this outcome. Press Later to keep what was saved.",
}
_SUB_CODE: Final = {
    Fault.MISSING: "Choose a reason, too.",
    Fault.UNKNOWN: "This reason doesn’t belong to the outcome. Choose another one.",
}
_NOTES: Final = {
    Fault.MISSING: "This outcome needs a note. A few words are enough.",
    Fault.TOO_LONG: f"The note is too long. Shorten it to {MAX_NOTES} characters.",
}
_FOLLOW_UP_AT: Final = {
    Fault.MISSING: "Say when to call back.",
    Fault.IN_THE_PAST: "This time is over. Choose a later one.",
    Fault.UNKNOWN: "This time can’t be read. Choose it again.",
}
_BY_FIELD: Final = {"code": _CODE, "sub_code": _SUB_CODE, "notes": _NOTES, "follow_up_at": _FOLLOW_UP_AT}
_OTHER: Final = "Please check this."


def fault(field: str, what: Fault) -> str:
    """What is wrong with a field, and what to do."""
    return _BY_FIELD.get(field, {}).get(what, _OTHER)


def position(index: int, total: int) -> str:
    """`1 of 3`; nothing when it is the only one."""
    return f"{index} of {total}" if total > 1 else ""


def tomorrow(clock: str) -> str:
    """`Tomorrow 10:00`."""
    return f"Tomorrow {clock}"


def on_day(day: str, clock: str) -> str:
    """`Monday 10:00`."""
    return f"{day} {clock}"


def follow_up_in(when: str, until: str) -> str:
    """`Tomorrow 10:00 · in 19 hours`."""
    return f"{when} · {until}"


def refused(reason: str) -> str:
    """Above a form that the relay sent back."""
    return (
        f"The relay did not take this: {reason}"
        if reason
        else "The relay did not take this. Please check it."
    )


def announcement(caller: str) -> str:
    """What a screen reader says when the prompt opens."""
    return f"{TITLE} {caller}"
