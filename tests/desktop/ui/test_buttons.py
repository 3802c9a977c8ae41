from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.buttons import Button, CloseButton, on_click
from cti_desktop.desktop.ui.theme import Theme


def test_foreign_captions_are_plain(qtbot: QtBot, theme: Theme) -> None:
    """An ampersand in a label of the catalogue is no mnemonic, and markup is no markup."""
    button = Button("secondary", "R&D <b>x</b>")
    qtbot.addWidget(button)
    assert ("R&&D <b>x</b>", "R&D <b>x</b>") == (button.text(), button.accessibleName())


def test_own_captions_have_mnemonics(qtbot: QtBot, theme: Theme) -> None:
    """Our own words can be reached by Alt and a letter."""
    button = Button()
    qtbot.addWidget(button)
    button.set_caption("&Save", "Ctrl+Enter", mnemonic=True)
    assert ("&Save", "Save", "Ctrl+Enter") == (
        button.text(),
        button.accessibleName(),
        button.accessibleDescription(),
    )


def test_no_button_is_pressed_by_enter_on_its_own(qtbot: QtBot, theme: Theme) -> None:
    """There is no default button anywhere."""
    for button in (Button(), CloseButton(theme, "Dismiss")):
        qtbot.addWidget(button)
        assert not button.autoDefault()
        assert not button.isDefault()


def test_a_click_does_not_take_the_focus(qtbot: QtBot, theme: Theme) -> None:
    """Tab reaches a button; a click leaves the focus in the notes."""
    button = Button()
    qtbot.addWidget(button)
    assert Qt.FocusPolicy.TabFocus is button.focusPolicy()


def test_on_click(qtbot: QtBot, theme: Theme) -> None:
    """The slot gets no argument of Qt's."""
    clicks: list[int] = []
    button = CloseButton(theme, "Dismiss")
    qtbot.addWidget(button)
    on_click(button, lambda: clicks.append(1))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert [1] == clicks
    assert ("Dismiss", "<qt>Dismiss</qt>") == (button.accessibleName(), button.toolTip())
