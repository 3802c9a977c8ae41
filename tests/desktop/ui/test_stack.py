from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

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
