"""The words of call cards and call lists."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cti_desktop.desktop.viewmodels.words import times
from cti_desktop.desktop.viewmodels.words.language import translate

INCOMING: Final = translate("Calls", "Incoming call")
OUTGOING: Final = translate("Calls", "Outgoing call")
ON_THE_CALL: Final = translate("Calls", "On the call")
MISSED: Final = translate("Calls", "Missed call")
NO_ANSWER: Final = translate("Calls", "No answer")
DECLINED: Final = translate("Calls", "Declined")
VOICEMAIL: Final = translate("Calls", "Went to voicemail")
ENDED: Final = translate("Calls", "Call ended")
SAVED: Final = translate("Calls", "Saved")
SAVED_HERE: Final = translate("Calls", "Saved on this computer")
KEPT: Final = translate("Calls", "It will be sent when the line is back")
NOT_SENT: Final = translate("Calls", "not sent yet")
RECORDED: Final = translate("Calls", "Saved in phone system")
OWED: Final = translate("Calls", "Outcome still open")

UNKNOWN_CALLER: Final = translate("Calls", "Unknown caller")
WITHHELD: Final = translate("Calls", "Number withheld")
WITHHELD_DETAIL: Final = translate("Calls", "The caller hides their number")
END_UNKNOWN: Final = translate("Calls", "The end was not reported")

ADD_NOTE: Final = translate("Calls", "Add note")
COPY_NUMBER: Final = translate("Calls", "Copy number")
COPIED: Final = translate("Calls", "Copied")
CALL_IS_OVER: Final = translate("Calls", "It’s over")
CALL_IS_OVER_HELP: Final = translate(
    "Calls", "Use this when the call has ended, but the card still says that it goes on"
)
DISMISS: Final = translate("Calls", "Dismiss")
DISMISS_HELP: Final = translate("Calls", "Take this card off the screen; the call goes on")
GOT_IT: Final = translate("Calls", "Got it")
NOTE: Final = translate("Calls", "Note")
NOTE_HINT: Final = translate("Calls", "Write while you talk; it will be there when the call ends")

LAST_CALL: Final = translate("Calls", "Last call")
TODAY: Final = translate("Calls", "Today")


def answered_by(name: str | None) -> str:
    """Who was quicker."""
    if not name:
        return translate("Calls", "Answered by a colleague")
    return translate("Calls", "Answered by {name}").format(name=name)


def place(region: str | None, country: str | None) -> str:
    """`Pune, IN`; `Delhi, India` is a whole already."""
    if region is None or "," in region:
        return region or ""
    return ", ".join(part for part in (region, country) if part)


def last_digits(number: str) -> str:
    """`…5512`, short enough to compare at a glance."""
    return f"…{number[-4:]}"


def nth_call(number: int) -> str:
    """`3rd call` and its kind; other languages write their ordinals without the English ending."""
    if number // 10 % 10 == 1:
        text = translate("Calls", "{number}th call")
    else:
        text = {
            1: translate("Calls", "{number}st call"),
            2: translate("Calls", "{number}nd call"),
            3: translate("Calls", "{number}rd call"),
        }.get(number % 10, translate("Calls", "{number}th call"))
    return text.format(number=number)


def more_missed(number: int) -> str:
    """What stands on the last of many missed cards."""
    return translate("Calls", "and %n more missed call", "and %n more missed calls", number)


def talked(length: timedelta) -> str:
    """`talked 02:31`."""
    return translate("Calls", "talked {length}").format(length=times.duration(length))


def announcement(headline: str, who: str, queue: str) -> str:
    """What a screen reader says when a card appears or its state changes."""
    return ", ".join(part for part in (headline, who, queue) if part)
