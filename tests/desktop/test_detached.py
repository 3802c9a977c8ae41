"""Calls on threads that nobody waits for at the end."""

import threading

import pytest

from cti_desktop.desktop.detached import detached


async def test_results_and_errors_come_back() -> None:
    """As if the call had been made here."""
    assert 42 == await detached("sum", lambda: 40 + 2, 5)
    with pytest.raises(ZeroDivisionError):
        await detached("division", lambda: 1 // 0, 5)


async def test_patience_ends() -> None:
    """A call that hangs is left to itself; when it ends after all, nobody minds."""
    let_go = threading.Event()
    with pytest.raises(TimeoutError):
        await detached("hanging", let_go.wait, 0.01)
    let_go.set()


async def test_the_thread_does_not_keep_the_program() -> None:
    """It is a daemon, and named."""
    found = await detached("named", threading.current_thread, 5)
    assert ("named", True) == (found.name, found.daemon)
