"""The words of the main window, its notices and the tray's menu."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.screen import NoticeCode
from cti_desktop.desktop.viewmodels.words.language import translate

TITLE: Final = translate("Windows", "CTI Desktop")
RECENT: Final = translate("Windows", "&Calls")
TO_DO: Final = translate("Windows", "&To do")
OUTBOX: Final = translate("Windows", "&Waiting to send")
CALLS_LIST: Final = translate("Windows", "Calls")
TO_DO_LIST: Final = translate("Windows", "To do")
OUTBOX_LIST: Final = translate("Windows", "Waiting to send")
NO_CALLS: Final = translate("Windows", "No calls yet")
NO_CALLS_DETAIL: Final = translate(
    "Windows",
    "When your phone rings, a card appears in the corner of the screen, and the call is listed here.",
)
NOTHING_TO_DO: Final = translate("Windows", "Nothing to do")
NOTHING_TO_DO_DETAIL: Final = translate("Windows", "Every conversation has its outcome.")
NOTHING_WAITS: Final = translate("Windows", "Everything is sent")
NOTHING_WAITS_DETAIL: Final = translate(
    "Windows", "Outcomes that you save while offline wait here until they are sent."
)
SIGN_OUT: Final = translate("Windows", "Sign &out")
EDIT: Final = translate("Windows", "&Correct it")
DISCARD: Final = translate("Windows", "&Don’t send it")
ENTER_OUTCOME: Final = translate("Windows", "&Enter outcome")
DISMISS: Final = translate("Windows", "Dismiss")
SIGN_OUT_SURE: Final = translate(
    "Windows", "Sign out? You need a new code to sign in again. What waits to be sent stays here."
)
DISCARD_SURE: Final = translate("Windows", "Throw this outcome away? The relay never gets it.")
YES_SIGN_OUT: Final = translate("Windows", "Si&gn out")
YES_DISCARD: Final = translate("Windows", "T&hrow away")
CANCEL: Final = translate("Windows", "Ca&ncel")

OWED: Final = translate("Windows", "Outcome open")
WAITING: Final = translate("Windows", "Waiting")
REFUSED: Final = translate("Windows", "Refused")

MENU_OPEN: Final = translate("Windows", "Open CTI Desktop")
MENU_NEXT: Final = translate("Windows", "Enter next outcome")
MENU_RETRY: Final = translate("Windows", "Retry now")
MENU_USE_THIS: Final = translate("Windows", "Use this one")
MENU_SIGN_IN: Final = translate("Windows", "Sign in…")
MENU_SIGN_OUT: Final = translate("Windows", "Sign out")
QUIT: Final = translate("Windows", "&Quit")
QUIT_HELP: Final = translate("Windows", "End the program: no call pops until you start it again (Ctrl+Q)")
MENU_QUIT: Final = translate("Windows", "Quit")

_FULL: Final = translate(
    "Windows",
    "The disk is full: what you enter can’t be saved just now. Free some space; it is tried again by itself.",
)
_NOT_WRITTEN: Final = {
    "disk_full": _FULL,
    "read_only": translate(
        "Windows", "The disk is read-only: what you enter can’t be saved just now. Ask IT; it is tried again."
    ),
    "corrupt": translate(
        "Windows", "The file with your calls is damaged: what you enter can’t be saved just now. Ask IT."
    ),
}
_NOT_WRITTEN_OTHERWISE: Final = translate(
    "Windows", "The disk refuses: what you enter can’t be saved just now. It is tried again by itself."
)
_NOTICES: Final = {
    NoticeCode.SET_ASIDE: translate(
        "Windows", "The file with your calls was damaged. A new one was begun; the old one is kept"
    ),
    NoticeCode.NOT_KEPT: translate(
        "Windows",
        "You are signed in for now only: the keyring did not keep it. "
        "After the next start you sign in again.",
    ),
    NoticeCode.CALL_FORGOTTEN: translate("Windows", "This call is too old to be corrected here."),
    NoticeCode.NOT_CHANGED: translate("Windows", "The setting could not be kept; it counts until you quit"),
    NoticeCode.DIAGNOSTICS: translate(
        "Windows", "The file for IT is written. No names or numbers of callers are in it"
    ),
    NoticeCode.NO_DIAGNOSTICS: translate("Windows", "The file for IT could not be written"),
    NoticeCode.RELAY_NEWER: translate(
        "Windows",
        "The relay is newer than this program: calls come, but not all that it says can be shown. "
        "Install the newer version, or ask IT for it.",
    ),
    NoticeCode.UPDATE: translate("Windows", "A newer version is out; install it, or ask IT"),
}
_WITH_DETAIL: Final = frozenset(
    {NoticeCode.SET_ASIDE, NoticeCode.NOT_CHANGED, NoticeCode.DIAGNOSTICS, NoticeCode.NO_DIAGNOSTICS}
    | {NoticeCode.UPDATE}
)


def notice(code: NoticeCode, detail: str, count: int = 0) -> str:
    """What happened, what it means, what to do."""
    if code is NoticeCode.OTHER_AGENT:
        return _left_behind(detail, count)
    if code is NoticeCode.FINISH_FIRST:
        return _finish_first(int(detail or 0))
    if code is NoticeCode.NOT_WRITTEN:
        return _NOT_WRITTEN.get(detail, _NOT_WRITTEN_OTHERWISE)
    text = _NOTICES[code]
    if code in _WITH_DETAIL:
        return f"{text}: {detail}" if detail else translate("Windows", "{text}.").format(text=text)
    return text


def _left_behind(who: str, count: int) -> str:
    return translate(
        "Windows",
        "{who} left %n outcome on this computer that is not sent yet. "
        "It goes out when {who} signs in here again.",
        "{who} left %n outcomes on this computer that are not sent yet. "
        "They go out when {who} signs in here again.",
        count,
    ).format(who=who)


def _finish_first(owed: int) -> str:
    return translate(
        "Windows",
        "%n outcome is still open. Your team asks you to enter it before you quit.",
        "%n outcomes are still open. Your team asks you to enter them before you quit.",
        owed,
    )


def tab(label: str, number: int) -> str:
    """`To do (2)`."""
    return f"{label} ({number})" if number else label
