"""When Python looks for garbage: not while the program starts, and never again at what is there by then.

A start makes little garbage, and looking for it takes a tenth of the time. Afterwards a whole collection
would take as long as some frames, and now and then hold up a pop.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the first module of a start: what it imports comes too early
    from cti_desktop.desktop.screen import Emit, Screen, ScreenFactory


@contextlib.contextmanager
def put_off() -> Iterator[None]:
    """Within the block none is collected before a screen is `settled`."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def settled(screen_factory: ScreenFactory) -> ScreenFactory:
    """`screen_factory`; what was imported and it builds stays: no collection of garbage looks at it again."""

    def build(emit: Emit) -> Screen:
        screen = screen_factory(emit)
        gc.freeze()
        gc.enable()
        return screen

    return build
