"""An event loop whose clock can be put forward: what waits for a minute is seen without waiting for one."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class SkippingLoop(asyncio.SelectorEventLoop):
    """asyncio's own, with every timer by a clock that `skip` moves. Sockets and threads are real."""

    skipped = 0.0

    def time(self) -> float:
        """Seconds, those that were skipped included."""
        return super().time() + self.skipped

    async def skip(self, seconds: float, until: Callable[[], bool] = lambda: False) -> float:
        """Let so many seconds pass, half a second at a time, or until something is so; how many passed."""
        passed = 0.0
        while passed < seconds and not until():
            self.skipped += 0.5
            passed += 0.5
            for _ in range(10):  # what is due happens, what was sent arrives, and is answered
                await asyncio.sleep(0.0)
        return passed


def skipping(run: Callable[[SkippingLoop], Coroutine[Any, Any, T]]) -> T:
    """What `run` returns on such a loop."""
    with asyncio.Runner(loop_factory=SkippingLoop) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, SkippingLoop)
        return runner.run(run(loop))
