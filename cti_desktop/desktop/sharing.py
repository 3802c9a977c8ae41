"""What it means for callers that others see this screen. Not how a system tells that they do."""

from __future__ import annotations

from enum import Enum


class Sharing(Enum):
    """Whether others see it, as far as the system tells."""

    NOT_TOLD = "not_told"
    HIDDEN = "hidden"  # they do: who calls is hidden
    REVEALED = "revealed"  # they do, and the agent shows who calls all the same
