"""Whether two directory entries read like one person's. A proposal for a person to judge, never a verdict."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from typing import Final

_TITLES: Final = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "prof", "shri", "sri", "smt", "kumari", "श्री", "श्रीमती", "कुमारी", "डॉ"}
)
# Of sorted words: a letter may be missing or doubled, but `Ravi` is not `Rani`.
_LIKENESS: Final = 0.9


def read_alike(one: str, other: str) -> bool:
    """Whether two names may be the same person's: the same words, some of them left out, or a slip."""
    mine, theirs = _words(one), _words(other)
    if not mine or not theirs:
        return False
    if mine <= theirs or theirs <= mine:
        return True
    likeness = SequenceMatcher(None, " ".join(sorted(mine)), " ".join(sorted(theirs)), autojunk=False)
    return likeness.ratio() >= _LIKENESS


def _words(name: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    spaced = "".join(" " if unicodedata.category(c)[0] in "PSZ" else c for c in folded)
    return frozenset(spaced.split()) - _TITLES
