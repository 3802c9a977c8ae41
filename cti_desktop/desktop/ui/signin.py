"""The sign-in page: the relay's address and a code, errors beside their field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from cti_desktop.assets import resource
from cti_desktop.desktop.address import unfold
from cti_desktop.desktop.intents import SignIn
from cti_desktop.desktop.ui.buttons import Button, on_click
from cti_desktop.desktop.ui.labels import Label, field_label, set_look
from cti_desktop.desktop.ui.measure import freshen, height_at
from cti_desktop.desktop.ui.theme import Space
from cti_desktop.desktop.viewmodels.signin import SignInModel
from cti_desktop.desktop.viewmodels.words import sign_in as words

_WIDTH = 360
_MARK = 48


class SignInPage(QWidget):
    """Emits `SignIn`. Enter in either field signs in."""

    intended = Signal(object)

    def __init__(self) -> None:
        """Empty."""
        super().__init__()
        self._model: SignInModel | None = None
        self.url, self._url_error = QLineEdit(), Label("error", wraps=True)
        self.code, self._code_error = QLineEdit(), Label("error", wraps=True)
        self._title, self._intro = Label("title"), Label("muted", wraps=True)
        self._error = Label("banner", wraps=True)
        self._busy = Label("muted", wraps=True)
        self.button = Button("primary")
        self.url.setPlaceholderText(words.RELAY_HINT)
        self.url.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        self.code.setPlaceholderText(words.CODE_HINT)
        self._mended: set[QLineEdit] = set()
        for field, error in ((self.url, self._url_error), (self.code, self._code_error)):
            field.returnPressed.connect(self._submit)
            field.textEdited.connect(partial(self._on_edited, field, error))
        on_click(self.button, self._submit)
        self._lay_out()

    def render_sign_in(self, model: SignInModel) -> None:
        """Show `model`. What is typed stays, unless nothing was."""
        if self._model is None or not self.url.text() or model.url_locked:
            self.url.setText(model.relay_url)
        # While busy, no field could take the keyboard.
        begins, self._model = self._model is None or self._model.busy, model
        self._title.setText(words.LEAVES if model.leaves else words.TITLE)
        self._intro.show_text("" if model.leaves else words.INTRO)
        self._error.show_text(model.error)
        if model.busy:
            self._mended.clear()
        self._complain(self.url, self._url_error, model.url_error)
        self._complain(self.code, self._code_error, model.code_error)
        for widget in (self.url, self.code, self.button):
            widget.setEnabled(not model.busy and not (widget is self.url and model.url_locked))
        self._busy.show_text(words.BUSY_DETAIL if model.busy else "")
        busy = words.LEAVES if model.leaves else words.BUSY
        self.button.set_caption(busy if model.busy else words.SIGN_IN, mnemonic=not model.busy)
        self._fit()
        if begins or ((model.url_error or model.code_error) and not self._mended):
            self._focus_first(model)

    def leave(self) -> None:
        """Somebody is signed in: the code is used, and the address may be another one next time."""
        self._model = None
        self._mended.clear()
        self.code.clear()

    def _complain(self, field: QLineEdit, label: Label, error: str) -> None:
        """What was said of a text is not said of another one that is just being written."""
        error = "" if field in self._mended else error
        label.show_text(error)
        set_look(field, "wrong", bool(error))

    def _on_edited(self, field: QLineEdit, label: Label, _text: str) -> None:
        self._mended.add(field)
        self._complain(field, label, "")
        self._fit()

    def _fit(self) -> None:
        freshen(self._panel)
        self._panel.setFixedSize(_WIDTH, height_at(self._form, _WIDTH))

    def _focus_first(self, model: SignInModel) -> None:
        target = self.code if self.url.text() and not model.url_error else self.url
        target.setFocus()
        target.selectAll()

    def _lay_out(self) -> None:
        self._panel = QFrame()
        self._panel.setProperty("role", "card")
        self._form = form = QVBoxLayout(self._panel)
        form.setContentsMargins(Space.XL + 4, Space.XL + 4, Space.XL + 4, Space.XL + 4)
        form.setSpacing(Space.S - 2)
        self._add_head(form)
        for label, field, error in (
            (words.RELAY, self.url, self._url_error),
            (words.CODE, self.code, self._code_error),
        ):
            form.addWidget(field_label(label, field))
            form.addWidget(field)
            form.addWidget(error)
            form.addSpacing(Space.S)
        form.addWidget(self.button)
        form.addWidget(self._busy)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(self._panel, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _add_head(self, form: QVBoxLayout) -> None:
        mark = Label()
        mark.setPixmap(QIcon(str(resource("icons/app.svg"))).pixmap(_MARK, _MARK))
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(mark)
        head.addWidget(self._title, 1)
        form.addLayout(head)
        form.addSpacing(Space.XS)
        form.addWidget(self._intro)
        form.addSpacing(Space.M)
        aside = QVBoxLayout()  # takes no room while there is nothing to say
        aside.setContentsMargins(0, 0, 0, Space.S)
        aside.addWidget(self._error)
        form.addLayout(aside)

    def _submit(self) -> None:
        if self._model is None or not self._model.busy:
            self._unfold()
            self.intended.emit(SignIn(self.url.text().strip(), self.code.text().strip()))

    def _unfold(self) -> None:
        """A scanner types all that a sheet's QR code says into the field that has the keyboard."""
        for field in (self.url, self.code):
            url, code = unfold(field.text(), self.url.text())
            if code != field.text():
                self.code.setText(code)
                if self.url.isEnabled():
                    self.url.setText(url)
