"""The language of the words, in one look-up. English is the source and needs no table.

Knows no Qt: `ui.languages` hands in the look-up. Module constants are words of the language at import, so
`use` imports the other modules of this room anew, in place.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from unicodedata import bidirectional

Lookup = Callable[[str, str, str, int], str]
"""Context, source, form for many, number (-1 without one) to the translation; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How figures are written here, whatever the language: `14:05` or `2:05 pm`, `12 Nov` or `Nov 12`.

    `lakhs`: as in India, `1,00,000`.
    """

    twelve_hours: bool = False
    month_first: bool = False
    decimal: str = "."
    thousands: str = ","
    lakhs: bool = False
    right_to_left: bool = False


@dataclass(slots=True)
class _Current:
    lookup: Lookup | None = None
    formats: Formats = Formats()


_current: Final = _Current()


def translate(context: str, source: str, many: str = "", number: int | None = None) -> str:
    """`source` in the language in use. With a `number` there are forms: `source` for one, `many` else.

    Call it with literals only: that is how the translator's file is made. `%n` becomes the number;
    other places are `{name}`, for `str.format`.
    """
    text = ""
    if _current.lookup is not None:
        text = _current.lookup(context, source, many, -1 if number is None else number)
    if number is None:
        return text or source
    return (text or (source if number == 1 else many)).replace("%n", str(number))


def formats() -> Formats:
    """How figures are written."""
    return _current.formats


def grouped(number: int) -> str:
    """`100,000`; `1,00,000` where that is usual."""
    digits, how = str(number), _current.formats
    groups, rest, step = [digits[-3:]], digits[:-3], 2 if how.lakhs else 3
    while rest:
        groups.insert(0, rest[-step:])
        rest = rest[:-step]
    return how.thousands.join(groups)


def left_to_right(text: str, beside: str = "") -> str:
    """`text`, a number in groups, to be read from the left in any language, and beside any words."""
    turned = _current.formats.right_to_left or any(bidirectional(letter) in ("R", "AL") for letter in beside)
    return f"\u2066{text}\u2069" if turned and text else text


def set_apart(name: str) -> str:
    """`name`, of any script, in a line of ours that is read from the left: it turns nothing else round."""
    turns = any(bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if turns and not _current.formats.right_to_left else name


def use(lookup: Lookup | None, how: Formats | None = None) -> None:
    """Speak this language from now on; None is English. Views must be rendered again."""
    was, _current.lookup = _current.lookup, lookup
    if how is not None:
        _current.formats = how
    if lookup is not was:
        room = __name__.rpartition(".")[0] + "."
        for name in sorted(name for name in sys.modules if name.startswith(room) and name != __name__):
            importlib.reload(sys.modules[name])
