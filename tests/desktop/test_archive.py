"""Looking up calls: one search at a time, page by page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cti_desktop.desktop.archive import MAX_PAGES, Archive
from cti_desktop.desktop.changes import Changes
from cti_desktop.desktop.intents import FindCalls, ForArchive, ReadPages
from cti_desktop.desktop.screen import PAGE
from cti_desktop.desktop.store import Store
from tests.helpers import situations as s
from tests.helpers.many_calls import many_calls

COUNT = PAGE * 4


class Reader:
    """A store with many calls, an archive, and answers that come when the test lets them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.jobs: list[Callable[[], None]] = []
        self.archive = Archive(self.ask, self.archive_gets)
        store.commit(Changes(calls={call.id: call for call in many_calls(COUNT)}))

    def ask(self, job: Callable[[Store], ForArchive], then: Callable[[ForArchive], None]) -> None:
        """As the writer does, but later."""
        self.jobs.append(lambda: then(job(self.store)))

    def archive_gets(self, item: ForArchive) -> None:
        """As the inbox does, but at once."""
        self.archive.handle(item)

    def answer(self) -> None:
        """Let the store answer all that was asked."""
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job()

    def find(self, text: str = "", number: str = "") -> None:
        """Look for it, and get the answer."""
        self.archive.handle(FindCalls(text, number))
        self.answer()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """With four pages of calls."""
    made = Reader(Store.open(tmp_path / "store"))
    yield made
    made.store.close()


def test_the_first_page_comes_with_the_answer(reader: Reader) -> None:
    """Till then, it says that it looks."""
    reader.archive.handle(FindCalls())
    assert reader.archive.found.is_looking
    reader.answer()
    found = reader.archive.found
    assert (COUNT, False, [0]) == (found.total, found.is_looking, list(found.pages))
    assert f"call-{COUNT - 1}" == found.pages[0][0].id


def test_pages_are_read_when_they_come_into_view(reader: Reader) -> None:
    """Once each; those that don't exist not at all."""
    reader.find()
    serial = reader.archive.found.serial
    reader.archive.handle(ReadPages(serial, (2, 0, 99)))
    reader.archive.handle(ReadPages(serial, (2,)))
    assert 1 == len(reader.jobs)
    reader.answer()
    assert {0, 2} == set(reader.archive.found.pages)


def test_the_answer_to_an_earlier_search_is_dropped(reader: Reader) -> None:
    """Whoever types quickly sees the last word's calls."""
    reader.archive.handle(FindCalls("call-none-such"))
    reader.archive.handle(FindCalls("ravi"))
    reader.answer()
    assert "ravi" == reader.archive.found.text
    assert reader.archive.found.total


def test_a_new_call_is_looked_for_at_once(reader: Reader) -> None:
    """A changed one is not: the situation has it."""
    reader.find("renewals")
    before = reader.archive.found.total
    changes = Changes(calls={"new": s.ringing("new")})
    reader.store.commit(changes)
    reader.archive.on_written(changes)
    reader.answer()
    assert before + 1 == reader.archive.found.total
    reader.archive.on_written(changes)
    assert [] == reader.jobs


def test_nothing_is_looked_for_before_the_agent_does(reader: Reader) -> None:
    """The history costs nothing while nobody looks."""
    reader.archive.on_written(Changes(calls={"new": s.ringing("new")}))
    assert [] == reader.jobs


def test_few_pages_are_kept(tmp_path: Path) -> None:
    """Those farthest from the last one go first."""
    reader = Reader(Store.open(tmp_path / "other"))
    reader.store.commit(Changes(calls={c.id: c for c in many_calls(PAGE * (MAX_PAGES + 5))}))
    reader.find()
    serial = reader.archive.found.serial
    for page in range(MAX_PAGES + 3):
        reader.archive.handle(ReadPages(serial, (page,)))
        reader.answer()
    pages = set(reader.archive.found.pages)
    assert MAX_PAGES == len(pages)
    assert {0, 1}.isdisjoint(pages)
    reader.store.close()
