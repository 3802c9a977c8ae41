"""The words of what is known of a caller."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

VIP: Final = translate("Callers", "VIP")
YOU_SPOKE_LAST: Final = translate("Callers", "You spoke last")
LOOKING_UP: Final = translate("Callers", "Looking up…")
RECOVERED: Final = translate("Callers", "Found in the call log")

OWNER: Final = translate("Callers", "Belongs to")
YOU: Final = translate("Callers", "you")
FOLLOW_UP: Final = translate("Callers", "Follow-up")
NOTE: Final = translate("Callers", "Note")
ABOUT: Final = translate("Callers", "About them")

ADD_CONTACT: Final = translate("Callers", "Add to contacts")
NAME: Final = translate("Callers", "Name")
COMPANY: Final = translate("Callers", "Company, if any")
SAVE_CONTACT: Final = translate("Callers", "Save contact")
SOMEBODY_ELSE: Final = translate("Callers", "Somebody else calls")
PICK_HELP: Final = translate("Callers", "This is who calls; remembered for the next time")

MERGE: Final = translate("Callers", "Merge")
MERGE_HELP: Final = translate("Callers", "Make one entry of both, for everybody; you can take it back")
NOT_SAME: Final = translate("Callers", "Not the same")
NOT_SAME_HELP: Final = translate("Callers", "Both stay, and nobody is asked again")
UNDO: Final = translate("Callers", "Undo")

TALKED: Final = translate("Callers", "Talked")
MISSED: Final = translate("Callers", "Missed")
VOICEMAIL: Final = translate("Callers", "Voicemail")
CALLED_THEM: Final = translate("Callers", "We called")


def overdue(when: str) -> str:
    """A call back that was promised for a time that is over."""
    return translate("Callers", "{when}, overdue").format(when=when)


def same_as(name: str) -> str:
    """Whether two entries are one person's; the other one is on the card."""
    return translate("Callers", "Same person as {name}?").format(name=name)


def are_same(one: str, other: str) -> str:
    """Whether two entries are one person's, neither of them on the card."""
    return translate("Callers", "{one}: same person as {other}?").format(one=one, other=other)


def merged(name: str) -> str:
    """Two entries are one."""
    if not name:
        return translate("Callers", "Merged.")
    return translate("Callers", "Merged: {name}").format(name=name)


def several(number: int) -> str:
    """Instead of a name, where several contacts have the number."""
    return translate("Callers", "One of %n contact", "One of %n contacts", number)


def many_calls(number: int) -> str:
    """As many as are told, and perhaps more."""
    return translate("Callers", "{number} calls or more").format(number=number)
