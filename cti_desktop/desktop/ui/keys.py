"""The keys of a system-wide shortcut, as every system's way understands them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Keys:
    """A key (Qt's number: the character of a letter or digit) with at least one of its modifiers."""

    key: int
    control: bool = False
    alt: bool = False
    shift: bool = False
    meta: bool = False
