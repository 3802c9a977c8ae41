"""What the agent should know that is no call and no state of the link: one of each kind, till it is read."""

from __future__ import annotations

from cti_desktop.desktop.screen import Notice, NoticeCode


class Notices:
    """In the order in which they came."""

    def __init__(self) -> None:
        """None."""
        self._told: dict[NoticeCode, Notice] = {}

    @property
    def all(self) -> tuple[Notice, ...]:
        """Those that stand now."""
        return tuple(self._told.values())

    def tell(self, code: NoticeCode, detail: str = "", count: int = 0) -> None:
        """Let the agent know; in place of another of this kind."""
        self._told[code] = Notice(code, detail, count)

    def drop(self, code: NoticeCode) -> None:
        """It is true no more."""
        self._told.pop(code, None)

    def dismiss(self, code: str) -> None:
        """The agent has read it."""
        self._told = {known: notice for known, notice in self._told.items() if known.value != code}
