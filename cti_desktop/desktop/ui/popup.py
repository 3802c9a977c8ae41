"""A window that appears above all others without taking the keyboard: the ground of cards and prompts.

Owns window flags, shadow, the typing shield and when the keyboard may come. Knows nothing of calls.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QBitmap,
    QCursor,
    QEnterEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cti_desktop.desktop.ui import paint
from cti_desktop.desktop.ui.compositor import blends_windows
from cti_desktop.desktop.ui.measure import freshen, height_at
from cti_desktop.desktop.ui.placed import Placed
from cti_desktop.desktop.ui.theme import Radius, Space, Theme

WIDTH: Final = 404
"""Of the visible card, without the shadow."""
SHIELD_MS: Final = 400
"""For so long after it appeared a card ignores clicks and keys that were meant for what lay there before."""

_ASK_AGAIN_MS: Final = 150
_SETTLE_MS: Final = 400
_NOTHING: Final = ("", False)

_FLAGS: Final = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.NoDropShadowWindowHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)
_ATTRIBUTES: Final = (
    Qt.WidgetAttribute.WA_ShowWithoutActivating,
    Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow,  # else macOS hides it while another program is active
    Qt.WidgetAttribute.WA_TranslucentBackground,
    Qt.WidgetAttribute.WA_AlwaysShowToolTips,
)


class Popup(Placed):
    """A card's window. Fill `column`; call `fit` after its content changed.

    `freed`: it gave the keyboard up.
    """

    resized = Signal()
    freed = Signal()

    def __init__(self, theme: Theme, *, shield_ms: int = SHIELD_MS, width: int = WIDTH) -> None:
        """Hidden, without content. `width` is the visible card's."""
        super().__init__(None, _FLAGS)
        self.theme = theme
        self._width = width
        self._edge = theme.colors.accent
        self._ground: tuple[object, QPixmap] | None = None
        self._blends = True
        self._unsaid = _NOTHING
        self._has_asked = False  # for the keyboard
        self._stops_keys = True
        self._entered = QPoint()
        self._shield_ms = shield_ms
        self._shield = QTimer(self, singleShot=True)
        self._shield.timeout.connect(self._lower_shield)
        self._asking = QTimer(self, singleShot=True, interval=_ASK_AGAIN_MS)
        self._asking.timeout.connect(self._ask_again)
        self._freeing = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._freeing.timeout.connect(self.freed)
        for attribute in _ATTRIBUTES:
            self.setAttribute(attribute)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        # The window itself holds the focus until the agent moves it: no button is chosen beforehand.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.set_margins(paint.EDGE + Space.L, Space.L, Space.L + 2, Space.L + 2)
        self.column.setSpacing(Space.M)
        self.body.move(paint.SHADOW, paint.SHADOW)
        theme.changed.connect(self._repaint_ground)

    def read_from(self) -> QWidget:
        """Tab leads through the card's body."""
        return self.body

    # --- appearance ---------------------------------------------------------------------------------------

    def set_edge(self, color: str) -> None:
        """Colour of the left edge."""
        if color != self._edge:
            self._edge = color
            self._repaint_ground()

    def set_margins(self, begin: int, top: int, end: int, bottom: int) -> None:
        """Room around the content; `begin` is where the language begins to read, beside the coloured edge."""
        left, right = (end, begin) if self.isRightToLeft() else (begin, end)
        self.column.setContentsMargins(left, top, right, bottom)

    def fit(self) -> None:
        """Take the height that the content needs at this width."""
        freshen(self.body)
        height = height_at(self.column, self._width)
        margin = 2 * paint.SHADOW
        wanted = QSize(self._width + margin, height + margin)
        self.body.setFixedSize(self._width, height)
        if wanted != self.size():
            self.setFixedSize(wanted)
            self.resized.emit()

    def visible_rect(self) -> QRect:
        """The card on the screen, without its shadow."""
        return self.geometry().adjusted(paint.SHADOW, paint.SHADOW, -paint.SHADOW, -paint.SHADOW)

    def appear(self) -> None:
        """Show it, without the keyboard, with the typing shield up."""
        self.raise_shield()
        self._blends = blends_windows()
        self._mask()
        self.show()

    def announce(self, text: str, *, urgent: bool = False, quiet: bool = False) -> None:
        """Name the window `text`, and have a screen reader say so, at once if `urgent`; not if `quiet`.

        It hears only of what is on the screen.
        """
        self.setAccessibleName(text)
        self.setWindowTitle(text)
        self._unsaid = _NOTHING if quiet else (text, urgent)
        if self.isVisible():
            self._say()

    def _say(self) -> None:
        (text, urgent), self._unsaid = self._unsaid, _NOTHING
        if text:
            self.say(text, urgent=urgent)

    def say(self, text: str, *, urgent: bool = False) -> None:
        """Have a screen reader say `text`, at once if `urgent`."""
        if QAccessible.isActive():
            event = QAccessibleAnnouncementEvent(self, text)
            if urgent:
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    # --- shield and keyboard ------------------------------------------------------------------------------

    @property
    def shielded(self) -> bool:
        """Whether clicks and keys are still ignored."""
        return self._shield.isActive()

    @property
    def ignores_keys(self) -> bool:
        """Whether keys are: not where the card only moved, and the agent wrote on."""
        return self.shielded and self._stops_keys

    def raise_shield(self, *, moved: bool = False) -> None:
        """Ignore clicks and keys for a moment: what is shown has just changed. `moved`: clicks only."""
        if self._shield_ms:
            self._stops_keys = not moved or self.ignores_keys
            self.body.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._shield.start(self._shield_ms)

    def _lower_shield(self) -> None:
        self.body.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)

    @property
    def holds_keyboard(self) -> bool:
        """Whether the agent gave it the keyboard, and what is typed comes here."""
        return self._has_asked and self.isActiveWindow()

    def take_keyboard(self, target: QWidget | None = None) -> None:
        """Accept the keyboard, because the agent asked for it by a click or a shortcut."""
        self._request_keyboard()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        # A window manager may have looked before it knew that the window takes the keyboard now.
        self._asking.start()

    def leave_keyboard(self) -> None:
        """Never take it again by itself. The window manager hands it back when the window is hidden."""
        self._let_go()
        self.freed.emit()

    def _let_go(self) -> None:
        self._asking.stop()
        self._has_asked = False
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, True)

    def _request_keyboard(self) -> None:
        self._freeing.stop()
        self._has_asked = True
        handle = self.windowHandle()
        if handle is not None:
            handle.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
            handle.requestActivate()

    def _ask_again(self) -> None:
        if self.isVisible() and not self.isActiveWindow():
            self._request_keyboard()

    @property
    def is_held(self) -> bool:
        """Whether the agent is at it, or about to be: then it must not go by itself.

        A pointer that rested where the card appeared says nothing: it has to move.
        """
        pointed_at = self.underMouse() and QCursor.pos() != self._entered
        return self.holds_keyboard or self._asking.isActive() or pointed_at

    def enterEvent(self, event: QEnterEvent) -> None:
        """Note where the pointer was when it came, or the card came to it."""
        self._entered = QCursor.pos()
        super().enterEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Go back to never taking the keyboard as soon as another window has it."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.update()
            if not self.isActiveWindow():
                self._let_go()
                # To xfwm4 it has the keyboard for a moment yet: were it hidden in this moment, the keyboard
                # would be taken from the window that has it by now, our prompt perhaps, and given to a third.
                self._freeing.start()

    # --- painting -----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the ground for the screen that it is on now."""
        self._ground = None
        super().showEvent(event)
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        """What was about to happen to a card that is away need not happen."""
        self._asking.stop()
        self._freeing.stop()
        self._unsaid = _NOTHING
        self._shield.stop()
        self._lower_shield()
        self.setWindowOpacity(1.0)
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the mask anew."""
        super().resizeEvent(event)
        self._mask()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground from the cache."""
        active = self.holds_keyboard
        key = (self.size(), self.devicePixelRatioF(), self._edge, self.theme.colors, self._blends, active)
        if self._ground is None or self._ground[0] != key:
            ratio = self.devicePixelRatioF()
            ground = paint.shell(
                self.size(), ratio, self.theme.colors, self._edge, shadow=self._blends, active=active
            )
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                ground = ground.transformed(QTransform.fromScale(-1, 1))
            self._ground = (key, ground)
        painter = QPainter(self)
        painter.drawPixmap(QPoint(0, 0), self._ground[1])
        painter.end()

    def _repaint_ground(self) -> None:
        self._ground = None
        self.update()

    def _mask(self) -> None:
        if self._blends:
            self.clearMask()
            return
        bits = QBitmap(self.size())
        bits.clear()
        painter = QPainter(bits)
        painter.setBrush(Qt.GlobalColor.color1)
        painter.setPen(Qt.PenStyle.NoPen)
        body = QRectF(self.rect()).adjusted(paint.SHADOW, paint.SHADOW, -paint.SHADOW, -paint.SHADOW)
        painter.drawRoundedRect(body, Radius.CARD, Radius.CARD)
        painter.end()
        self.setMask(bits)
