"""The rules by which two claims become one. Each ignores order and repetition; None says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from typing import TypeVar

T = TypeVar("T", bool, int, str)
E = TypeVar("E", bound=Enum)

# Spelled out instead of min() over a generator: these run a dozen times for every leg of every delivery.


def earliest(mine: datetime | None, theirs: datetime | None) -> datetime | None:
    """The first of two moments."""
    return theirs if mine is None or (theirs is not None and theirs < mine) else mine


def latest(mine: datetime | None, theirs: datetime | None) -> datetime | None:
    """The last of two moments."""
    return theirs if mine is None or (theirs is not None and theirs > mine) else mine


def greater(mine: T | None, theirs: T | None) -> T | None:
    """The greater of two values."""
    return theirs if mine is None or (theirs is not None and theirs > mine) else mine


def later_member(mine: E | None, theirs: E | None) -> E | None:
    """Of two members of one enumeration, the one that stands later in it."""
    if mine is None or theirs is None:
        return mine or theirs
    members = _members(type(mine))
    return max(mine, theirs, key=members.index)


@cache
def _members(kind: type[Enum]) -> Sequence[Enum]:
    return tuple(kind)
