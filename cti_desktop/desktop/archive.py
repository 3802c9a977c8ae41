"""What the agent looks up in all calls that this device knows: one search at a time, read page by page.

Asks the store in its own thread; the answers come back like any other event. Nothing waits for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.history import MAX_FOUND
from cti_desktop.desktop.intents import FindCalls, ForArchive, ReadPages
from cti_desktop.desktop.screen import PAGE, FoundCalls
from cti_desktop.desktop.search import terms
from cti_desktop.desktop.store import Store

# Far more than a screen shows, far less than a memory holds.
MAX_PAGES: Final = 40


@dataclass(frozen=True, slots=True)
class Found(ForArchive):
    """From the store: where the calls of search `serial` are, newest first, and those of the first page.

    Of all calls, only the `total` is told.
    """

    serial: int
    total: int
    positions: array[int]
    first: tuple[MyCall, ...]


@dataclass(frozen=True, slots=True)
class PageRead(ForArchive):
    """From the store: the calls of a page of search `serial`."""

    serial: int
    page: int
    calls: tuple[MyCall, ...]


Ask = Callable[[Callable[[Store], ForArchive], Callable[[ForArchive], None]], None]


class Archive:
    """See the module. `ask` runs a job on the store and hands on its answer; `tell` enqueues it."""

    def __init__(self, ask: Ask, tell: Callable[[ForArchive], None]) -> None:
        """Nothing is looked up until the agent does."""
        self.found = FoundCalls()
        self._ask = ask
        self._tell = tell
        self._positions: array[int] = array("q")
        self._pages: dict[int, tuple[MyCall, ...]] = {}
        self._wanted: set[int] = set()
        self._known: set[str] = set()
        self._search: FindCalls | None = None

    def handle(self, item: ForArchive) -> None:
        """A wish, or an answer."""
        match item:
            case FindCalls():
                self._find(item)
            case ReadPages(serial=serial, pages=pages) if serial == self.found.serial:
                for page in pages:
                    self._read(page)
            case Found(serial=serial) if serial == self.found.serial:
                self._on_found(item)
            case PageRead(serial=serial) if serial == self.found.serial:
                self._wanted.discard(item.page)
                self._keep(item.page, item.calls)

    def on_written(self, changes: Changes) -> None:
        """New calls belong to what was found, perhaps: look again. Changed ones the situation has."""
        ids = {id_ for id_, call in changes.calls.items() if call is not None}
        new, self._known = ids - self._known, self._known | ids
        told = new or changes.forget_before is not None or changes.team is not None
        if self._search is not None and told:
            self._look(self._search)

    def start_over(self) -> None:
        """Another agent sits here: nothing that was found is theirs."""
        self._known.clear()
        if self._search is not None:
            self._find(self._search)

    def _find(self, search: FindCalls) -> None:
        self._search = search
        self.found = FoundCalls(search.text, search.number, serial=self.found.serial + 1, is_looking=True)
        self._pages.clear()
        self._positions = array("q")
        self._look(search)

    def _look(self, search: FindCalls) -> None:
        serial = self.found.serial

        def look(store: Store) -> ForArchive:
            if _is_for_all(search):
                return Found(serial, store.total(), array("q"), tuple(store.latest(0, PAGE)))
            positions = store.find(search.text, search.number)
            return Found(serial, len(positions), positions, tuple(store.read(positions[:PAGE])))

        self._ask(look, self._tell)

    def _on_found(self, found: Found) -> None:
        self._positions = found.positions
        self._wanted.clear()
        self._pages = {}
        is_cut = bool(found.positions) and found.total >= MAX_FOUND and not self.found.number
        self.found = replace(self.found, total=found.total, is_cut=is_cut, is_looking=False)
        self._keep(0, found.first)

    def _read(self, page: int) -> None:
        first, serial, search = page * PAGE, self.found.serial, self._search
        if page in self._pages or page in self._wanted or first >= self.found.total or search is None:
            return
        self._wanted.add(page)
        positions = self._positions[first : first + PAGE]

        def read(store: Store) -> ForArchive:
            calls = store.latest(first, PAGE) if _is_for_all(search) else store.read(positions)
            return PageRead(serial, page, tuple(calls))

        self._ask(read, self._tell)

    def _keep(self, page: int, calls: tuple[MyCall, ...]) -> None:
        self._pages[page] = calls
        while len(self._pages) > MAX_PAGES:
            farthest = max(self._pages, key=lambda one: abs(one - page))
            del self._pages[farthest]
        self.found = replace(self.found, pages=MappingProxyType(dict(self._pages)))


def _is_for_all(search: FindCalls) -> bool:
    """Nothing is looked for: a list of positions would only take time and room."""
    return not search.number and not terms(search.text)
