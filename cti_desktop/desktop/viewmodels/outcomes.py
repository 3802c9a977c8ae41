"""The outcomes to choose from: all with their keys, those used last, and those that a few letters mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain, repeat
from string import ascii_lowercase
from typing import Final

from cti_desktop.core.disposition import Catalogue, Code, Draft
from cti_desktop.core.text import one_line
from cti_desktop.desktop.screen import Situation
from cti_desktop.desktop.viewmodels.words import prompts as words

MAX_SUGGESTIONS: Final = 3
_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_GREY: Final = "#64748b"


@dataclass(frozen=True, slots=True)
class Choice:
    """An outcome to choose. `key` is a digit or empty; `color` is always `#rrggbb`."""

    code: str
    label: str
    key: str
    color: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SubChoice:
    """A reason below the chosen outcome. `key` is a letter."""

    code: str
    label: str
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome with its reason, to be chosen at once. `help` says how."""

    code: str
    sub_code: str | None
    label: str
    color: str
    help: str = ""


def choices(catalogue: Catalogue, draft: Draft) -> tuple[Choice, ...]:
    """All that are offered. Retired codes are offered only where a draft already has them."""
    return tuple(
        Choice(
            code.code,
            one_line(code.label, 60),
            code.key if code.key and code.key.isdigit() and len(code.key) == 1 else "",
            color_of(code),
            code.code == draft.code,
        )
        for code in catalogue.codes
        if not code.retired or code.code == draft.code
    )


def color_of(code: Code) -> str:
    """The colour of an outcome; grey for one that can't be read."""
    return code.color if _COLOR.fullmatch(code.color) else _GREY


def sub_choices(code: Code | None, draft: Draft) -> tuple[SubChoice, ...]:
    """The reasons below the chosen outcome."""
    subs = code.sub_codes if code else ()
    offered = [sub for sub in subs if not sub.retired or sub.code == draft.sub_code]
    return tuple(
        SubChoice(sub.code, one_line(sub.label, 60), key, sub.code == draft.sub_code)
        for sub, key in zip(offered, chain(ascii_lowercase, repeat("")), strict=False)
    )


def outcomes(catalogue: Catalogue) -> tuple[Outcome, ...]:
    """Every outcome that is offered, by itself and with each of its reasons."""
    return tuple(
        Outcome(code.code, sub, one_line(catalogue.label_of(code.code, sub), 60), color_of(code))
        for code in catalogue.codes
        if not code.retired
        for sub in (None, *(s.code for s in code.sub_codes if not s.retired))
    )


def suggestions(situation: Situation) -> tuple[Outcome, ...]:
    """What this agent used last, each once, the latest first; nothing that is no longer offered."""
    saved = sorted(
        (call.saved for call in situation.calls if call.saved is not None and call.disposed_via == "desktop"),
        key=lambda disposition: disposition.saved_at,
        reverse=True,
    )
    found: dict[tuple[str, str | None], Outcome] = {}
    for disposition in saved:
        code = situation.catalogue.find(disposition.code)
        sub = code.sub(disposition.sub_code) if code else None
        gone = code is None or code.retired or (disposition.sub_code and (sub is None or sub.retired))
        key = (disposition.code, disposition.sub_code)
        if code is None or gone or key in found:
            continue
        tip = words.LAST_USED_HELP.format(number=len(found) + 1)
        label = one_line(situation.catalogue.label_of(*key), 60)
        found[key] = Outcome(*key, label, color_of(code), tip)
        if len(found) == MAX_SUGGESTIONS:
            break
    # One alone says no more than the list below it.
    return tuple(found.values()) if len(found) > 1 else ()


def matching(offered: tuple[Outcome, ...], text: str) -> tuple[Outcome, ...]:
    """What `text` may mean: outcomes whose words begin so, the same with a reason, those with it inside."""
    wanted = text.casefold().split()
    ranked = [(rank, outcome) for outcome in offered if (rank := _rank(outcome, wanted)) is not None]
    return tuple(outcome for _, outcome in sorted(ranked, key=lambda pair: pair[0]))


def _rank(outcome: Outcome, wanted: list[str]) -> int | None:
    label = outcome.label.casefold()
    if not all(word in label for word in wanted):
        return None
    begins = all(any(part.startswith(word) for part in label.split()) for word in wanted)
    return (1 if outcome.sub_code else 0) if begins else 2
