"""The day window over 100,000 calls: what a search takes, and what a frame takes while the list scrolls."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.archive import Archive
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.intents import FindCalls, ForArchive
from cti_desktop.desktop.screen import PAGE
from cti_desktop.desktop.search import findable
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.ui.theme import LIGHT, Theme
from cti_desktop.desktop.ui.window import FOUND, MainWindow
from cti_desktop.desktop.viewmodels.window import window_model
from tests.bench.figures import Figure, percentile, tell
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls

COUNT: Final = 100_000
QUERIES: Final = (
    *("", "a", "an", "ravi", "deshmukh", "देशमुख", "gst invoice", "98200", "55512", "interested", "price"),
    *("ravi nair pune", "textiles", "no such caller", "+91 98123 45", "after lunch"),
)
_ROUNDS: Final = 5
_FRAMES: Final = 400


def main() -> None:
    """Fill a store, search it, scroll through all of it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder) / "store")
        _fill(store)
        searched = _searched(store)
        scanned = _timed(lambda: _scan(store))
        frames, reads = _scrolled(store)
        store.close()
    tell(
        [
            Figure("search of 100,000 calls, with its first page, p50", percentile(searched, 50), "ms"),
            Figure("search of 100,000 calls, worst", max(searched), "ms", scanned, "≤ 50"),
            Figure("scrolling through 100,000 calls: frame p50", percentile(frames, 50), "ms"),
            Figure(
                "scrolling through 100,000 calls: frame p99", percentile(frames, 99), "ms", None, "≤ 16.7"
            ),
            Figure("scrolling through 100,000 calls: reading what came into view, worst", max(reads), "ms"),
        ]
    )


def _fill(store: Store) -> None:
    batch: dict[str, MyCall | None] = {}
    for call in many_calls(COUNT):
        batch[call.id] = call
        if len(batch) == COUNT // 20:
            store.commit(Changes(calls=batch))
            store.commit(Changes(calls=dict.fromkeys(batch)))  # forgotten by the session, not by the file
            batch = {}


def _timed(act: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    act()
    return (clock() - begun) * 1000


def _searched(store: Store) -> list[float]:
    return [
        _timed(lambda query=query: _search(store, query))  # type: ignore[misc]  # a loop's value
        for _ in range(_ROUNDS)
        for query in QUERIES
    ]


def _search(store: Store, text: str) -> None:
    """As an agent's search goes: what is found, with its first page."""
    answers: list[ForArchive] = []
    archive = Archive(lambda job, _then: answers.append(job(store)), lambda _item: None)
    archive.handle(FindCalls(text))
    archive.handle(answers[0])


def _scan(store: Store) -> None:
    """What a search without an index costs: one that reads every call, in pages."""
    positions = store.find()
    for at in range(0, COUNT, PAGE):
        any("no such caller" in findable(call) for call in store.read(positions[at : at + PAGE]))


class _Scroll:
    """The list moves, or learns what was read, and is painted: milliseconds of each such frame in `frames`.

    By the processor's time, so that a busy machine's other work is not taken for ours. Pages are read between
    two frames (`reads`), as the program reads them on the store's own thread.
    """

    def __init__(self, store: Store, app: QApplication) -> None:
        theme = Theme(app)
        theme.use(LIGHT)
        self.frames: list[float] = []
        self.reads: list[float] = []
        self.window = MainWindow(theme, may_hide=lambda: True)
        self.window.intended.connect(self._on_intent)
        self._app, self._store = app, store
        self._jobs: list[Callable[[Store], ForArchive]] = []
        self._archive = Archive(lambda job, _then: self._jobs.append(job), lambda _item: None)

    def begin(self) -> None:
        """All calls are found; the first are shown."""
        self.window.resize(QSize(560, 700))
        self._render()
        self.window.appear()
        self.window.show_page(FOUND)
        self._archive.handle(FindCalls())
        self._read_on()
        self.frames.clear()

    def run(self) -> None:
        """By the wheel for most of the way, by dragging the handle now and then."""
        bar = self.window.found.list.verticalScrollBar()
        for number in range(_FRAMES):
            to = bar.maximum() * number // _FRAMES if number % 20 == 0 else bar.value() + 120
            self._frame(lambda to=to: bar.setValue(to))  # type: ignore[misc]  # a loop's value
            self._read_on()

    def _frame(self, act: Callable[[], object]) -> None:
        def paint() -> None:
            act()
            self._app.processEvents()  # scrolls what is there, paints what came into view

        self.frames.append(_timed(paint, time.process_time))

    def _read_on(self) -> None:
        jobs, self._jobs = self._jobs, []
        read: list[ForArchive] = []
        if jobs:
            self.reads.append(
                _timed(lambda: read.extend(job(self._store) for job in jobs), time.process_time)
            )
            self._frame(lambda: self._learn(read))

    def _learn(self, read: list[ForArchive]) -> None:
        for one in read:
            self._archive.handle(one)
        self._render()

    def _on_intent(self, intent: object) -> None:
        if isinstance(intent, ForArchive):
            self._archive.handle(intent)
            self._render()

    def _render(self) -> None:
        self.window.render_window(window_model(s.situation(found=self._archive.found), s.ZONE))


def _scrolled(store: Store) -> tuple[list[float], list[float]]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    scroll = _Scroll(store, app)
    scroll.begin()
    scroll.run()
    scroll.window.hide()
    scroll.window.deleteLater()
    return scroll.frames, scroll.reads


if __name__ == "__main__":
    main()
