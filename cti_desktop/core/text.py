"""Foreign text made safe to show: one line, no control or direction-changing characters, bounded."""

from __future__ import annotations

import unicodedata
from typing import Final

# Cc control, Cf format (bidi overrides, zero width), Cs lone surrogates, Co private use, Cn unassigned.
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Joiners are format characters, yet Devanagari and emoji need them to be spelled right.
_KEPT: Final = frozenset({"\u200c", "\u200d"})


def one_line(raw: object, limit: int = 200) -> str:
    """`raw` as one line of at most `limit` characters; white space is folded, a long tail becomes `…`."""
    if isinstance(raw, str) and len(raw) <= limit and raw.isascii() and raw.isprintable():
        return raw if raw == raw.strip() and "  " not in raw else " ".join(raw.split())
    return _cut(" ".join(_clean(raw).split()), limit)


def paragraphs(raw: object, limit: int = 4000) -> str:
    """Like `one_line`, but line breaks stay."""
    if not raw:
        return ""
    lines = str(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _cut("\n".join(_clean(line) for line in lines).strip(), limit)


def _clean(raw: object) -> str:
    text = raw if isinstance(raw, str) else str(raw)
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        " " if c.isspace() else c
        for c in text
        if c.isspace() or c in _KEPT or unicodedata.category(c) not in _DROPPED
    )


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
