"""A desktop without a screen: the real controller, connection and store, and a screen that remembers."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from cti_desktop.core.errors import StorageError
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop import places, settings
from cti_desktop.desktop.account import Account
from cti_desktop.desktop.attendant import NO_SURROUNDINGS, Surroundings
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.controller import Controller
from cti_desktop.desktop.credentials import InMemory, TokenKeeper
from cti_desktop.desktop.dialing import Pace
from cti_desktop.desktop.intents import AnyIntent, Quit
from cti_desktop.desktop.screen import Emit, Online, Situation
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.store import Store
from tests.helpers.fake_relay import TOKEN, Watched

# Patient with a busy machine, quick when something is meant to fail.
QUICK = Pace(close=0.5, restart=0.05, settled=0.0)


class RecordingScreen(Watched):
    """Remembers every situation that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.situations: list[Situation] = []
        self.activated = 0
        self.is_closed = False
        self.while_it_draws: Callable[[], object] = bool

    @property
    def now(self) -> Situation:
        """The latest situation."""
        return self.situations[-1]

    def render(self, situation: Situation) -> None:
        """See `Screen`."""
        self.situations.append(situation)
        self.while_it_draws()
        self.change()

    def activate(self) -> None:
        """See `Screen`."""
        self.activated += 1
        self.change()

    def closed(self) -> None:
        """See `Screen`."""
        self.is_closed = True
        self.change()

    async def shows(self, condition: Callable[[Situation], object]) -> Situation:
        """The first situation from now on for which `condition` holds."""
        await self.until(lambda: self.situations and condition(self.now))
        return self.now

    async def online(self) -> Situation:
        """The situation once the link is up and nothing is left to replay."""
        return await self.shows(lambda s: s.link == Online())

    def ever_shown(self, call_id: str) -> bool:
        """Whether the card of a call was ever up."""
        return any(call.id == call_id and call.shown for s in self.situations for call in s.calls)


class Desktop:
    """A running controller."""

    def __init__(self, controller: Controller, screen: RecordingScreen, store: Store) -> None:
        self.screen = screen
        self.store = store
        self._controller = controller

    def emit(self, intent: AnyIntent) -> None:
        """The agent does something."""
        self._controller.emit(intent)


def call_of(situation: Situation, call_id: str = "call-1") -> MyCall:
    """The call of that id."""
    return next(call for call in situation.calls if call.id == call_id)


@contextlib.asynccontextmanager
async def running(
    root: Path,
    url: str,
    *,
    token: str | None = TOKEN,
    keeper: TokenKeeper | None = None,
    store: type[Store] = Store,
    pace: Pace = QUICK,
    clock: RelayClock | None = None,
    surroundings: Surroundings = NO_SURROUNDINGS,
) -> AsyncIterator[Desktop]:
    """A desktop whose files are under `root`; quits at the end of the block."""
    where = places.under(root)
    where.make()
    if url:
        settings.save(where.settings, Settings(relay_url=url))
    opened = store.open(where.store)
    screen = RecordingScreen()

    def screen_factory(_emit: Emit) -> RecordingScreen:
        return screen

    controller = Controller(
        opened,
        opened.load(),
        Account(where.settings, keeper or InMemory(token)),
        screen_factory,
        pace=pace,
        clock=clock,
        surroundings=surroundings,
    )
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(controller.run(), name="controller")
        try:
            yield Desktop(controller, screen, opened)
        finally:
            controller.emit(Quit())
            await run


class FailingStore(Store):
    """A disk that can be made to refuse."""

    __slots__ = ("refuses",)
    refuses: bool

    def commit(self, changes: Changes) -> None:
        """Refuse like a full disk, while told to."""
        if getattr(self, "refuses", False):
            raise StorageError("write: database or disk is full", code="disk_full")
        Store.commit(self, changes)
