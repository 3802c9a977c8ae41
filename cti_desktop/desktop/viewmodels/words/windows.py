"""The words of the main window, its notices and the tray's menu."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.screen import NoticeCode

TITLE: Final = "CTI Desktop"
RECENT: Final = "&Calls"
TO_DO: Final = "&To do"
OUTBOX: Final = "&Waiting to send"
CALLS_LIST: Final = "Calls"
TO_DO_LIST: Final = "To do"
OUTBOX_LIST: Final = "Waiting to send"
NO_CALLS: Final = "No calls yet"
NO_CALLS_DETAIL: Final = (
    "When your phone rings, a card appears in the corner of the screen, and the call is listed here."
)
NOTHING_TO_DO: Final = "Nothing to do"
NOTHING_TO_DO_DETAIL: Final = "Every conversation has its outcome."
NOTHING_WAITS: Final = "Everything is sent"
NOTHING_WAITS_DETAIL: Final = "Outcomes that you save while offline wait here until they are sent."
SIGN_OUT: Final = "Sign &out"
EDIT: Final = "&Correct it"
DISCARD: Final = "&Don’t send it"
ENTER_OUTCOME: Final = "&Enter outcome"
DISMISS: Final = "Dismiss"
SIGN_OUT_SURE: Final = "Sign out? You need a new code to sign in again. What waits to be sent stays here."
DISCARD_SURE: Final = "Throw this outcome away? The relay never gets it."
YES_SIGN_OUT: Final = "&Sign out"
YES_DISCARD: Final = "&Throw away"
CANCEL: Final = "&Cancel"

OWED: Final = "Outcome open"
WAITING: Final = "Waiting"
REFUSED: Final = "Refused"

MENU_OPEN: Final = "Open CTI Desktop"
MENU_NEXT: Final = "Enter next outcome"
MENU_RETRY: Final = "Retry now"
MENU_USE_THIS: Final = "Use this one"
MENU_SIGN_IN: Final = "Sign in…"
MENU_SIGN_OUT: Final = "Sign out"
MENU_QUIT: Final = "Quit"

_FULL: Final = (
    "The disk is full: what you enter can’t be saved just now. Free some space; it is tried again by itself."
)
_NOT_WRITTEN: Final = {
    "disk_full": _FULL,
    "read_only": "The disk is read-only: what you enter can’t be saved just now. Ask IT; it is tried again.",
    "corrupt": "The file with your calls is damaged: what you enter can’t be saved just now. Ask IT.",
}
_NOT_WRITTEN_OTHERWISE: Final = (
    "The disk refuses: what you enter can’t be saved just now. It is tried again by itself."
)
_FINISH_ONE: Final = "One outcome is still open. Your team asks you to enter it before you quit."
_FINISH_MANY: Final = "{count} outcomes are still open. Your team asks you to enter them before you quit."
_NOTICES: Final = {
    NoticeCode.SET_ASIDE: "The file with your calls was damaged. A new one was begun; the old one is kept",
    NoticeCode.NOT_KEPT: "You are signed in for now only: the keyring did not keep it. "
    "After the next start you sign in again.",
    NoticeCode.OTHER_AGENT: "Another agent used this computer before and left unsent outcomes. "
    "They are not sent in your name.",
    NoticeCode.CALL_FORGOTTEN: "This call is too old to be corrected here.",
    NoticeCode.NOT_CHANGED: "The setting could not be kept; it counts until you quit",
    NoticeCode.DIAGNOSTICS: "The file for IT is written. No names or numbers of callers are in it",
    NoticeCode.NO_DIAGNOSTICS: "The file for IT could not be written",
}
_WITH_DETAIL: Final = frozenset(
    {NoticeCode.SET_ASIDE, NoticeCode.NOT_CHANGED, NoticeCode.DIAGNOSTICS, NoticeCode.NO_DIAGNOSTICS}
)


def notice(code: NoticeCode, detail: str) -> str:
    """What happened, what it means, what to do."""
    if code is NoticeCode.FINISH_FIRST:
        return _FINISH_ONE if detail == "1" else _FINISH_MANY.format(count=detail)
    if code is NoticeCode.NOT_WRITTEN:
        return _NOT_WRITTEN.get(detail, _NOT_WRITTEN_OTHERWISE)
    text = _NOTICES[code]
    if code in _WITH_DETAIL:
        return f"{text}: {detail}" if detail else f"{text}."
    return text


def tab(label: str, number: int) -> str:
    """`To do (2)`."""
    return f"{label} ({number})" if number else label
