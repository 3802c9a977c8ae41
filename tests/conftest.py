"""The gates of every test: what it starts it ends, what it warns about it expects, and it stays at home.

Python warnings, Qt warnings and strict markers are gates of pytest and pytest-qt: see pyproject.toml.
"""

import asyncio
import gc
import ipaddress
import logging
import os
import re
import sys
import threading
import time
import weakref
from collections.abc import AsyncIterator, Callable, Generator, Iterable
from dataclasses import dataclass, field
from socket import socket
from typing import Any

import hypothesis
import pytest
import pytest_asyncio
import qasync
import shiboken6
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

# How long a thread that was told to end may take to do so.
THREAD_GRACE = 2.0

# `ci` finds the same failure on every machine; HYPOTHESIS_PROFILE=explore looks for new ones.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("explore", max_examples=2_000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@dataclass
class Watch:
    """What one test did to the process."""

    threads: set[threading.Thread]
    sockets: "weakref.WeakSet[socket]" = field(default_factory=weakref.WeakSet)
    strayed: list[str] = field(default_factory=list)
    records: list[logging.LogRecord] = field(default_factory=list)


class Watcher(logging.Handler):
    """Sees every socket and every warning in the logs; one per process, as audit hooks are for ever."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.watch: Watch | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Note a log record."""
        if self.watch:
            self.watch.records.append(record)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note a socket; refuse an address outside this machine."""
        if not event.startswith("socket.") or not self.watch:
            return
        if event == "socket.__new__" and isinstance(arguments[0], socket):
            self.watch.sockets.add(arguments[0])
        elif event in {"socket.connect", "socket.sendto"}:
            self.keep_home(arguments[1][0] if isinstance(arguments[1], tuple) else None)
        elif event == "socket.getaddrinfo":
            self.keep_home(arguments[0])

    def keep_home(self, host: str | bytes | None) -> None:
        """Refuse a host that is not this machine; the test fails even if the code swallows the error."""
        name = host.decode() if isinstance(host, bytes) else host
        if self.watch and not is_loopback(name):
            self.watch.strayed.append(f"tests may reach loopback only, not {name}")
            raise PermissionError(self.watch.strayed[-1])


def is_loopback(name: str | None) -> bool:
    """Whether a host name or address is this machine (None and "": any address of it)."""
    if not name or name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


# Windows that a person sees are for the end-to-end tests, which bring a screen of their own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

WATCHER = Watcher()
sys.addaudithook(WATCHER.audit)


# --- hooks ------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: repeat random trials as often as our published figures say, not as often as CI can."""
    parser.addoption("--long", action="store_true", help="run long trials in full, and tests marked `long`")


@pytest.fixture(scope="session")
def at_length(pytestconfig: pytest.Config) -> bool:
    """Whether this run has the time for long trials."""
    return bool(pytestconfig.getoption("--long"))


def pytest_asyncio_loop_factories(item: pytest.Item) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run a coroutine on the Qt event loop when it is marked `qasync`, else on asyncio's own."""
    if item.get_closest_marker("qasync"):
        return {"qasync": lambda: qasync.QEventLoop(QApplication.instance() or QApplication([]))}
    return {"asyncio": asyncio.new_event_loop}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the task gate around every coroutine, outside its other fixtures; leave out what is `long`."""
    for item in items:
        if item.get_closest_marker("long") and not config.getoption("--long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: `dev.py test --long` runs it"))
        if isinstance(item, pytest.Function) and item.get_closest_marker("asyncio"):
            names = item.fixturenames
            if "no_leaked_tasks" not in names:
                names.insert(0, "no_leaked_tasks")


def pytest_collection_finish() -> None:
    """Set aside what importing made, so that looking for timers stays cheap."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup() -> Generator[None]:
    """Begin to watch, before the first fixture."""
    WATCHER.watch = Watch(set(threading.enumerate()))
    logging.getLogger().addHandler(WATCHER)
    yield


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Judge, after the last fixture."""
    yield
    if item.get_closest_marker("qasync"):
        gc.collect()  # else a thread of some later test collects the dead loop's timers, and Qt warns of that
    watch, WATCHER.watch = WATCHER.watch, None
    logging.getLogger().removeHandler(WATCHER)
    assert watch is not None
    faults = [*watch.strayed, *leaked_threads(watch), *leaked_sockets(watch), *stray_records(item, watch)]
    if {"qapp", "qapp_args"} & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("qasync"):
        faults += leaked_timers()
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


# --- judges -----------------------------------------------------------------------------------------------


@pytest_asyncio.fixture
async def no_leaked_tasks() -> AsyncIterator[None]:
    """Fail a coroutine test that leaves tasks behind; closing the loop would cancel them unseen."""
    yield
    await asyncio.sleep(0)  # a task that was cancelled on the last line may end now
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        pytest.fail("leaked task: " + ", ".join(sorted(describe_task(task) for task in left)), pytrace=False)


def describe_task(task: "asyncio.Task[Any]") -> str:
    """Name a task and the coroutine that it runs."""
    coroutine = task.get_coro()
    return f"{task.get_name()} ({getattr(coroutine, '__qualname__', coroutine)})"


def leaked_threads(watch: Watch) -> Iterable[str]:
    """Name the threads that the test started and that do not end."""
    deadline = time.monotonic() + THREAD_GRACE
    for thread in set(threading.enumerate()) - watch.threads:
        # A _DummyThread is one that Qt started and Python merely met.
        if not isinstance(thread, threading._DummyThread):
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                yield f"leaked thread: {thread.name}"


def leaked_sockets(watch: Watch) -> Iterable[str]:
    """Name, and close, the sockets that the test left open."""
    for opened in list(watch.sockets):
        if opened.fileno() != -1:
            yield f"leaked socket: {opened!r}"
            opened.close()


def leaked_timers() -> Iterable[str]:
    """Name, and stop, the QTimers and animations that still run once every deferred deletion is done."""
    if QCoreApplication.instance() is None:
        return
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for thing in gc.get_objects():
        if issubclass(type(thing), QTimer) and shiboken6.isValid(thing) and thing.isActive():
            yield f"leaked timer: {thing!r}, every {thing.interval()} ms, of {thing.parent()!r}"
            thing.stop()
        elif issubclass(type(thing), QAbstractAnimation) and shiboken6.isValid(thing) and is_running(thing):
            yield f"leaked animation: {thing!r} of {thing.parent()!r}"
            thing.stop()


def is_running(animation: QAbstractAnimation) -> bool:
    """Whether it moves something."""
    return animation.state() is QAbstractAnimation.State.Running


def stray_records(item: pytest.Item, watch: Watch) -> Iterable[str]:
    """Name unexpected log records, and expected ones that never came.

    A test that takes `caplog` looks at its records by itself.
    """
    patterns = [pattern for marker in item.iter_markers("warning_logs") for pattern in marker.args]
    messages = [record.getMessage() for record in watch.records]
    if "caplog" not in getattr(item, "fixturenames", ()):
        for record, message in zip(watch.records, messages, strict=True):
            if not any(re.search(pattern, message) for pattern in patterns):
                yield f"unexpected log: {record.levelname} {record.name}: {message}"
    for pattern in patterns:
        if not any(re.search(pattern, message) for message in messages):
            yield f"expected log never came: {pattern}"
