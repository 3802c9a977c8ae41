"""The words of the sign-in page and of notices about signing in."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.screen import SignInProblem

TITLE: Final = "Sign in"
INTRO: Final = "Your team lead or IT gives you both. The code works once, for ten minutes."
RELAY: Final = "&Relay address"
RELAY_HINT: Final = "https://cti.example.com"
CODE: Final = "&Enrolment code"
CODE_HINT: Final = "ABCD-EFGH"
SIGN_IN: Final = "&Sign in"
BUSY: Final = "Signing in…"
BUSY_DETAIL: Final = "If this computer asks to unlock its keyring, look for that window."

URL_FIELD: Final = frozenset({SignInProblem.BAD_URL, SignInProblem.INSECURE_URL, SignInProblem.RELAY_TROUBLE})
CODE_FIELD: Final = frozenset({SignInProblem.WRONG_CODE, SignInProblem.TOO_MANY_TRIES})

_PROBLEMS: Final = {
    SignInProblem.REVOKED: "The relay no longer accepts this device. Sign in again with a new code; "
    "what you saved is still here.",
    SignInProblem.WRONG_CODE: "This code is wrong, used or expired. Ask for a new one.",
    SignInProblem.TOO_MANY_TRIES: "Too many tries. Wait a minute, then enter a new code.",
    SignInProblem.BAD_URL: "This is no address of a relay. It begins with https://",
    SignInProblem.INSECURE_URL: "This address is not encrypted. Use the one that begins with https://",
    SignInProblem.RELAY_TROUBLE: "The relay can’t be reached.",
    SignInProblem.KEYRING_MISSING: "This computer has no keyring to keep your sign-in safe.",
    SignInProblem.KEYRING_UNSAFE: "The keyring here would keep your sign-in in a readable file. Ask IT.",
    SignInProblem.KEYRING_LOCKED: "The keyring is locked. Unlock it, then sign in again.",
    SignInProblem.KEYRING_FAILED: "The keyring did not accept your sign-in. Ask IT.",
    SignInProblem.KEYRING_TIMEOUT: "The keyring does not answer. Does it ask behind another window?",
}


def problem(what: SignInProblem) -> str:
    """What happened and what to do."""
    return _PROBLEMS[what]
