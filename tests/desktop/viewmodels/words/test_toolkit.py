import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit

from cti_desktop.desktop.viewmodels.words import toolkit


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_every_entry_of_qts_menus_is_known(
    qapp: QApplication, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    """What Qt's own menus say is what can be translated; Qt adds shortcuts behind a tab."""
    edit = kind()
    menu = edit.createStandardContextMenu()
    assert isinstance(menu, QMenu)
    said = {action.text().partition("\t")[0] for action in menu.actions() if action.text()}
    assert said
    assert said <= set(toolkit.EDIT_MENUS)
    menu.deleteLater()
    edit.deleteLater()
