"""The words in which people say times: English, Hindi, and Hindi in Latin letters. No sense is made here."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import Final


class Is(Enum):
    """What kind of word it is."""

    DAY = "day"
    WEEKDAY = "weekday"
    MONTH = "month"
    HALF = "half"
    UNIT = "unit"
    NUMBER = "number"
    NEXT = "next"
    FILLER = "filler"


_DAYS: Final = ("today aaj आज", "tomorrow tomo tmrw tmr kal कल", "overmorrow parso parson परसों")
_WEEKDAYS: Final = (
    "mon mond monday som सोम सोमवार",
    "tue tues tuesday mangal मंगल मंगलवार",
    "wed wednesday budh बुध बुधवार",
    "thu thur thurs thursday guru गुरु गुरुवार बृहस्पतिवार",
    "fri friday shukra शुक्र शुक्रवार",
    "sat saturday shani शनि शनिवार",
    "sun sunday ravi रवि रविवार इतवार",
)
_MONTHS: Final = (
    "jan january जन जनवरी",
    "feb february फ़र फ़रवरी फरवरी",
    "mar march मार्च",
    "apr april अप्रैल",
    "may मई",
    "jun june जून",
    "jul july जुल जुलाई",
    "aug august अग अगस्त",
    "sep sept september सित सितंबर सितम्बर",
    "oct october अक्टू अक्टूबर अक्तूबर",
    "nov november नव नवंबर नवम्बर",
    "dec december दिस दिसंबर दिसम्बर",
)
# Parts of the day.
AM, MORNING, AFTERNOON, EVENING, PM = "am", "morning", "afternoon", "evening", "pm"
_HALVES: Final = {
    AM: "am",
    MORNING: "morning subah सुबह पूर्वाह्न",
    AFTERNOON: "afternoon dopahar दोपहर",
    EVENING: "evening tonight shaam sham raat शाम रात अपराह्न",
    PM: "pm",
}
_UNITS: Final = {
    1: "m min mins minute minutes मिनट",
    60: "h hr hrs hour hours ghanta ghante घंटा घंटे घंटों घण्टे",
    24 * 60: "d day days din दिन दिनों",
    7 * 24 * 60: "w week weeks hafte हफ़्ते हफ्ते सप्ताह",
}
_NUMBERS: Final = {1: "a an one ek एक", 2: "two दो", 3: "three तीन"}
_NEXT: Final = "next agle अगले"
_FILLERS: Final = "in at on by around the after later from now baje बजे o’clock o'clock को में बाद पर के की"


def plain(text: str) -> str:
    """`text` in the one spelling that is looked up."""
    return unicodedata.normalize("NFC", text.casefold()).replace("॰", " ")


def _vocabulary() -> dict[str, tuple[Is, object]]:
    numbered: list[tuple[Is, object, str]] = [
        *((Is.DAY, days, words) for days, words in enumerate(_DAYS)),
        *((Is.WEEKDAY, day, words) for day, words in enumerate(_WEEKDAYS)),
        *((Is.MONTH, month, words) for month, words in enumerate(_MONTHS, 1)),
        *((Is.HALF, half, words) for half, words in _HALVES.items()),
        *((Is.UNIT, minutes, words) for minutes, words in _UNITS.items()),
        *((Is.NUMBER, number, words) for number, words in _NUMBERS.items()),
        (Is.NEXT, None, _NEXT),
        (Is.FILLER, None, _FILLERS),
    ]
    return {plain(word): (kind, value) for kind, value, words in numbered for word in words.split()}


VOCABULARY: Final = _vocabulary()
