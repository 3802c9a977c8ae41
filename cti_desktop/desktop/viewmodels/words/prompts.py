"""The words of the disposition prompt."""

from __future__ import annotations

from typing import Final

from cti_desktop.core.disposition import MAX_NOTES, Fault
from cti_desktop.desktop.viewmodels.words.language import translate

TITLE: Final = translate("Prompts", "How did it go?")
SAVE: Final = translate("Prompts", "Save")
SAVING: Final = translate("Prompts", "Saving…")
SAVE_HELP: Final = translate("Prompts", "Save (Ctrl+Enter)")
LATER: Final = translate("Prompts", "Later")
LATER_HELP: Final = translate("Prompts", "Put it aside; it stays in your To do list (Esc)")
DISCARD: Final = translate("Prompts", "Don’t send it")
DISCARD_HELP: Final = translate("Prompts", "Throw this outcome away; the relay never gets it")

INCOMING: Final = translate("Prompts", "Incoming")
OUTGOING: Final = translate("Prompts", "Outgoing")

OUTCOME: Final = translate("Prompts", "Outcome")
REASON: Final = translate("Prompts", "Reason")
NOTES: Final = translate("Prompts", "Notes")
NOTES_NEEDED: Final = translate("Prompts", "Notes (needed)")
NOTES_HINT: Final = translate("Prompts", "What should the next colleague know?")
FOLLOW_UP: Final = translate("Prompts", "Follow-up")
FOLLOW_UP_NEEDED: Final = translate("Prompts", "Follow-up (needed)")
ADD_FOLLOW_UP: Final = translate("Prompts", "Promise a follow-up")
ADD_FOLLOW_UP_HELP: Final = translate("Prompts", "Agree on a time to call back (Alt+F)")
FOLLOW_UP_TIME: Final = translate("Prompts", "Time of the follow-up")
FOLLOW_UP_HINT: Final = translate("Prompts", "tomorrow 10, mon 3pm, in 45m, 25/12 11:00")
NO_FOLLOW_UP: Final = translate("Prompts", "No follow-up")

IN_AN_HOUR: Final = translate("Prompts", "In 1 hour")

CORRECT_TITLE: Final = translate("Prompts", "Correct the outcome")
KEEP: Final = translate("Prompts", "Keep it")
KEEP_HELP: Final = translate("Prompts", "Change nothing; what was saved stays (Esc)")
LATER_REQUIRED_HELP: Final = translate(
    "Prompts", "Put it aside; your team asks for it again after 5 minutes (Esc)"
)
LATER_MENU: Final = translate("Prompts", "Ask again…")
LATER_MENU_HELP: Final = translate("Prompts", "Choose when to be asked again (Alt+L)")
WHEN_I_OPEN_IT: Final = translate("Prompts", "When I open it")
NEXT_HELP: Final = translate("Prompts", "Turn to the next call that waits for its outcome (Alt+Down)")

LAST_USED: Final = translate("Prompts", "Last used")
LAST_USED_HELP: Final = translate("Prompts", "Choose this again (Alt+{number})")
FILTER: Final = translate("Prompts", "Find an outcome")
FILTER_HINT: Final = translate("Prompts", "Type to find an outcome (/)")
NOTHING_FITS: Final = translate(
    "Prompts", "No outcome has this in its name. Enter puts it into the notes, Esc drops it."
)
UNDECIDED: Final = translate(
    "Prompts", "Not saved yet: Enter takes the first of these outcomes, Esc leaves the search."
)

MORE_TIME: Final = translate("Prompts", "More time")
MORE_TIME_HELP: Final = translate("Prompts", "Add a minute (Alt+M)")

_HOUR: Final = 60
_CODE: Final = {
    Fault.MISSING: translate("Prompts", "Choose how it went."),
    Fault.UNKNOWN: translate("Prompts", "This outcome is no longer offered. Choose another one."),
    Fault.TOO_LATE: translate(
        "Prompts", "It is too late to correct this outcome. Press Later to keep what was saved."
    ),
}
_SUB_CODE: Final = {
    Fault.MISSING: translate("Prompts", "Choose a reason, too."),
    Fault.UNKNOWN: translate("Prompts", "This reason doesn’t belong to the outcome. Choose another one."),
}
_NOTES: Final = {
    Fault.MISSING: translate("Prompts", "This outcome needs a note. A few words are enough."),
    Fault.TOO_LONG: translate("Prompts", "The note is too long. Shorten it to {number} characters.").format(
        number=MAX_NOTES
    ),
}
_FOLLOW_UP_AT: Final = {
    Fault.MISSING: translate("Prompts", "Say when to call back."),
    Fault.IN_THE_PAST: translate("Prompts", "This time is over. Choose a later one."),
    Fault.UNKNOWN: translate(
        "Prompts", "This time is not understood. Write it like: tomorrow 10, or in 45m."
    ),
}
_BY_FIELD: Final = {"code": _CODE, "sub_code": _SUB_CODE, "notes": _NOTES, "follow_up_at": _FOLLOW_UP_AT}
_OTHER: Final = translate("Prompts", "Please check this.")


def fault(field: str, what: Fault) -> str:
    """What is wrong with a field, and what to do."""
    return _BY_FIELD.get(field, {}).get(what, _OTHER)


def position(index: int, total: int) -> str:
    """`1 of 3`; nothing when it is the only one."""
    if total <= 1:
        return ""
    return translate("Prompts", "{index} of {total}").format(index=index, total=total)


def tomorrow(clock: str) -> str:
    """`Tomorrow 10:00`."""
    return translate("Prompts", "Tomorrow {clock}").format(clock=clock)


def this_afternoon(clock: str) -> str:
    """`Today 16:00`."""
    return translate("Prompts", "Today {clock}").format(clock=clock)


def snooze(minutes: int) -> str:
    """`In 5 minutes`."""
    if minutes == _HOUR:
        return IN_AN_HOUR
    return translate("Prompts", "In %n minute", "In %n minutes", minutes)


def saves(keys: str) -> str:
    """`Ctrl+Enter saves`."""
    return translate("Prompts", "{keys} saves").format(keys=keys)


def closes(left: str, label: str) -> str:
    """What the countdown leads to."""
    if not label:
        return translate("Prompts", "Put aside in {left}").format(left=left)
    return translate("Prompts", "Saves “{label}” in {left}").format(label=label, left=left)


def on_day(day: str, clock: str) -> str:
    """`Monday 10:00`."""
    return f"{day} {clock}"


def follow_up_in(when: str, until: str) -> str:
    """`Tomorrow 10:00 · in 19 hours`."""
    return f"{when} · {until}"


def refused(reason: str) -> str:
    """Above a form that the relay sent back."""
    if not reason:
        return translate("Prompts", "The relay did not take this. Please check it.")
    return translate("Prompts", "The relay did not take this: {reason}").format(reason=reason)


def announcement(caller: str) -> str:
    """What a screen reader says when the prompt opens."""
    return f"{TITLE} {caller}"
