import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.labels import (
    ElidedLabel,
    Label,
    TailLabel,
    field_label,
    plain_caption,
    plain_tip,
    spoken,
    tabular,
)
from cti_desktop.desktop.ui.theme import Theme, Type

PAYLOAD = '<img src="file:///etc/passwd"><b>Eve</b>'


@pytest.mark.parametrize("kind", [Label, ElidedLabel])
def test_markup_is_shown_as_it_is_written(qtbot: QtBot, theme: Theme, kind: type[Label]) -> None:
    """No label renders what a stranger sent."""
    label = kind()
    qtbot.addWidget(label)
    label.setText(PAYLOAD)
    assert Qt.TextFormat.PlainText is label.textFormat()
    assert PAYLOAD == label.full_text()


def test_elided_label_tells_the_rest_in_a_plain_tooltip(qtbot: QtBot, theme: Theme) -> None:
    """What is cut can be read by hovering, letter by letter."""
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(PAYLOAD)
    label.resize(60, 20)
    label.show()
    assert label.text().endswith("…")
    assert "<qt>&lt;img src=&quot;file:///etc/passwd&quot;&gt;&lt;b&gt;Eve&lt;/b&gt;</qt>" == label.toolTip()
    assert PAYLOAD == label.accessibleName()


def test_elided_label_with_room_shows_everything(qtbot: QtBot, theme: Theme) -> None:
    """At its preferred size nothing is cut, and no tooltip is needed."""
    label = ElidedLabel("title")
    qtbot.addWidget(label)
    label.setText("अनन्या देशमुख")
    label.resize(label.sizeHint())
    label.show()
    assert ("अनन्या देशमुख", "") == (label.text(), label.toolTip())


def test_empty_labels_take_no_room(qtbot: QtBot, theme: Theme) -> None:
    """A label without text hides."""
    label = Label()
    qtbot.addWidget(label)
    label.show_text("")
    assert label.isHidden()
    label.show_text("now")
    assert not label.isHidden()


def test_field_label_names_its_input(qtbot: QtBot, theme: Theme) -> None:
    """Whoever listens hears the field's name, and its mnemonic goes there."""
    edit = QLineEdit()
    label = field_label("&Notes", edit)
    qtbot.addWidget(edit)
    qtbot.addWidget(label)
    assert "Notes" == edit.accessibleName()
    assert edit is label.buddy()


@pytest.mark.parametrize(("text", "expected"), [("", ""), ("a<b", "<qt>a&lt;b</qt>")])
def test_plain_tip(text: str, expected: str) -> None:
    """No tooltip for no text; markup is escaped."""
    assert expected == plain_tip(text)


def test_plain_caption() -> None:
    """An ampersand is an ampersand."""
    assert "Sons && Daughters" == plain_caption("Sons & Daughters")


def test_tabular_figures(theme: Theme) -> None:
    """A timer's figures are of one width."""
    font = tabular(Type.BODY.font())
    assert 1 == len(font.featureTags())


def test_the_end_of_a_caller_is_never_cut(qtbot: QtBot) -> None:
    """However long the name is, the digits can be compared."""
    label = TailLabel()
    qtbot.addWidget(label)
    label.resize(160, 24)
    label.show()
    label.show_tailed("Venkatanarasimharajuvaripeta Subrahmanyam  …6789", "…6789")
    assert label.text().endswith("…6789")
    assert 1 == label.text().count("…")
    assert "Subrahmanyam" not in label.text()
    label.show_tailed("Asha  …0001", "…0001")
    assert "Asha  …0001" == label.text()
    label.show_tailed("Number withheld", "")
    assert label.text().startswith("Number")


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("&Save", "Save"),
        ("Sign &out", "Sign out"),
        ("सेव करें (&S)", "सेव करें"),
        ("Notes (needed)", "Notes (needed)"),
    ],
)
def test_a_mnemonic_is_not_spoken(caption: str, expected: str) -> None:
    """A screen reader says the word, without the letter that was put behind it."""
    assert expected == spoken(caption)


def test_a_minimum_is_not_taken_for_padding(qtbot: QtBot, theme: Theme) -> None:
    """A label that may be as narrow as its whole text shows its whole text there."""
    label = ElidedLabel("headline")
    qtbot.addWidget(label)
    label.setText("कॉल आ रही है")
    label.setMinimumWidth(label.sizeHint().width())
    label.resize(label.minimumWidth() // 2, label.height())
    label.setText("कॉल")
    label.setText("कॉल आ रही है")
    label.resize(label.minimumWidth(), label.height())
    assert "कॉल आ रही है" == label.text()
