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
from cti_desktop.desktop.ui.window import MainWindow
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
        frames = _scrolled(store)
        store.close()
    tell(
        [
            Figure("search of 100,000 calls, with its first page, p50", percentile(searched, 50), "ms"),
            Figure("search of 100,000 calls, worst", max(searched), "ms", scanned, "≤ 50"),
            Figure("scrolling through 100,000 calls: frame p50", percentile(frames, 50), "ms"),
            Figure(
                "scrolling through 100,000 calls: frame p99", percentile(frames, 99), "ms", None, "≤ 16.7"
            ),
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


def _scrolled(store: Store) -> list[float]:
    """Milliseconds of each frame: the list moves, pages are read where they lack, and it is painted.

    By the processor's time, so that a busy machine's other work is not taken for ours.
    """
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme = Theme(app)
    theme.use(LIGHT)
    window = MainWindow(theme, may_hide=lambda: True)

    def ask(job: Callable[[Store], ForArchive], _then: Callable[[ForArchive], None]) -> None:
        archive.handle(job(store))

    archive = Archive(ask, lambda _item: None)

    def render() -> None:
        window.render_window(window_model(s.situation(found=archive.found), s.ZONE))

    def on_intent(intent: object) -> None:
        if isinstance(intent, ForArchive):
            archive.handle(intent)
            render()

    window.intended.connect(on_intent)
    window.resize(QSize(560, 700))
    render()
    window.appear()
    window.show_page(3)
    archive.handle(FindCalls())
    render()
    app.processEvents()
    bar = window.found.list.verticalScrollBar()
    frames = []
    for number in range(_FRAMES):
        # By the wheel for most of the way, by dragging the handle now and then.
        to = bar.maximum() * number // _FRAMES if number % 20 == 0 else bar.value() + 120

        def frame(to: int = to) -> None:
            bar.setValue(to)
            app.processEvents()  # scrolls what is there, paints what came into view

        frames.append(_timed(frame, time.process_time))
    window.hide()
    window.deleteLater()
    return frames


if __name__ == "__main__":
    main()
