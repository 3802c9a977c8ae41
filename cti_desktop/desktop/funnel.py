"""Where exceptions end that nobody expected, of the event loop as of Qt's slots. One per process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Final

_log: Final = logging.getLogger(__name__)


class Funnel:
    """Where exceptions end that nobody expected: logged, and the program ends in order, with exit code 1."""

    def __init__(self) -> None:
        """Nothing has failed yet."""
        self.failed = False
        self.on_failure: Callable[[], None] | None = None

    def caught(self, error: BaseException | None, where: str) -> None:
        """Log a bug of ours, and end the program once."""
        _log.critical("bug in %s", where, exc_info=error)
        first, self.failed = not self.failed, True
        if first and self.on_failure is not None:
            self.on_failure()

    def on_loop(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """For asyncio's exception handler."""
        self.caught(context.get("exception"), str(context.get("message")))

    def on_slot(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """`sys.excepthook`, which Qt calls for an exception in a slot."""
        self.caught(error.with_traceback(trace), f"a slot ({kind.__name__})")

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Within the block, exceptions of slots and of the running loop come here."""
        before = sys.excepthook
        sys.excepthook = self.on_slot
        asyncio.get_running_loop().set_exception_handler(self.on_loop)
        try:
            yield
        finally:
            sys.excepthook = before
            asyncio.get_running_loop().set_exception_handler(None)
