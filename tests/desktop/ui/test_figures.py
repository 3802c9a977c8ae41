"""The strip above today's calls."""

from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.figures import FiguresStrip
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.figures import figures
from tests.helpers import situations as s


def texts(strip: FiguresStrip) -> set[str]:
    """What can be read."""
    return {label.full_text() for label in strip.findChildren(Label) if label.isVisible()}


def test_figures_and_legend(qtbot: QtBot, theme: Theme) -> None:
    """And all of it for a screen reader."""
    strip = FiguresStrip(theme)
    qtbot.addWidget(strip)
    strip.render_figures(figures([s.disposed("a"), s.disposed("b", "Resolved")], s.CATALOGUE))
    strip.show()
    assert {"2", "Calls", "04:52", "Talk time", "Interested 1", "Resolved 1"} <= texts(strip)
    assert "Calls: 2" in strip.accessibleName()


def test_fewer_outcomes_take_parts_away(qtbot: QtBot, theme: Theme) -> None:
    """And without any, it says so."""
    strip = FiguresStrip(theme)
    qtbot.addWidget(strip)
    strip.show()
    strip.render_figures(figures([s.disposed("a"), s.disposed("b", "Resolved")], s.CATALOGUE))
    strip.render_figures(figures([s.ringing("c")], s.CATALOGUE))
    assert "No outcomes yet today" in texts(strip)
    assert "Interested 1" not in texts(strip)
    assert not strip.grab().isNull()
