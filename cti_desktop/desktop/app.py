"""The composition root: Qt's application and event loop, the controller with its real parts, and one funnel.

The only place that knows all of them, and the only user of qasync.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

from PySide6.QtCore import QEvent, Qt, qVersion
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QMessageBox

import qasync  # isort: skip - after Qt, which it must find loaded

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop import branding, logs, managed
from cti_desktop.desktop import self_test as tests
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.controller import Controller
from cti_desktop.desktop.credentials import TokenKeeper
from cti_desktop.desktop.dialing import DEFAULT_PACE, Pace
from cti_desktop.desktop.funnel import Funnel
from cti_desktop.desktop.garbage import settled
from cti_desktop.desktop.intents import LookForUpdates, Quit, RetryNow, ShowWindow
from cti_desktop.desktop.machine import surroundings
from cti_desktop.desktop.places import Places
from cti_desktop.desktop.screen import ScreenFactory
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.qt_log import DisplayLostError, qt_to_log
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.session_bus import has_session_bus
from cti_desktop.desktop.ui.single_instance import SingleInstance
from cti_desktop.desktop.ui.x11 import when_lost
from cti_desktop.desktop.viewmodels.words import starting

_log: Final = logging.getLogger(__name__)
_NO_BOX: Final = frozenset({"offscreen", "minimal"})
_DISPLAY_LOST: Final = "the display is gone, so the program ends; what was typed is kept"


class Application(QApplication):
    """Every wish to quit (Cmd+Q, logout, `quit()`) goes to `on_quit`, so that nothing ends half-written."""

    on_quit: Callable[[], None] | None = None
    on_session_end: Callable[[], None] | None = None

    def session_ends(self, _manager: QSessionManager | None = None) -> None:
        """The computer may be about to be logged off: never asked about, never held up."""
        if self.on_session_end is not None:
            self.on_session_end()

    def event(self, event: QEvent) -> bool:
        """Qt's own."""
        if event.type() == QEvent.Type.Quit and self.on_quit is not None:
            event.ignore()
            self.on_quit()
            return True
        return super().event(event)


# --- for the command line ---------------------------------------------------------------------------------


def main(where: Places, keeper: TokenKeeper, relay_url: str = "", *, quietly: bool = False) -> int:
    """The agent's program, until the agent quits. Returns the exit code. `quietly`: nobody clicked for it."""
    try:
        where.make()
        with logs.to_file(where.log), _a_lost_display_logged(), qt_to_log():
            application = make_application()
            if application is None:
                return refuse(starting.no_display())
            when_lost(_end_without_display)
            decided = branding.current().managed.beneath(managed.load())
            account = Account(where.settings, keeper, relay_url, managed=decided)
            with SingleInstance(where.state, where.profile) as instance:
                if not instance.is_first:
                    return _brought_forward(where, instance)
                begin = functools.partial(run, application, where, account, QtScreen, forward=not quietly)
                failed = turn(application, lambda: begin(instance=instance))
    except DisplayLostError:
        return refuse(starting.display_lost(), in_box=False)
    except StorageError as error:
        return refuse(_storage_words(error, where))
    except ConfigError as error:
        return refuse(starting.bad_settings(str(error)))
    except OSError as error:
        return refuse(starting.not_writable(str(error.filename), error.strerror or ""))
    if failed:
        return refuse(starting.failed(str(where.log)))
    return 0


def self_test(report: Path | None = None) -> int:
    """`--self-test`, into the file `report` where one is named. Returns the exit code."""
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    lines: list[str] = []
    well = tests.run(tests.checks(look_at_qt), lines.append)
    text = "\n".join([*lines, ""])
    if report is not None:
        report.write_text(text, encoding="utf-8")
    elif sys.stdout is not None:  # a program without a console has none
        sys.stdout.write(text)
    return 0 if well else 1


def look_at_qt() -> str:
    """Qt starts, and its event loop carries asyncio."""
    application = make_application()
    if application is None:
        raise tests.CheckFailed("no display")

    async def turns() -> int:
        for _ in range(100):
            await asyncio.sleep(0)
        return 0

    turn(application, turns)
    return f"{qVersion()}, {application.platformName()}"


# --- for the command line and the demo --------------------------------------------------------------------


def make_application() -> Application | None:
    """The process's application; None without a display, where Qt would abort."""
    running = QApplication.instance()
    if isinstance(running, Application):
        return running
    if not has_display():
        return None
    if os.environ.get("WAYLAND_DISPLAY") and os.environ.get("DISPLAY"):
        # Wayland lets no window choose its place or stay on top; a card needs both.
        os.environ.setdefault("QT_QPA_PLATFORM", "xcb")
    if has_session_bus() and "KDE" not in os.environ.get("XDG_CURRENT_DESKTOP", ""):
        # Of Qt's own themes, the one that hears from any desktop's portal when it turns dark.
        os.environ.setdefault("QT_QPA_PLATFORMTHEME", "gnome")
    QApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    application = Application([branding.current().name])
    application.setApplicationName("cti-desktop")
    application.setApplicationDisplayName(branding.current().name)
    application.setDesktopFileName("cti-desktop")
    application.setQuitOnLastWindowClosed(False)
    application.commitDataRequest.connect(application.session_ends)
    languages.use()
    return application


def has_display() -> bool:
    """Whether Qt would find a screen, or was told to do without."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def turn(application: Application, main: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """Run `main` on Qt's event loop; its result."""
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        return runner.run(main())


async def run(
    application: Application,
    where: Places,
    account: Account,
    screen_factory: ScreenFactory,
    *,
    pace: Pace = DEFAULT_PACE,
    instance: SingleInstance | None = None,
    forward: bool = False,
) -> int:
    """One agent's desktop, until `Quit`, however it is wished for; the exit code. `forward`: with its window.

    Raises `StorageError` and `ConfigError` before anything is shown. `where` must be made.
    """
    store = Store.open(where.store)
    try:
        controller = Controller(
            store, store.load(), account, settled(screen_factory), pace=pace, surroundings=surroundings(where)
        )
    except (ConfigError, StorageError):
        store.close()
        raise
    funnel = Funnel()
    funnel.on_failure = application.on_quit = lambda: controller.emit(Quit())
    # Others may still call it off: go on, with everything on the disk. Then SIGTERM comes, or nothing more.
    application.on_session_end = lambda: controller.emit(RetryNow())
    if instance is not None:
        instance.on_second_start = lambda: controller.emit(ShowWindow())
    try:
        with funnel.installed(), _signals(application.on_quit):
            _log.info("started, profile %s", where.profile)
            if forward:
                controller.emit(ShowWindow())
            if branding.current().update_url:
                controller.emit(LookForUpdates())
            await controller.run()
    except Exception as error:  # noqa: BLE001 - the funnel
        funnel.caught(error, "the controller")
    finally:
        application.on_quit = application.on_session_end = None
        if instance is not None:
            instance.on_second_start = None
    _log.info("ended")
    return 1 if funnel.failed else 0


@contextlib.contextmanager
def _a_lost_display_logged() -> Iterator[None]:
    try:
        yield
    except DisplayLostError:
        _log.critical(_DISPLAY_LOST)
        when_lost(lambda: os._exit(1))  # as Qt takes leave of it
        raise


def _end_without_display() -> NoReturn:
    """At once, as Xlib can't go on, and is in the middle of Qt. The store bears that, as any crash."""
    _log.critical(_DISPLAY_LOST)
    refuse(starting.display_lost(), in_box=False)
    os._exit(1)


def _brought_forward(where: Places, instance: SingleInstance) -> int:
    """A second start: the first one shows its window. Exit code 0, or 1 when it does not answer."""
    if instance.bring_first_forward():
        return 0
    return refuse(starting.silent(where.profile))


@contextlib.contextmanager
def _signals(on_quit: Callable[[], None]) -> Iterator[None]:
    """SIGTERM and Ctrl+C quit in order, where the platform lets a loop hear them."""
    loop = asyncio.get_running_loop()
    heard: list[signal.Signals] = []
    with contextlib.suppress(NotImplementedError):
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, on_quit)
            heard.append(number)
    try:
        yield
    finally:
        for number in heard:
            loop.remove_signal_handler(number)


def refuse(reason: str, *, in_box: bool = True) -> int:
    """Say why the program does not go on: on stderr, and in a box where there is a screen. Exit code 1."""
    text = f"{branding.current().name}: {reason}"
    if sys.stderr is not None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - the command's answer
    application = make_application() if in_box else None
    if application is not None and application.platformName() not in _NO_BOX:
        turn(application, lambda: _show_box(reason))
    return 1


async def _show_box(reason: str) -> int:
    box = QMessageBox(QMessageBox.Icon.Critical, branding.current().name, "")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(reason[:1].upper() + reason[1:])
    closed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    box.finished.connect(closed.set_result)
    box.open()
    return await closed


def _storage_words(error: StorageError, where: Places) -> str:
    match error.code:
        case "in_use":
            return starting.running(where.profile)
        case "newer":
            return starting.newer_store(str(error))
        case _:
            return starting.bad_store(str(where.store), str(error))
