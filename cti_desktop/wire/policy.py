"""What a relay tells its desktops of the rules that they go by, and of what it can do for them."""

from __future__ import annotations

from typing import Literal

import msgspec

from cti_desktop.core.wrap_up import Demand, WrapUp


class Policy(msgspec.Struct, frozen=True):
    """What the team lead decided for all desktops."""

    wrap_up: Literal["optional", "required", "timed"] = "optional"
    # For `timed`: how long, and the code that is saved then; null: it stays owed.
    wrap_up_seconds: int = 60
    auto_code: str | None = None
    # Whether the program asks for what is owed before it is quit. Never keeps the computer from logging off.
    finish_before_quit: bool = False
    # What may be wished, by `core.errands`: an older relay says nothing, and is asked for nothing new.
    errands: tuple[str, ...] = ()

    @property
    def rule(self) -> WrapUp:
        """What it says of the time after a conversation."""
        return WrapUp(Demand(self.wrap_up), self.wrap_up_seconds, self.auto_code)
