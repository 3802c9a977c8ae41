"""The words of the day: today's calls and figures, promised calls back, and the search in all calls."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import grouped, translate

TODAY: Final = translate("Day", "Toda&y")
FOLLOW_UPS: Final = translate("Day", "&Follow-ups")
ALL_CALLS: Final = translate("Day", "&All calls")
TODAY_LIST: Final = translate("Day", "Today’s calls")
FOLLOW_UPS_LIST: Final = translate("Day", "Promised follow-ups")
ALL_CALLS_LIST: Final = translate("Day", "All calls")

NO_FOLLOW_UPS: Final = translate("Day", "Nothing promised")
NO_FOLLOW_UPS_DETAIL: Final = translate(
    "Day", "When you promise to call back, it is listed here, and a card reminds you at its time."
)
NOTHING_FOUND: Final = translate("Day", "No such call")
NOTHING_FOUND_DETAIL: Final = translate(
    "Day", "This computer remembers your calls of a year. Try a part of the name, the number or the notes."
)
NO_HISTORY: Final = translate("Day", "No calls yet")
NO_HISTORY_DETAIL: Final = translate("Day", "Every call that you had on this computer can be found here.")

SEARCH: Final = translate("Day", "Search in all calls")
SEARCH_CLEAR: Final = translate("Day", "Clear the search (Esc)")
SEARCH_HINT: Final = translate("Day", "Name, number, company, outcome, notes…   (Ctrl+F)")
ALL_CALLERS: Final = translate("Day", "Show all callers")

CALLS: Final = translate("Day", "Calls")
MISSED: Final = translate("Day", "Missed")
TALK_TIME: Final = translate("Day", "Talk time")
WRAP_UP_TIME: Final = translate("Day", "Wrap-up")
OUTCOMES: Final = translate("Day", "Outcomes today")
NO_OUTCOMES: Final = translate("Day", "No outcomes yet today")
OTHERS: Final = translate("Day", "Others")

CORRECT: Final = translate("Day", "&Correct outcome")
CALLERS_CALLS: Final = translate("Day", "This caller’s ca&lls")
DONE: Final = translate("Day", "&Done")
PUT_OFF: Final = translate("Day", "To&morrow")
DUE: Final = translate("Day", "Due")
BY_TIMER: Final = translate("Day", "{label} (by itself)")


def found(number: int, *, cut: bool) -> str:
    """`12 calls`; `5000 calls or more`."""
    text = translate("Day", "%n call", "%n calls", number).replace(str(number), grouped(number))
    return translate("Day", "{calls} or more").format(calls=text) if cut else text


def calls_of(caller: str) -> str:
    """Above a caller's history."""
    return translate("Day", "Calls with {caller}").format(caller=caller)


def bar(label: str, number: int) -> str:
    """A part of the chart: `Interested 3`."""
    return f"{label} {number}"


def summary(parts: list[str]) -> str:
    """What a screen reader says of the figures."""
    return ", ".join(parts)


def figure(name: str, value: str) -> str:
    """One of them."""
    return f"{name}: {value}"
