"""Which entries of a number are proposed to be one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cti_desktop.core.events import Contact, Duplicate
from cti_desktop.relay import contacts, duplicates
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

ONE = "+919999900001"
PEOPLE = (
    Contact("a", "Anil Rao"),
    Contact("b", "Anil Rao", company="Rao & Sons"),
    Contact("c", "Sunita Rao"),
    Contact("d", "Sunita"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Four entries of one number."""
    with opened(tmp_path) as found:
        for contact in PEOPLE:
            found.write_now(lambda c, who=contact: contacts.add(c, who, [ONE], NOW))  # type: ignore[misc]
        yield found


def proposed(store: Store) -> Duplicate | None:
    """What the next card of the number asks."""
    return store.read_now(lambda c: contacts.known(c, ONE)).duplicate


def test_one_pair_at_a_time(store: Store) -> None:
    """The entry that knows more is to be kept; what was told apart is not asked about again."""
    assert proposed(store) == Duplicate("b", "a")
    for _ in range(2):
        store.write_now(lambda c: duplicates.part(c, "b", "a", "agt_1", NOW))
    assert proposed(store) == Duplicate("c", "d")
    store.write_now(lambda c: duplicates.part(c, "c", "d", "agt_1", NOW))
    assert proposed(store) is None


def test_nobody_else_is_asked_about(store: Store) -> None:
    """One entry, or two that read differently."""
    one, _, other, _ = PEOPLE
    assert store.read_now(lambda c: duplicates.proposed(c, [one])) is None
    assert store.read_now(lambda c: duplicates.proposed(c, [one, other])) is None
