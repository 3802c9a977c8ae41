"""What a search looks for, and what of a call can be found. Pure text; the index is `history`."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from cti_desktop.core.my_call import MyCall
from cti_desktop.core.text import one_line

# The index knows runs of three letters; shorter words are looked for one by one.
INDEXED: Final = 3
_NUMBER: Final = re.compile(r"[\d\s()+./-]+")
_MAX_TERMS: Final = 8


def terms(text: str) -> tuple[str, ...]:
    """The words that must all occur. A number counts however it is written: `098200-55512`, `98200 55512`."""
    digits = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isdigit())
    if len(digits) >= INDEXED and _NUMBER.fullmatch(text):
        return (digits.lstrip("0") or digits,)
    return tuple(dict.fromkeys(_plain(text).split()))[:_MAX_TERMS]


def findable(call: MyCall) -> str:
    """Everything of `call` that an agent may remember it by."""
    info, caller = call.info, call.info.caller
    parts = [caller.number, caller.region, info.queue, info.did_label, info.did]
    if caller.contact is not None:
        parts += [caller.contact.name, caller.contact.company]
    parts += [call.disposed_as, call.disposed_notes, call.draft.notes]
    parts += [colleague.name for colleague in info.agents]
    return _plain("\n".join(part for part in parts if part))


def _plain(text: str) -> str:
    """Without differences that nobody types: case, width, control characters."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "\n".join(one_line(line) for line in folded.split("\n"))
