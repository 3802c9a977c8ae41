"""The words for the connection: what happened, what it means, what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cti_desktop.core.text import one_line
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.viewmodels.words import times
from cti_desktop.desktop.viewmodels.words.language import translate

CONNECTED: Final = translate("Links", "Connected")
CATCHING_UP: Final = translate("Links", "Catching up")
CATCHING_UP_DETAIL: Final = translate("Links", "Fetching what happened while you were away")
CONNECTING: Final = translate("Links", "Connecting…")
RECONNECTING: Final = translate("Links", "Reconnecting")
OFFLINE: Final = translate("Links", "Offline")
SIGNED_OUT: Final = translate("Links", "Signed out")
SIGNING_IN: Final = translate("Links", "Signing in…")
SIGNING_OUT: Final = translate("Links", "Signing out…")
STOOD_BY: Final = translate("Links", "In use elsewhere")
STOOD_BY_DETAIL: Final = translate("Links", "Another window of this computer took over your calls.")
READY: Final = translate("Links", "Calls appear here as they ring")
SIGN_IN_TO_SEE: Final = translate("Links", "Sign in to see your calls")
RETRY: Final = translate("Links", "&Retry now")
USE_THIS_ONE: Final = translate("Links", "&Use this one")
APP: Final = translate("Links", "CTI Desktop")

_REASONS: Final = {
    Trouble.REFUSED: translate("Links", "The relay is not running, or its port is wrong."),
    Trouble.NO_SUCH_HOST: translate(
        "Links", "The relay’s name is not found. Is this computer on the network, and its VPN on?"
    ),
    Trouble.UNREACHABLE: translate(
        "Links", "This computer has no way to the relay. Check the network or the VPN."
    ),
    Trouble.TIMEOUT: translate("Links", "The relay does not answer in time."),
    Trouble.UNTRUSTED: translate(
        "Links",
        "The relay’s certificate is not trusted, so nothing is sent. Does this network want you to log in? "
        "Open any page in your browser; else ask IT.",
    ),
    Trouble.NOT_ENCRYPTED: translate(
        "Links",
        "The relay’s port answers without encryption. Ask IT for the right port; "
        "of a relay on this computer, write the address with http://.",
    ),
    Trouble.TLS: translate("Links", "No secure connection could be made. Ask IT."),
    Trouble.NOT_A_RELAY: translate(
        "Links", "Something else answers in the relay’s place. Does this network ask you to log in?"
    ),
    Trouble.FORBIDDEN: translate(
        "Links", "The relay, or a firewall before it, refuses the connection. Ask IT."
    ),
    Trouble.RELAY_FAILED: translate("Links", "The relay has a problem of its own. IT can see it in its log."),
    Trouble.PROXY: translate(
        "Links", "The proxy of this network refuses. Ask IT, or set another one in Settings."
    ),
    Trouble.NO_PROXY: translate(
        "Links",
        "The proxy of this network does not answer. If you are in another network now, "
        "write “none” for the proxy in Settings; else ask IT.",
    ),
    Trouble.BAD_PROXY: translate(
        "Links",
        "The proxy that is set can’t be used. Write it in Settings like http://host:port, or “none”; ask IT.",
    ),
    Trouble.PROXY_LOG_IN: translate(
        "Links", "The proxy of this network wants a user name. Ask IT to let the relay pass."
    ),
    Trouble.PORTAL: translate(
        "Links", "This network wants you to log in first. Open any page in your browser and do so."
    ),
    Trouble.EXPIRED: translate(
        "Links",
        "The relay’s certificate is over, or this computer’s clock is ahead. "
        "Check date and time here; if they are right, tell IT.",
    ),
    Trouble.CLOCK: translate(
        "Links",
        "This computer’s clock is behind: by it, the relay’s certificate is not valid yet. "
        "Set date and time.",
    ),
    Trouble.WRONG_NAME: translate(
        "Links",
        "Somebody else answers in the relay’s place, so nothing is sent. Does this network want you "
        "to log in? Open any page in your browser; else check the address, and ask IT.",
    ),
    Trouble.NOT_PINNED: translate(
        "Links",
        "The certificate is not your company’s. Something between here and the relay "
        "may be listening, so nothing is sent. Tell IT.",
    ),
    Trouble.NO_PIN: translate(
        "Links", "The file with your company’s certificate can’t be read. Ask IT; Settings name it."
    ),
    Trouble.RESTARTING: translate("Links", "The relay is restarting. It will be back in a moment."),
    Trouble.LOST: translate("Links", "The connection broke."),
    Trouble.TOO_SLOW: translate("Links", "The connection is too slow for the relay."),
    Trouble.PROTOCOL: translate(
        "Links", "This program and the relay don’t understand each other. Ask IT for an update."
    ),
}
# What the relay calls these says no more, and in no language of people.
_SAID_WHOLLY: Final = frozenset({Trouble.RESTARTING, Trouble.TOO_SLOW})


def reason(trouble: Trouble) -> str:
    """Why there is no link, and what to do."""
    return _REASONS[trouble]


def reason_with(trouble: Trouble, detail: str) -> str:
    """The same, with what IT may want to know: `… (HTTP 502)`."""
    if not detail or trouble in _SAID_WHOLLY:
        return reason(trouble)
    return f"{reason(trouble)} ({one_line(detail, 120)})"


def since(length: timedelta) -> str:
    """`for 5 minutes`."""
    return translate("Links", "for {span}").format(span=times.span(length))


def next_try(length: timedelta) -> str:
    """`next try in 12 s`."""
    if length < timedelta(seconds=1):
        return translate("Links", "trying now")
    return translate("Links", "next try {until}").format(until=times.until(length))


def sentence(text: str) -> str:
    """`text` as a whole sentence, its full stop as the language writes it."""
    return translate("Links", "{text}.").format(text=f"{text[:1].upper()}{text[1:]}")


def clock_wrong(skew: timedelta) -> str:
    """Reassurance and advice while the link works: calls are timed by the relay’s clock."""
    if skew > timedelta():
        text = translate(
            "Links", "This computer’s clock is {span} ahead. Calls are timed right; set the clock."
        )
    else:
        text = translate(
            "Links", "This computer’s clock is {span} behind. Calls are timed right; set the clock."
        )
    return text.format(span=times.span(abs(skew)))


def waiting(number: int) -> str:
    """`1 saved outcome waits to be sent`."""
    if not number:
        return ""
    return translate(
        "Links", "%n saved outcome waits to be sent", "%n saved outcomes wait to be sent", number
    )


def open_matters(waiting_now: int, parked_now: int) -> str:
    """`1 saved outcome waits to be sent · 1 outcome was refused`."""
    return " · ".join(part for part in (waiting(waiting_now), parked(parked_now)) if part)


def saved_here(number: int) -> str:
    """The reassurance that goes with it."""
    if not number:
        return translate("Links", "What you save is kept and sent later.")
    return translate("Links", "{waiting}; nothing is lost.").format(waiting=waiting(number))


def owed(number: int) -> str:
    """`2 outcomes still open`."""
    if not number:
        return ""
    return translate("Links", "%n outcome still open", "%n outcomes still open", number)


def parked(number: int) -> str:
    """`1 outcome was refused`."""
    if not number:
        return ""
    return translate("Links", "%n outcome was refused", "%n outcomes were refused", number)
