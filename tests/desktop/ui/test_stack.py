from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

from cti_desktop.desktop.settings import Corner, Settings
from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.stack import GAP, places
from tests.helpers import situations as s

AREA = QRect(0, 0, 1920, 1040)
SECOND = QRect(1920, 40, 1366, 728)


def test_the_first_is_in_the_corner() -> None:
    """Bottom right, a shadow's width from the edges."""
    assert [QRect(1500, 824, 404, 200)] == places([QSize(404, 200)], AREA)


def test_the_next_ones_are_above() -> None:
    """Newest nearest to the corner, the older ones higher."""
    tops = [place.top() for place in places([QSize(404, 200)] * 3, AREA)]
    assert [824, 608, 392] == tops


def test_a_full_column_continues_to_the_left() -> None:
    """Nothing is pushed off the screen."""
    found = places([QSize(404, 300)] * 4, AREA)
    assert (found[0].left() - 404 - GAP, found[0].top()) == (found[3].left(), found[3].top())


def test_another_screen_has_its_own_corner() -> None:
    """Work areas that don't begin at zero are respected."""
    assert SECOND.adjusted(GAP, GAP, -GAP, -GAP).contains(places([QSize(404, 200)], SECOND)[0])


@pytest.mark.parametrize(
    ("corner", "first", "second"),
    [
        ("bottom-right", (1500, 824), (1500, 608)),
        ("bottom-left", (16, 824), (16, 608)),
        ("top-right", (1500, 16), (1500, 232)),
        ("top-left", (16, 16), (16, 232)),
    ],
)
def test_any_corner(corner: Corner, first: tuple[int, int], second: tuple[int, int]) -> None:
    """The newest is nearest to it; the others go away from it."""
    found = places([QSize(404, 200)] * 2, AREA, corner)
    assert [first, second] == [(place.left(), place.top()) for place in found]


def test_a_change_of_the_corner_counts_at_once(screen: QtScreen) -> None:
    """Cards that are up move there."""
    corners: tuple[Corner, ...] = ("top-left", "bottom-right")
    for corner in corners:
        screen.render(s.situation(s.ringing("a"), settings=Settings(corner=corner)))
        card = screen.card("a")
        assert card is not None
        area = QGuiApplication.primaryScreen().availableGeometry()
        expected = area.topLeft() if corner == "top-left" else area.bottomRight()
        found = card.geometry().topLeft() if corner == "top-left" else card.geometry().bottomRight()
        assert expected == found


def test_a_screen_that_is_unplugged_is_no_trouble(screen: QtScreen) -> None:
    """The name stays chosen; meanwhile cards pop where the agent works."""
    away = Settings(screen="DP-7", follow="active-window")
    screen.render(s.situation(s.ringing("a"), settings=away))
    card = screen.card("a")
    assert card is not None
    assert QGuiApplication.primaryScreen().availableGeometry().contains(card.geometry())


def test_a_card_higher_than_the_screen_keeps_its_top() -> None:
    """The header with the × stays reachable."""
    assert GAP == places([QSize(404, 3000)], AREA)[0].top()


@given(st.lists(st.integers(60, 600), max_size=6), st.sampled_from([AREA, SECOND]))
def test_never_over_one_another_and_always_inside(heights: list[int], area: QRect) -> None:
    """Whole windows, shadows included, lie in the work area; no shadow covers a neighbour's card."""
    found = places([QSize(404, height) for height in heights], area)
    shadow = paint.SHADOW
    for index, place in enumerate(found):
        if index < area.width() // (404 + GAP):
            assert area.contains(place.adjusted(-shadow, -shadow, shadow, shadow))
        for other in found[:index]:
            windows_margin = place.adjusted(-shadow, -shadow, shadow, shadow)
            if other.left() >= area.left() + GAP + 404 or index < 3:
                assert not windows_margin.intersects(other)


def test_popups_stand_where_the_places_say(screen: QtScreen, settle: Callable[[], None]) -> None:
    """Two calls: the newer one in the corner, the older one above it, both inside the work area."""
    screen.render(s.situation(s.connected("a"), s.ringing("b")))
    settle()
    older, newer = screen.card("a"), screen.card("b")
    assert older is not None
    assert newer is not None
    area = QGuiApplication.primaryScreen().availableGeometry()
    assert area.bottomRight() == newer.geometry().bottomRight()
    assert older.visible_rect().bottom() < newer.visible_rect().top()
    assert not older.geometry().intersects(newer.visible_rect())


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_or_little_to_place(count: int) -> None:
    """No cards, no places."""
    assert count == len(places([QSize(404, 100)] * count, AREA))
