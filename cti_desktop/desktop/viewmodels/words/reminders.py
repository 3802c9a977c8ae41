"""The words of reminders of promised calls back."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

CALL_BACK: Final = translate("Reminders", "Call back now")
DONE: Final = translate("Reminders", "Done")
DONE_HELP: Final = translate("Reminders", "You have called, or it is no longer needed")
IN_TEN: Final = translate("Reminders", "In 10 min")
IN_TEN_HELP: Final = translate("Reminders", "Remind me again in ten minutes (Esc)")
TOMORROW: Final = translate("Reminders", "Tomorrow")
COPY_NUMBER: Final = translate("Reminders", "Copy number")
COPIED: Final = translate("Reminders", "Copied")
AFTER: Final = translate("Reminders", "After")


def promised(when: str, late: str) -> str:
    """`Promised for 10:00`, and by how much that is over."""
    text = translate("Reminders", "Promised for {when}").format(when=when)
    return f"{text}  ·  {late}" if late else text


def late(span: str) -> str:
    """`2 hours late`."""
    return translate("Reminders", "{span} late").format(span=span)


def tomorrow_help(when: str) -> str:
    """When that will be."""
    return translate("Reminders", "Remind me again: {when}").format(when=when)


def more(number: int) -> str:
    """What stands on the last of many reminders."""
    return translate("Reminders", "and %n more is due", "and %n more are due", number)


def announcement(caller: str) -> str:
    """What a screen reader says when it pops."""
    return f"{CALL_BACK}: {caller}"
