"""One display and one desk per window manager, for all tests: starting them takes the longest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.x11 import MANAGERS, Desk, new_desk, new_display


@pytest.fixture(scope="session", params=MANAGERS)
def manager(request: pytest.FixtureRequest) -> str:
    """The window manager's name."""
    return str(request.param)


@pytest.fixture(scope="session")
def shared_desk(manager: str) -> Iterator[Desk]:
    """Two screens with this window manager, a window to type into, and our cards."""
    with new_display(manager) as env, new_desk(env) as made:
        yield made


@pytest.fixture
def desk(shared_desk: Desk) -> Desk:
    """Somebody types on the left screen, where the pointer is, too; no card is up."""
    shared_desk.afresh()
    return shared_desk
