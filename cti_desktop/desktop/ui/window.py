"""The main window: connection, notices, and the pages of the day; or the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpacerItem, QStackedLayout, QTabBar, QVBoxLayout, QWidget

from cti_desktop.assets import resource
from cti_desktop.desktop.branding import named
from cti_desktop.desktop.intents import AskToQuit, DismissNotice, RetryNow, SignOut, UseThisOne
from cti_desktop.desktop.screen import NoticeCode
from cti_desktop.desktop.ui.buttons import LINK_PADDING, Button, on_click
from cti_desktop.desktop.ui.confirm import ConfirmBar, NoticeColumn
from cti_desktop.desktop.ui.figures import FiguresStrip
from cti_desktop.desktop.ui.focus import ReadInOrder
from cti_desktop.desktop.ui.found import FoundPage
from cti_desktop.desktop.ui.labels import ElidedLabel, Label
from cti_desktop.desktop.ui.measure import within_screen
from cti_desktop.desktop.ui.page import ListPage
from cti_desktop.desktop.ui.paint import Dot
from cti_desktop.desktop.ui.signin import SignInPage
from cti_desktop.desktop.ui.theme import Space, Theme
from cti_desktop.desktop.viewmodels.card import Tone
from cti_desktop.desktop.viewmodels.connection import ConnectionModel, Health, LinkAction
from cti_desktop.desktop.viewmodels.window import WindowModel
from cti_desktop.desktop.viewmodels.words import day, preferences
from cti_desktop.desktop.viewmodels.words import windows as words

SIZE = QSize(560, 700)
TO_DO, FOUND = 1, 3
_LINE = 30
_TONES = {
    Health.CONNECTED: Tone.GOOD,
    Health.RECONNECTING: Tone.QUIET,
    Health.OFFLINE: Tone.ALERT,
    Health.SIGNED_OUT: Tone.QUIET,
}


class MainWindow(ReadInOrder):
    """Closing only hides it while `may_hide()` says that the tray can bring it back."""

    intended = Signal(object)
    shown = Signal()
    asked_settings = Signal()

    def __init__(self, theme: Theme, *, may_hide: Callable[[], bool]) -> None:
        """Hidden."""
        super().__init__()
        self._theme = theme
        self._may_hide = may_hide
        self._action: LinkAction | None = None
        self.setWindowTitle(named(words.TITLE))
        self.setWindowIcon(QIcon(str(resource("icons/app.svg"))))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setProperty("role", "window")
        self.setMinimumSize(400, 420)
        self.resize(within_screen(self, SIZE))
        self.sign_in = SignInPage()
        self.calls = ListPage(theme, day.TODAY_LIST, (words.NO_CALLS, words.NO_CALLS_DETAIL))
        self.figures = FiguresStrip(theme)
        self.follow_ups = ListPage(
            theme, day.FOLLOW_UPS_LIST, (day.NO_FOLLOW_UPS, day.NO_FOLLOW_UPS_DETAIL), picks=True
        )
        self.found = FoundPage(theme)
        self.to_do = ListPage(
            theme, words.TO_DO_LIST, (words.NOTHING_TO_DO, words.NOTHING_TO_DO_DETAIL), picks=True
        )
        self.outbox = ListPage(
            theme, words.OUTBOX_LIST, (words.NOTHING_WAITS, words.NOTHING_WAITS_DETAIL), picks=True
        )
        self._lay_out()
        for part in (self.sign_in, *self._lists):
            part.intended.connect(self.intended)
        for page in (self.calls, self.to_do, self.follow_ups):
            page.history_wanted.connect(self._show_history)
        for number in range(len(self._lists)):
            QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self, partial(self.show_page, number))
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._find)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        QShortcut(QKeySequence("Ctrl+Q"), self, self._ask_to_quit)

    @property
    def _lists(self) -> tuple[ListPage, ListPage, ListPage, FoundPage, ListPage]:
        return self.calls, self.to_do, self.follow_ups, self.found, self.outbox

    def render_window(self, model: WindowModel) -> None:
        """Show `model`."""
        self.render_connection(model.connection)
        self._notices.show_notices(model.notices)
        self._agent.show_text(model.agent)
        self.calls.show_rows(model.today)
        self.figures.render_figures(model.figures)
        self.figures.setVisible(bool(model.today))
        self.follow_ups.show_rows(model.follow_ups)
        self.found.render_found(model.found)
        self.to_do.show_rows(model.to_do)
        self.outbox.show_rows(model.outbox)
        counts = (
            (day.TODAY, 0),
            (words.TO_DO, len(model.to_do)),
            (day.FOLLOW_UPS, len(model.follow_ups)),
            (day.ALL_CALLS, 0),
            (words.OUTBOX, len(model.outbox)),
        )
        for index, (label, count) in enumerate(counts):
            self._tabs.setTabText(index, words.tab(label, count))
        if model.sign_in is None:
            self.sign_in.leave()
        else:
            self.sign_in.render_sign_in(model.sign_in)
            self._confirm.hide()
            self._tabs.setCurrentIndex(0)  # whoever comes next begins where a day begins
        self._bodies.setCurrentIndex(0 if model.sign_in is None else 1)
        self._head.setVisible(model.sign_in is None)
        self._quit.setVisible(not self._may_hide())  # else the tray's menu has it

    def render_connection(self, model: ConnectionModel) -> None:
        """Show the state of the link only."""
        self._dot.set_tone(_TONES[model.health])
        self._headline.setText(model.headline)
        self._detail.show_text(model.detail)
        self._privacy.show_text(model.privacy)
        self._privacy.set_tone("" if model.is_private else "warn")
        self._action = model.action
        self._act.setVisible(model.action is not None)
        self._act.set_caption(model.action_label, mnemonic=True)

    def show_page(self, index: int) -> None:
        """Turn to Today (0), To do (1), Follow-ups (2), All calls (3) or Waiting to send (4)."""
        self._tabs.setCurrentIndex(index)
        self._focus_first()

    def appear(self) -> None:
        """Show it without taking the keyboard from another program."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, True)
        self._focus_first()
        self.show()

    def come_forward(self) -> None:
        """Show it before all others, with the keyboard: the agent asked for it."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        self._focus_first()

    def _focus_first(self) -> None:
        if self._bodies.currentIndex() == 0:
            self._lists[self._tabs.currentIndex()].list.setFocus()

    def ask_to_sign_out(self) -> None:
        """Ask first: without a new code there is no way back."""
        self.come_forward()
        self._confirm.ask(words.SIGN_OUT_SURE, words.YES_SIGN_OUT, lambda: self.intended.emit(SignOut()))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is to be shown, before it is seen."""
        super().showEvent(event)
        self.shown.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Hide, or go to the task bar where no tray could bring it back."""
        event.ignore()
        if self._may_hide():
            self.hide()
        else:
            self.showMinimized()

    # --- building -----------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        pages = QStackedLayout()
        for page in self._lists:
            self._tabs.addTab(page.list.accessibleName())
            pages.addWidget(self._today() if page is self.calls else page)
        self._tabs.currentChanged.connect(pages.setCurrentIndex)
        self._tabs.currentChanged.connect(self._on_turned)
        content = QVBoxLayout()
        content.setContentsMargins(Space.M, Space.M, Space.M, Space.S)
        content.setSpacing(Space.S)
        content.addWidget(self._tabs)
        content.addLayout(pages, 1)
        content.addLayout(self._build_foot())
        self._bodies = QStackedLayout()
        self._bodies.addWidget(_holding(content))
        self._bodies.addWidget(self.sign_in)
        self._head = self._build_head()
        self._notices = NoticeColumn(self._theme)
        self._notices.dismissed.connect(lambda code: self.intended.emit(DismissNotice(code)))
        self._notices.came.connect(self._on_notice)
        self._confirm = ConfirmBar()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._notices)
        column.addWidget(self._confirm)
        column.addLayout(self._bodies, 1)

    def _today(self) -> QWidget:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.figures)
        column.addWidget(self.calls, 1)
        return _holding(column)

    def _on_turned(self, index: int) -> None:
        """The history costs nothing before somebody looks at it."""
        if self._lists[index] is self.found and not self.found.has_looked():
            self.found.look()

    def _show_history(self, number: str) -> None:
        self._tabs.setCurrentIndex(FOUND)
        self.found.look_for_caller(number)

    def _find(self) -> None:
        """Ctrl+F, on any page."""
        self._tabs.setCurrentIndex(FOUND)
        self.found.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.found.search.selectAll()

    def _build_head(self) -> QFrame:
        self._dot = Dot(self._theme, side=10)
        self._headline = ElidedLabel("heading")
        self._detail = Label("muted", wraps=True)
        self._privacy = Label("muted", wraps=True)
        self._act = Button("compact")
        on_click(self._act, self._on_action)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addSpacerItem(QSpacerItem(0, _LINE))
        line.addWidget(self._dot)
        line.addWidget(self._headline, 1)
        line.addWidget(self._act)
        head = QFrame()
        head.setProperty("role", "head")
        column = QVBoxLayout(head)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.XS)
        column.addLayout(line)
        column.addWidget(self._detail)
        column.addWidget(self._privacy)
        return head

    def _build_foot(self) -> QHBoxLayout:
        self._agent = ElidedLabel("muted")
        sign_out = Button("link")
        sign_out.set_caption(words.SIGN_OUT, mnemonic=True)
        on_click(sign_out, self.ask_to_sign_out)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S, 0, Space.S - LINK_PADDING, 0)
        settings = Button("link")
        settings.set_caption(preferences.OPEN, mnemonic=True)
        on_click(settings, self.asked_settings.emit)
        row.setSpacing(Space.L)
        row.addWidget(self._agent)
        row.addStretch(1)
        row.addWidget(settings)
        row.addWidget(sign_out)
        self._quit = Button("link")
        self._quit.set_caption(words.QUIT, words.QUIT_HELP, mnemonic=True)
        on_click(self._quit, self._ask_to_quit)
        row.addWidget(self._quit)
        return row

    def _on_notice(self, code: str) -> None:
        """Whoever is asked to finish first sees what."""
        if code == NoticeCode.FINISH_FIRST.value:
            self.show_page(TO_DO)

    def _ask_to_quit(self) -> None:
        self.intended.emit(AskToQuit())

    def _on_action(self) -> None:
        if self._action is not None:
            self.intended.emit(
                {LinkAction.RETRY: RetryNow, LinkAction.USE_THIS_ONE: UseThisOne}[self._action]()
            )


def _holding(layout: QVBoxLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
