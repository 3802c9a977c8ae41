"""One setting in the settings window: its name, its control, its help, and whether IT has fixed it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import ElidedLabel, Label, set_look
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.settings import Field, Kind
from cti_desktop.desktop.viewmodels.words import preferences as words

_CONTROL_WIDTH = 250
_CONTROL_HEIGHT = 37
# In the style sheet: what a switch has before its box, for the ring of the keyboard, and before its words.
INSET = 6
_SWITCH_INDENT = INSET + 18 + 10


class FieldRow(QWidget):
    """`changed`: the key and the new value. `reached`: the keyboard has come to the control."""

    changed = Signal(str, object)
    reached = Signal(QWidget)

    def __init__(self, field: Field) -> None:
        """For the life of the window: of one key and kind."""
        super().__init__()
        self._field = field
        self._rendering = False
        self.control = self._new_control(field)
        self.control.setAccessibleName(field.label)
        self.control.installEventFilter(self)
        self._choose = Button("compact")
        self._choose.set_caption(words.CHOOSE_FILE)
        self._choose.setAccessibleDescription(field.label)
        self._choose.setVisible(field.kind is Kind.FILE)
        on_click(self._choose, self._ask_for_file)
        self._help = Label("muted", wraps=True)
        self._wrong = Label("error", wraps=True)
        self._lay_out(field)

    def render_field(self, field: Field) -> None:
        """Show its value, unless the agent is just typing another one."""
        self._field = field
        self._rendering = True
        self._show_value(field)
        self._rendering = False
        self.control.setEnabled(not field.locked)
        self._choose.setEnabled(not field.locked)
        self._help.show_text(words.FIXED if field.locked else field.help)
        self._wrong.show_text(field.wrong)
        set_look(self.control, "wrong", bool(field.wrong))
        self.control.setAccessibleDescription(field.wrong or self._help.text())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Whoever walks through with Tab sees where they are; a turning wheel changes nothing by chance."""
        if event.type() == QEvent.Type.FocusIn:
            self.reached.emit(self)
        if event.type() == QEvent.Type.Wheel and not self.control.hasFocus():
            event.ignore()
            return True
        return False

    # --- inside -------------------------------------------------------------------------------------------

    def _lay_out(self, field: Field) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        if field.kind is Kind.SWITCH:
            line.addWidget(self.control, 1)
        else:
            name = Label("body")
            name.setText(field.label)
            name.setBuddy(self.control)
            line.addWidget(name, 1)
            self.control.setFixedWidth(_CONTROL_WIDTH)
            line.addWidget(self.control)
            line.addStrut(_CONTROL_HEIGHT)  # what can only be read has no frame, but as much room
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 0, INSET, 0)
        column.setSpacing(Space.XS)
        if field.kind is Kind.SWITCH:  # its box is below the other names, what is said of it below its own
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            self._help.setIndent(_SWITCH_INDENT)
        column.addLayout(line)
        column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(self._help)
        column.addWidget(self._wrong)

    def _new_control(self, field: Field) -> QWidget:
        match field.kind:
            case Kind.SWITCH:
                switch = QCheckBox(field.label)
                switch.toggled.connect(self._tell)
                return switch
            case Kind.CHOICE:
                box = QComboBox()
                box.setItemDelegate(QStyledItemDelegate(box))  # the only one that the style sheet reaches
                box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                box.currentIndexChanged.connect(lambda _index: self._tell(box.currentData()))
                return box
            case Kind.TEXT | Kind.FILE:
                edit = QLineEdit()
                edit.editingFinished.connect(lambda: self._tell(edit.text().strip()))
                return edit
            case Kind.FACT:
                return ElidedLabel("muted-body")

    def _show_value(self, field: Field) -> None:
        control = self.control
        if isinstance(control, QCheckBox):
            control.setChecked(bool(field.value))
        elif isinstance(control, QComboBox):
            self._show_choices(control, field)
        elif isinstance(control, QLineEdit):
            control.setPlaceholderText(field.hint)
            if not control.hasFocus() or not control.isModified():
                control.setText(str(field.value))
        elif isinstance(control, Label):
            control.setText(str(field.value))

    @staticmethod
    def _show_choices(box: QComboBox, field: Field) -> None:
        there = tuple((box.itemData(i), box.itemText(i)) for i in range(box.count()))
        if there != field.choices:
            box.clear()
            for value, label in field.choices:
                box.addItem(label, value)
        box.setCurrentIndex(max(0, box.findData(field.value)))

    def _tell(self, value: object) -> None:
        if not self._rendering and value != self._field.value and not self._field.locked:
            self.changed.emit(self._field.key, value)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self._field.label, str(Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._tell)
        dialog.open()
