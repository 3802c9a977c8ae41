"""Whether two directory entries read like one person's, and the entry that both make together.

That they are the same is a proposal for a person to judge, never a verdict.
"""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from typing import Final

from cti_desktop.core.events import Contact

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


def as_one(mine: Contact, theirs: Contact) -> Contact:
    """My entry, with what it lacks from theirs; tags, notes and fields of both."""
    return Contact(
        mine.id,
        mine.name,
        mine.company or theirs.company,
        mine.owner or theirs.owner,
        mine.vip or theirs.vip,
        tuple(dict.fromkeys((*mine.tags, *theirs.tags))),
        "\n".join(dict.fromkeys(note for note in (mine.notes, theirs.notes) if note)),
        mine.link or theirs.link,
        tuple((dict(theirs.fields) | dict(mine.fields)).items()),
    )


def _words(name: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", name).casefold()
    spaced = "".join(" " if unicodedata.category(c)[0] in "PSZ" else c for c in folded)
    return frozenset(spaced.split()) - _TITLES
