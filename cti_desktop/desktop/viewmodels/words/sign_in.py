"""The words of the sign-in page and of notices about signing in."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.viewmodels.words.language import translate

TITLE: Final = translate("SignIn", "Sign in")
INTRO: Final = translate(
    "SignIn", "Your team lead or IT gives you both. The code works once, and not for long."
)
RELAY: Final = translate("SignIn", "&Relay address")
RELAY_HINT: Final = "https://cti.example.com"
CODE: Final = translate("SignIn", "&Enrolment code")
CODE_HINT: Final = "ABCD-EFGH"
SIGN_IN: Final = translate("SignIn", "&Sign in")
BUSY: Final = translate("SignIn", "Signing in…")
LEAVES: Final = translate("SignIn", "Signing out…")
BUSY_DETAIL: Final = translate("SignIn", "If this computer asks to unlock its keyring, look for that window.")

ASK_IT: Final = translate("SignIn", "Ask IT.")

URL_FIELD: Final = frozenset({SignInProblem.BAD_URL, SignInProblem.INSECURE_URL, SignInProblem.RELAY_TROUBLE})
CODE_FIELD: Final = frozenset(
    {
        SignInProblem.WRONG_CODE,
        SignInProblem.OTHER_RELAY,
        SignInProblem.UNKNOWN_RELAY,
        SignInProblem.TOO_MANY_TRIES,
    }
)

_PROBLEMS: Final = {
    SignInProblem.REVOKED: translate(
        "SignIn",
        "The relay no longer accepts this device. Sign in again with a new code; "
        "what you saved is still here.",
    ),
    SignInProblem.WRONG_CODE: translate(
        "SignIn",
        "This code does not work: it has a typing error, was used before, or is too old. Ask for a new one.",
    ),
    SignInProblem.OTHER_RELAY: translate("SignIn", "Another relay needs a code of its own."),
    SignInProblem.UNKNOWN_RELAY: translate(
        "SignIn", "This computer keeps a sign-in, but not which relay it is for. Enter a new code."
    ),
    SignInProblem.TOO_MANY_TRIES: translate(
        "SignIn", "Too many tries. Wait a minute, then enter a new code."
    ),
    SignInProblem.BAD_URL: translate(
        "SignIn",
        "This is not the address of a relay. Your team lead or IT has it; it looks like {example}",
    ).format(example=RELAY_HINT),
    SignInProblem.INSECURE_URL: translate(
        "SignIn", "This address is not encrypted, so nothing was sent. Use the one that begins with https://"
    ),
    SignInProblem.RELAY_TROUBLE: translate("SignIn", "The relay can’t be reached."),
    SignInProblem.NOT_ENDED: translate(
        "SignIn",
        "You are signed out on this computer, but the relay could not be told. "
        "Tell IT, so that this sign-in ends there, too.",
    ),
    SignInProblem.KEYRING_MISSING: translate(
        "SignIn", "This computer has no keyring to keep your sign-in safe."
    ),
    SignInProblem.KEYRING_UNSAFE: translate(
        "SignIn", "The keyring here would keep your sign-in in a readable file. Ask IT."
    ),
    SignInProblem.KEYRING_LOCKED: translate(
        "SignIn", "The keyring is locked. Unlock it, then sign in again."
    ),
    SignInProblem.KEYRING_FAILED: translate("SignIn", "The keyring did not accept your sign-in. Ask IT."),
    SignInProblem.KEYRING_TIMEOUT: translate(
        "SignIn", "The keyring does not answer. Does it ask behind another window?"
    ),
}


def no_keyring(program: str) -> str:
    """What is missing, and what to do: install `program`, or ask where that is not known."""
    if not program:
        return f"{problem(SignInProblem.KEYRING_MISSING)} {ASK_IT}"
    text = translate(
        "SignIn", "Install {program} (KWallet on KDE), log in to the computer again, then start again."
    )
    return f"{problem(SignInProblem.KEYRING_MISSING)} {text.format(program=program)}"


def other_relay(known: str) -> str:
    """Where the computer is signed in, and what another relay needs."""
    text = translate("SignIn", "This computer is signed in at {relay}.").format(relay=known)
    return f"{text} {problem(SignInProblem.OTHER_RELAY)}"


def problem(what: SignInProblem) -> str:
    """What happened and what to do."""
    return _PROBLEMS[what]
