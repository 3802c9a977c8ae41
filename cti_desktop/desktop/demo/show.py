"""Puts the demo on: the office, the real desktop on Qt's loop, and either the scripted shift or the panel."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMessageLogContext, QPoint, QtMsgType, qInstallMessageHandler

from cti_desktop.desktop import app, places
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.credentials import InMemory
from cti_desktop.desktop.demo.agent import Agent, StepFailed, WatchedScreen
from cti_desktop.desktop.demo.camera import BAR, Camera
from cti_desktop.desktop.demo.office import Office
from cti_desktop.desktop.demo.panel import Panel, Wish
from cti_desktop.desktop.demo.shift import Shift
from cti_desktop.desktop.intents import Quit
from cti_desktop.desktop.places import Places
from cti_desktop.desktop.screen import Emit
from cti_desktop.simulator.poster import Credentials, Poster

# A laptop's screen, at 150 %: sharp, and quick to write.
_SCREEN: Final = {"name": "demo", "x": 0, "y": 0, "width": 1280, "height": 800, "logicalDpi": 96, "dpr": 1.5}
_WINDOW_AT: Final = QPoint(64, BAR + 40)
# What an offscreen window can't do; and Devanagari, which HarfBuzz shapes all the same.
_HARMLESS: Final = ("This plugin does not support", "OpenType support missing")
NO_DISPLAY: Final = "there is no display: add --headless"

Play = Callable[[WatchedScreen, Office, Poster], Awaitable[None]]


def headless(out: Path) -> int:
    """The scripted shift; pictures go to `out`. Exit code 0 only if every step happened."""
    with tempfile.TemporaryDirectory(prefix="cti-demo-") as folder:
        screen = Path(folder) / "screen.json"
        screen.write_text(json.dumps({"screens": [_SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screen}"
        qInstallMessageHandler(_tell)
        return _put_on(Path(folder), partial(_work_a_shift, out))


def _tell(_kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
    """Qt's own messages, without the harmless ones."""
    if text and not text.startswith(_HARMLESS):
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - as Qt would


def interactive() -> int:
    """The desktop and a panel to start calls with, until the agent quits."""
    with tempfile.TemporaryDirectory(prefix="cti-demo-") as folder:
        return _put_on(Path(folder), _open_the_panel)


async def _work_a_shift(out: Path, screen: WatchedScreen, office: Office, poster: Poster) -> None:
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"+{time.monotonic() - began:.3f}s {what}", flush=True)  # noqa: T201 - the timeline

    camera = Camera(out, screen.tray_icon)
    screen.window.move(_WINDOW_AT)
    await Shift(office, Agent(screen), camera, poster, say).work()
    say(f"done: {len(camera.taken)} pictures in {out}")


async def _open_the_panel(screen: WatchedScreen, office: Office, poster: Poster) -> None:
    wishes: asyncio.Queue[Wish | None] = asyncio.Queue()
    panel = Panel(office, poster, wishes.put_nowait)
    panel.show()
    screen.activate()
    try:
        while wish := await wishes.get():
            await wish()
    finally:
        panel.close()
        panel.deleteLater()


def _put_on(folder: Path, play: Play) -> int:
    application = app.make_application()
    if application is None:
        return app.refuse(NO_DISPLAY)
    office = Office(folder)
    office.furnish()
    try:
        where = places.under(folder / "desktop")
        where.make()
        account = Account(where.settings, InMemory(office.token), office.url)
        return app.turn(application, lambda: _desktop_and(application, where, account, office, play))
    except StepFailed as failed:
        return app.refuse(f"the demo waited in vain for {failed}")
    except OSError as error:
        return app.refuse(f"{error.filename}: {error.strerror}. Choose another --out.")
    finally:
        office.close()


async def _desktop_and(
    application: app.Application, where: Places, account: Account, office: Office, play: Play
) -> int:
    """The desktop, and beside it what is played. Whichever ends first ends the other."""
    shown: asyncio.Future[WatchedScreen] = asyncio.get_running_loop().create_future()
    emitted: list[Emit] = []

    def make_screen(emit: Emit) -> WatchedScreen:
        emitted.append(emit)
        screen = WatchedScreen(emit)
        shown.set_result(screen)
        return screen

    async def act() -> None:
        screen = await shown
        try:
            async with Poster(office.hook, Credentials(office.secret)) as poster:
                await play(screen, office, poster)
        finally:
            emitted[0](Quit())

    acting = asyncio.ensure_future(act())  # noqa: TID251 - named, kept and awaited below
    code = await app.run(application, where, account, make_screen, forward=True)
    # Nothing is left to play to; what had failed before is raised.
    acting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await acting
    return code
