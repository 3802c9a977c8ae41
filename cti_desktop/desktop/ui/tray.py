"""The tray icon: the connection at a glance, what is owed, and a menu. Only our own words in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from cti_desktop.assets import resource
from cti_desktop.desktop.branding import named
from cti_desktop.desktop.intents import (
    AnyIntent,
    AskToQuit,
    ChangeSettings,
    HideCallers,
    RetryNow,
    ShowWindow,
    UseThisOne,
)
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.theme import DARK, LIGHT, Theme, Type
from cti_desktop.desktop.viewmodels.connection import ConnectionModel, Health, LinkAction
from cti_desktop.desktop.viewmodels.words import pops, preferences
from cti_desktop.desktop.viewmodels.words import windows as words

_SIZES: Final = (16, 22, 24, 32, 48, 64)
_MANY: Final = 9
# Some desktops start their tray late; Qt looks for one only once.
_LOOK_AGAIN_MS: Final = 10_000
DEFAULTS: Final = Settings()


class Tray(QObject):
    """`intended` carries intents; `asked_next` and `asked_to_sign_out` are for the screen itself."""

    intended = Signal(object)
    asked_next = Signal()
    asked_to_sign_out = Signal()
    asked_newest = Signal()
    asked_settings = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        """Shown as soon as the desktop has a tray."""
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Health, int] | None = None
        self._model: ConnectionModel | None = None
        self._settings = DEFAULTS
        self._menu = QMenu()
        self._build_menu()
        self._icon = self._new_icon()
        self._look = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._look.timeout.connect(self._look_again)
        if not self.is_available():
            self._look.start()

    def is_available(self) -> bool:
        """Whether the desktop has a tray at all."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def render_tray(self, model: ConnectionModel, *, signed_in: bool, settings: Settings = DEFAULTS) -> None:
        """Show the state of the link and what is owed."""
        self._model = model
        look = (model.health, model.owed)
        if look != self._shown:
            self._shown = look
            self._icon.setIcon(state_icon(*look))  # never while a card waits: it is drawn in six sizes
        tooltip = named(model.tooltip)
        if self._icon.toolTip() != tooltip:
            self._icon.setToolTip(tooltip)
        self._next.setEnabled(model.owed > 0)
        self._quiet.setChecked(settings.do_not_disturb)
        self._private.setChecked(model.is_private)
        self._settings = settings
        self._retry.setVisible(model.action is LinkAction.RETRY)
        self._use_this.setVisible(model.action is LinkAction.USE_THIS_ONE)
        self._sign_in.setVisible(not signed_in)
        self._sign_out.setVisible(signed_in)

    def entries(self) -> list[QAction]:
        """The menu's visible entries."""
        return [action for action in self._menu.actions() if action.isVisible() and not action.isSeparator()]

    def close(self) -> None:
        """Take it away, for good."""
        self._look.stop()
        self._icon.hide()
        self._menu.deleteLater()

    def _build_menu(self) -> None:
        self._entry(named(words.MENU_OPEN), ShowWindow())
        self._next = QAction(words.MENU_NEXT, self._menu)
        self._next.triggered.connect(lambda _checked=False: self.asked_next.emit())
        self._menu.addAction(self._next)
        self._asking(pops.MENU_NEWEST, self.asked_newest)
        self._menu.addSeparator()
        self._quiet = self._switch(preferences.QUIET, lambda on: ChangeSettings({"do_not_disturb": on}))
        self._private = self._switch(preferences.PRIVACY, HideCallers)
        self._asking(preferences.MENU, self.asked_settings)
        self._menu.addSeparator()
        self._retry = self._entry(words.MENU_RETRY, RetryNow())
        self._use_this = self._entry(words.MENU_USE_THIS, UseThisOne())
        self._sign_in = self._entry(words.MENU_SIGN_IN, ShowWindow())
        self._sign_out = QAction(words.MENU_SIGN_OUT, self._menu)
        self._sign_out.triggered.connect(lambda _checked=False: self.asked_to_sign_out.emit())
        self._menu.addAction(self._sign_out)
        self._menu.addSeparator()
        self._entry(words.MENU_QUIT, AskToQuit())

    def _entry(self, text: str, intent: AnyIntent) -> QAction:
        action = QAction(text, self._menu)
        action.triggered.connect(lambda _checked=False: self.intended.emit(intent))
        self._menu.addAction(action)
        return action

    def _asking(self, text: str, signal: SignalInstance) -> None:
        action = QAction(text, self._menu)
        action.triggered.connect(lambda _checked=False: signal.emit())
        self._menu.addAction(action)

    def _switch(self, text: str, intent: Callable[[bool], AnyIntent]) -> QAction:
        action = QAction(text, self._menu, checkable=True)
        action.triggered.connect(lambda checked=False: self.intended.emit(intent(checked)))
        self._menu.addAction(action)
        return action

    def _new_icon(self) -> QSystemTrayIcon:
        icon = QSystemTrayIcon(state_icon(Health.SIGNED_OUT, 0), self)
        icon.setContextMenu(self._menu)
        icon.activated.connect(self._on_activated)
        if self.is_available():
            icon.show()
        return icon

    def _look_again(self) -> None:
        if not self.is_available():
            return
        self._look.stop()
        old, self._icon, self._shown = self._icon, self._new_icon(), None
        old.hide()
        old.deleteLater()
        if self._model is not None:
            self.render_tray(self._model, signed_in=self._sign_out.isVisible(), settings=self._settings)

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.intended.emit(ShowWindow())


def state_icon(health: Health, owed: int) -> QIcon:
    """The icon of a state: told by its shape, too, not by colour alone."""
    icon = QIcon()
    for side in _SIZES:
        icon.addPixmap(_draw(side, health, owed))
    return icon


def _draw(side: int, health: Health, owed: int) -> QPixmap:
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    name = "mark" if health in (Health.CONNECTED, Health.RECONNECTING) else "mark-off"
    QSvgRenderer(str(resource(f"icons/{name}.svg"))).render(painter, QRectF(0, 0, side, side))
    painter.scale(side / 64, side / 64)
    if health is Health.RECONNECTING:
        _dots(painter)
    elif health is not Health.CONNECTED:
        _disc(painter, QPointF(47, 47), LIGHT.alert if health is Health.OFFLINE else LIGHT.muted)
        _stroke(painter, cross=health is Health.OFFLINE)
    if owed:
        _disc(painter, QPointF(47, 17), LIGHT.alert)
        _figure(painter, str(owed) if owed <= _MANY else f"{_MANY}+")
    painter.end()
    return pixmap


def _disc(painter: QPainter, middle: QPointF, color: str) -> None:
    painter.setPen(QPen(QColor("#ffffff"), 3))
    painter.setBrush(QColor(color))
    painter.drawEllipse(middle, 15, 15)


def _dots(painter: QPainter) -> None:
    _disc(painter, QPointF(47, 47), DARK.warn)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.text))
    for x in (40, 47, 54):
        painter.drawEllipse(QPointF(x, 47), 2.4, 2.4)


def _stroke(painter: QPainter, *, cross: bool) -> None:
    painter.setPen(QPen(QColor("#ffffff"), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    if cross:
        painter.drawLine(QPointF(42, 42), QPointF(52, 52))
        painter.drawLine(QPointF(52, 42), QPointF(42, 52))
    else:
        painter.drawLine(QPointF(41, 47), QPointF(53, 47))


def _figure(painter: QPainter, text: str) -> None:
    font = Type.KEY.font()
    font.setPixelSize(22 if len(text) == 1 else 17)
    painter.setFont(font)
    painter.setPen(QColor("#ffffff"))
    painter.drawText(QRectF(32, 2, 30, 30), Qt.AlignmentFlag.AlignCenter, text)
