"""The words of what the agent does with cards: make them small, keep them, try them."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import formats, translate

COLLAPSE: Final = translate("Pops", "Make this card small")
EXPAND: Final = translate("Pops", "Show the whole card")
PIN: Final = translate("Pops", "Keep this card on the screen")
UNPIN: Final = translate("Pops", "Keep this card no longer")
OPEN_IN_CRM: Final = translate("Pops", "Open in the CRM")
YOU_MISSED: Final = translate("Pops", "You missed this call")
LEARNED_LATE: Final = translate("Pops", "The news came late")

MENU_NEWEST: Final = translate("Pops", "Show the newest card")

TEST: Final = translate("Pops", "Test pop")
NO_CALL: Final = translate("Pops", "This is no call")
NO_CALL_DETAIL: Final = translate("Pops", "Calls will look like this, in this place")
THE_WAY: Final = translate("Pops", "To the relay and back")
TODAY: Final = translate("Pops", "Today, since the start")
NO_LINK: Final = translate("Pops", "Not tried: there is no connection just now")
NO_ANSWER: Final = translate("Pops", "No answer from the relay in 5 seconds. Ask IT.")

_TWENTY: Final = 20


def milliseconds(seconds: float) -> str:
    """`12 ms`; from a second on `1.3 s`."""
    if seconds < 1:
        return translate("Pops", "{number}\u00a0ms").format(number=max(1, round(seconds * 1000)))
    return translate("Pops", "{number}\u00a0s").format(
        number=f"{seconds:.1f}".replace(".", formats().decimal)
    )


def whole_seconds(number: int) -> str:
    """`30 s`."""
    return translate("Pops", "{number}\u00a0s").format(number=number)


def pops_today(number: int, middle: float, slow: float) -> str:
    """`23 pops, 40 ms; at most 200 ms for 19 of 20`: from the relay to the painted card.

    Of so few that a twentieth is none of them, `slow` is the slowest; one alone says it all. Empty for none.
    """
    if not number:
        return ""
    pops = translate("Pops", "%n pop", "%n pops", number)
    if number == 1:
        text = translate("Pops", "{pops}, {middle}")
    elif number < _TWENTY:
        text = translate("Pops", "{pops}, {middle}; at most {slow}")
    else:
        text = translate("Pops", "{pops}, {middle}; at most {slow} for 19 of 20")
    return text.format(pops=pops, middle=milliseconds(middle), slow=milliseconds(slow))
