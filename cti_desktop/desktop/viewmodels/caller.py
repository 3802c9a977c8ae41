"""The customer as every view shows them: name, number, place, initials, and a colour of their own."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from cti_desktop.core import numbers
from cti_desktop.core.events import Caller
from cti_desktop.core.text import one_line
from cti_desktop.desktop.viewmodels.words import callers, language
from cti_desktop.desktop.viewmodels.words import calls as words

HUES: Final = 8
"""How many caller colours the theme has."""


@dataclass(frozen=True, slots=True)
class CallerModel:
    """`hue` is 0…HUES-1, the same for every call of a number. `initials` is empty where nobody is known.

    `tells_digits`: whether what leaves a card may have the last of the number in it.
    """

    name: str
    number: str
    place: str
    initials: str
    hue: int
    last_digits: str
    copyable: str
    company: str = ""
    tells_digits: bool = True

    @property
    def details(self) -> str:
        """The line below the name."""
        return "  ·  ".join(part for part in (self.number, self.place) if part)

    @property
    def brief(self) -> str:
        """The caller in one line, to be told from every other: `Ananya Deshmukh  …5512`."""
        return "  ".join(part for part in (self.name, self.last_digits) if part)

    @property
    def told(self) -> str:
        """The same outside of a card: in titles of windows, and aloud. The team may keep digits in."""
        return self.brief if self.tells_digits else self.name


def caller_model(caller: Caller, revealed: str = "", *, tells_digits: bool = True) -> CallerModel:
    """`caller` ready to be shown; every foreign text is made safe and one line long.

    `revealed` is the number behind the mask: to be read, not to be copied.
    """
    number = caller.number
    written = numbers.to_display(revealed) if revealed else one_line(caller.masked or _short(caller), 40)
    contact = caller.contact
    region = one_line(caller.region, 60) if caller.region else None
    name = one_line(contact.name, 120) if contact else ""
    unnamed = words.UNKNOWN_CALLER if number or written else words.WITHHELD
    if len(caller.contacts) > 1:
        unnamed = callers.several(len(caller.contacts))
    return CallerModel(
        name=name or unnamed,
        number=language.left_to_right(numbers.to_display(number) if number else written, region or "")
        or words.WITHHELD_DETAIL,
        place=words.place(
            language.set_apart(region) if region else None, numbers.country_of(number) if number else None
        ),
        initials=initials(name),
        hue=crc32(number.encode()) % HUES if number else HUES - 1,
        last_digits=_last_digits(caller),
        copyable=number or "",
        company=one_line(contact.company, 60) if contact and contact.company else "",
        tells_digits=tells_digits,
    )


def _last_digits(caller: Caller) -> str:
    """What tells two callers of one name apart: of a masked number, what is left of it; a short one whole."""
    written = caller.number or caller.masked or _short(caller)
    digits = written[len(written.rstrip("0123456789")) :]
    return words.last_digits(digits) if digits and digits != written else digits


def _short(caller: Caller) -> str:
    """An extension, a service's number: what has digits. Words (`anonymous`) say that it is withheld."""
    written = caller.written or ""
    return written if any(letter.isdigit() for letter in written) else ""


def initials(name: str) -> str:
    """`AD` for `Ananya Deshmukh`; one letter where the script has no capitals (`अ`); empty for no letters."""
    firsts = [word[0] for word in name.split() if word[0].isalpha()]
    if not firsts:
        return ""
    if unicodedata.category(firsts[0]) == "Lo":
        return firsts[0]
    chosen = firsts if len(firsts) == 1 else [firsts[0], firsts[-1]]
    return "".join(chosen).upper()
