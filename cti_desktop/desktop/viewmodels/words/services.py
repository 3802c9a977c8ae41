"""The words of what is asked of relay and provider from a call: dial, hear, reveal; how far it came."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

CALL_BACK: Final = translate("Services", "Call back")
CALL_BACK_HELP: Final = translate("Services", "Your phone rings first, then the customer’s (Ctrl+B)")
RECORDING: Final = translate("Services", "Recording")
RECORDING_HELP: Final = translate("Services", "Opens in your browser (Ctrl+R)")
SHOW_NUMBER: Final = translate("Services", "Show number")
SHOW_NUMBER_HELP: Final = translate("Services", "For half a minute; it is noted that you looked (Ctrl+U)")
HIDE_NUMBER: Final = translate("Services", "Hide number")

DIALLING: Final = translate("Services", "Asking for the call…")
FETCHING: Final = translate("Services", "Fetching the recording…")
REVEALING: Final = translate("Services", "Asking for the number…")
DIALLED: Final = translate("Services", "Your phone rings now: take it, and the customer is called.")

OFFLINE: Final = translate("Services", "No connection: nothing was done. Try again once you are connected.")
LOST: Final = translate("Services", "The connection broke before the answer came. Try again.")
LOST_CALL: Final = translate(
    "Services", "The connection broke before the answer came: your phone may ring all the same."
)
LATE: Final = translate("Services", "No answer came in time. Try again.")
LATE_CALL: Final = translate("Services", "No answer came in time: your phone may ring all the same.")
FORBIDDEN: Final = translate("Services", "Your team lead keeps numbers hidden.")
NOT_CONFIGURED: Final = translate("Services", "This is not set up here. Ask IT.")
VENDOR_DOWN: Final = translate("Services", "The telephone provider does not do it just now. Try again later.")
VENDOR_REFUSES: Final = translate("Services", "The telephone provider refuses us. Tell IT.")
NO_PHONE: Final = translate("Services", "No phone of yours is known. Ask IT to enter it.")
NO_RECORDING: Final = translate("Services", "This call has no recording.")
FORGOTTEN: Final = translate("Services", "This call was too long ago: nothing is kept of it any more.")
NOT_YOURS: Final = translate("Services", "You had no part in this call.")
BUSY: Final = translate("Services", "Too much at once: wait for the answers.")
UNSAFE: Final = translate("Services", "The recording’s address is not safe to open. Tell IT.")
CHANGED: Final = translate("Services", "A colleague was quicker: that entry is no longer there.")


def opened(host: str) -> str:
    """Where a recording is heard."""
    return translate("Services", "Opened in your browser: {host}").format(host=host)


def revealed(who: str, when: str) -> str:
    """Whose look at a number was noted."""
    return translate("Services", "Shown to {who}, {when}; this was noted.").format(who=who, when=when)


def refused(why: str) -> str:
    """What the relay says in its own words."""
    return translate("Services", "Not done: {why}").format(why=why)
