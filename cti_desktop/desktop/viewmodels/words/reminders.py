"""The words of reminders of promised calls back."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words import times

CALL_BACK: Final = "Call back now"
DONE: Final = "Done"
DONE_HELP: Final = "You have called, or it is no longer needed"
IN_TEN: Final = "In 10 min"
IN_TEN_HELP: Final = "Remind me again in ten minutes (Esc)"
TOMORROW: Final = "Tomorrow"
COPY_NUMBER: Final = "Copy number"
COPIED: Final = "Copied"
AFTER: Final = "After"


def promised(when: str, late: str) -> str:
    """`Promised for 10:00`, and by how much that is over."""
    return f"Promised for {when}  ·  {late}" if late else f"Promised for {when}"


def late(span: str) -> str:
    """`2 hours late`."""
    return f"{span} late"


def tomorrow_help(when: str) -> str:
    """When that will be."""
    return f"Remind me again: {when}"


def more(number: int) -> str:
    """What stands on the last of many reminders."""
    return f"and {times.count(number, 'more is due', 'more are due')}"


def announcement(caller: str) -> str:
    """What a screen reader says when it pops."""
    return f"{CALL_BACK}: {caller}"
