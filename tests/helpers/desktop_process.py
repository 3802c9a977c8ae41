"""A desktop without a screen in a process of its own, with an agent who saves at once, and a bomb in it."""

import asyncio
import logging
import multiprocessing
import uuid
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Self

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import SubmitDraft
from cti_desktop.desktop import places, settings
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.controller import Controller
from cti_desktop.desktop.credentials import InMemory
from cti_desktop.desktop.screen import Emit, Situation
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.store import Store
from tests.helpers.desktop import QUICK, RecordingScreen
from tests.helpers.fake_relay import TOKEN
from tests.helpers.relay_process import Bomb

# What happens next when the desktop dies there.
POINTS = ("BEGIN", "INSERT INTO outbox", "COMMIT", "say that it is saved", "go on after saying so")


class _MinedStore(Store):
    __slots__ = ("_bomb",)
    _bomb: Bomb

    @classmethod
    def mined(cls, path: Path, bomb: Bomb) -> Self:
        """An open store whose statements pass by the bomb."""
        store = cls.open(path)
        store._db.set_trace_callback(bomb.passing)
        return store


class EagerAgent(RecordingScreen):
    """Submits each prompt as soon as it opens, and tells whoever listens what was shown as saved."""

    def __init__(self, bomb: Bomb, told: Connection, emit: Emit) -> None:
        super().__init__()
        self._bomb = bomb
        self._told = told
        self._emit = emit
        self._submitted: dict[str, str] = {}

    def render(self, situation: Situation) -> None:
        """See `Screen`."""
        for call_id in situation.prompt_order:
            if call_id not in self._submitted and call_id not in situation.saving:
                self._submitted[call_id] = str(uuid.uuid4())
                self._emit(
                    SubmitDraft(call_id, Draft("interested", notes="said so"), self._submitted[call_id])
                )
        for call_id, disposition_id in self._submitted.items():
            open_still = call_id in situation.prompt_order or call_id in situation.saving
            if disposition_id and not open_still:
                self._bomb.passing("say that it is saved")
                self._told.send(disposition_id)
                self._submitted[call_id] = ""
                self._bomb.passing("go on after saying so")


def run(root: Path, url: str, bomb: Bomb, told: Connection) -> None:
    """The process; it goes on until it is killed."""
    logging.basicConfig(filename=root / "desktop.log", level=logging.INFO)
    where = places.under(root)
    where.make()
    settings.save(where.settings, Settings(relay_url=url))
    store = _MinedStore.mined(where.store, bomb)
    account = Account(where.settings, InMemory(TOKEN))
    asyncio.run(Controller(store, store.load(), account, partial(EagerAgent, bomb, told), pace=QUICK).run())


class DesktopProcess:
    """A started process, and what its agent saw saved."""

    def __init__(self, root: Path, url: str, bomb: Bomb | None = None) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, "tests.helpers.relay_process"])
        self._told, theirs = multiprocessing.Pipe(duplex=False)
        self.process: BaseProcess = context.Process(
            target=run, args=(root, url, bomb or Bomb(), theirs), name="desktop"
        )
        self.process.start()
        theirs.close()

    async def ended(self) -> None:
        """Return once the process is gone."""
        gone = asyncio.Event()
        loop = asyncio.get_running_loop()
        loop.add_reader(self.process.sentinel, gone.set)
        try:
            await gone.wait()
        finally:
            loop.remove_reader(self.process.sentinel)

    def kill(self) -> None:
        """Die at once, wherever it is."""
        self.process.kill()
        self.process.join()

    def saved(self) -> list[str]:
        """Ids of what the agent saw saved, once the process is gone."""
        self.process.join()
        found: list[str] = []
        with self._told:
            try:
                while True:
                    found.append(self._told.recv())
            except EOFError:
                return found
