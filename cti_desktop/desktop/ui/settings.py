"""The settings window. Every change is an intent at once; there is nothing to save or to cancel."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from cti_desktop.assets import resource
from cti_desktop.desktop.intents import ChangeSettings, ExportDiagnostics, TestPop
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.fields import INSET, FieldRow
from cti_desktop.desktop.ui.focus import ReadInOrder
from cti_desktop.desktop.ui.labels import Label
from cti_desktop.desktop.ui.measure import freshen, within_screen
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.settings import Section, SettingsModel, changes_of
from cti_desktop.desktop.viewmodels.words import preferences as words

SIZE = QSize(560, 680)


@dataclass(frozen=True, slots=True)
class Place:
    """Of a window, how far it is scrolled, and the setting that has the keyboard."""

    geometry: QRect
    scrolled: int
    key: str


class SettingsWindow(ReadInOrder):
    """Emits `ChangeSettings`, `TestPop` and `ExportDiagnostics`. Esc closes it."""

    intended = Signal(object)

    def __init__(self) -> None:
        """Hidden; its fields come with the first model."""
        super().__init__()
        self.rows: dict[str, FieldRow] = {}
        self.setWindowTitle(words.TITLE)
        self.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setProperty("role", "window")
        self.setMinimumSize(420, 360)
        self.resize(within_screen(self, SIZE))
        self._sections = QVBoxLayout()
        self._latency = Label("muted", wraps=True)
        self._lay_out()
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)

    def render_settings(self, model: SettingsModel) -> None:
        """Show `model`; what is being typed stays."""
        if not self.rows:
            for section in model.sections:
                self._sections.addWidget(self._new_section(section))
        for section in model.sections:
            for field in section.fields:
                self.rows[field.key].render_field(field)
        self._latency.show_text(model.latency)

    @property
    def place(self) -> Place:
        """Where the agent is in it."""
        here = next((key for key, row in self.rows.items() if row.control is self.focusWidget()), "")
        return Place(self.geometry(), self._scroll.verticalScrollBar().value(), here)

    def come_back(self, place: Place) -> None:
        """As another window stood, with the keyboard: this one speaks another language, and that is all."""
        self.setGeometry(place.geometry)
        self.come_forward()
        if place.key in self.rows:
            self.rows[place.key].control.setFocus(Qt.FocusReason.OtherFocusReason)
        freshen(self)
        self._scroll.verticalScrollBar().setValue(place.scrolled)

    def come_forward(self) -> None:
        """Show it before all others, with the keyboard."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        first = next((row.control for row in self.rows.values() if row.control.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- building -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("role", "clear")
        self._sections.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._sections.setSpacing(Space.M)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._sections)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._build_foot())

    def _build_foot(self) -> QFrame:
        test, export, note = Button("secondary"), Button("secondary"), Label("muted", wraps=True)
        test.set_caption(words.TEST_POP, mnemonic=True)
        export.set_caption(words.EXPORT, words.EXPORT_HELP, mnemonic=True)
        note.setText(words.APPLIED)
        on_click(test, lambda: self.intended.emit(TestPop()))
        on_click(export, lambda: self.intended.emit(ExportDiagnostics()))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(note)
        texts.addWidget(self._latency)
        foot = QFrame()
        foot.setProperty("role", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.S)
        row.addLayout(texts, 1)
        row.addWidget(export)
        row.addWidget(test)
        return foot

    def _new_section(self, section: Section) -> QFrame:
        frame, title = QFrame(), Label("heading")
        frame.setProperty("role", "card")
        title.setText(section.title)
        title.setIndent(INSET)
        column = QVBoxLayout(frame)
        column.setContentsMargins(Space.L - INSET, Space.M, Space.L - INSET, Space.L)
        column.setSpacing(Space.S)
        column.addWidget(title)
        for field in section.fields:
            row = FieldRow(field)
            row.changed.connect(self._on_change)
            row.reached.connect(self._scroll.ensureWidgetVisible)
            self.rows[field.key] = row
            column.addWidget(row)
        return frame

    def _on_change(self, key: str, value: object) -> None:
        self.intended.emit(ChangeSettings(changes_of(key, value)))
