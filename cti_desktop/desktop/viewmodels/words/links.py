"""The words for the connection: what happened, what it means, what to do."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from cti_desktop.desktop.screen import Trouble
from cti_desktop.desktop.viewmodels.words import times

CONNECTED: Final = "Connected"
CATCHING_UP: Final = "Catching up"
CATCHING_UP_DETAIL: Final = "Fetching what happened while you were away"
CONNECTING: Final = "Connecting…"
RECONNECTING: Final = "Reconnecting"
OFFLINE: Final = "Offline"
SIGNED_OUT: Final = "Signed out"
SIGNING_IN: Final = "Signing in…"
STOOD_BY: Final = "In use elsewhere"
STOOD_BY_DETAIL: Final = "Another window of this computer took over your calls."
READY: Final = "Calls appear here as they ring"
SIGN_IN_TO_SEE: Final = "Sign in to see your calls"
RETRY: Final = "&Retry now"
USE_THIS_ONE: Final = "&Use this one"
APP: Final = "CTI Desktop"

_REASONS: Final = {
    Trouble.REFUSED: "The relay is not running, or its port is wrong.",
    Trouble.NO_SUCH_HOST: "The relay’s name is not found. Is this computer on the network?",
    Trouble.UNREACHABLE: "This computer has no way to the relay. Check the network or the VPN.",
    Trouble.TIMEOUT: "The relay does not answer in time.",
    Trouble.UNTRUSTED: "The relay’s certificate is not trusted. Ask IT; check this computer’s clock, too.",
    Trouble.TLS: "No secure connection could be made. Ask IT.",
    Trouble.NOT_A_RELAY: "Something else answers in the relay’s place. Does this network ask you to log in?",
    Trouble.FORBIDDEN: "The relay, or a firewall before it, refuses the connection. Ask IT.",
    Trouble.RELAY_FAILED: "The relay has a problem of its own. IT can see it in its log.",
    Trouble.PROXY: "The proxy of this network refuses. Ask IT, or set another one in Settings.",
    Trouble.PROXY_LOG_IN: "The proxy of this network wants a user name. Ask IT to let the relay pass.",
    Trouble.PORTAL: "This network wants you to log in first. Open any page in your browser and do so.",
    Trouble.EXPIRED: "The relay’s certificate is over, or this computer’s clock is ahead. "
    "Check date and time here; if they are right, tell IT.",
    Trouble.CLOCK: "This computer’s clock is behind: by it, the relay’s certificate is not valid yet. "
    "Set date and time.",
    Trouble.WRONG_NAME: "The certificate is another address’s than the relay’s. Check the address; ask IT.",
    Trouble.NOT_PINNED: "The certificate is not your company’s. Something between here and the relay "
    "may be listening, so nothing is sent. Tell IT.",
    Trouble.NO_PIN: "The file with your company’s certificate can’t be read. Ask IT; Settings name it.",
    Trouble.RESTARTING: "The relay is restarting. It will be back in a moment.",
    Trouble.LOST: "The connection broke.",
    Trouble.TOO_SLOW: "The connection is too slow for the relay.",
    Trouble.PROTOCOL: "This program and the relay don’t understand each other. Ask IT for an update.",
}


def reason(trouble: Trouble) -> str:
    """Why there is no link, and what to do."""
    return _REASONS[trouble]


def since(length: timedelta) -> str:
    """`for 5 minutes`."""
    return f"for {times.span(length)}"


def next_try(length: timedelta) -> str:
    """`next try in 12 s`."""
    return "trying now" if length < timedelta(seconds=1) else f"next try {times.until(length)}"


def clock_wrong(skew: timedelta) -> str:
    """Reassurance and advice while the link works: calls are timed by the relay’s clock."""
    way = "ahead" if skew > timedelta() else "behind"
    return f"This computer’s clock is {times.span(abs(skew))} {way}. Calls are timed right; set the clock."


def latency(count: int, middle: float, slow: float) -> str:
    """`Today 23 pops: 0.04 s, slowest 0.2 s`: from the relay to the painted card."""
    if not count:
        return ""
    pops = times.count(count, "pop", "pops")
    return f"Today {pops}: {_seconds(middle)}, at most {_seconds(slow)} for 19 of 20"


def _seconds(length: float) -> str:
    return f"{round(length * 1000)} ms" if length < 1 else f"{length:.1f} s"


def waiting(number: int) -> str:
    """`1 saved outcome waits to be sent`."""
    if not number:
        return ""
    return f"{times.count(number, 'saved outcome waits', 'saved outcomes wait')} to be sent"


def open_matters(waiting_now: int, parked_now: int) -> str:
    """`1 saved outcome waits to be sent · 1 outcome was refused`."""
    return " · ".join(part for part in (waiting(waiting_now), parked(parked_now)) if part)


def saved_here(number: int) -> str:
    """The reassurance that goes with it."""
    return f"{waiting(number)}; nothing is lost." if number else "What you save is kept and sent later."


def owed(number: int) -> str:
    """`2 outcomes still open`."""
    return f"{times.count(number, 'outcome', 'outcomes')} still open" if number else ""


def parked(number: int) -> str:
    """`1 outcome was refused`."""
    return f"{times.count(number, 'outcome was', 'outcomes were')} refused" if number else ""
