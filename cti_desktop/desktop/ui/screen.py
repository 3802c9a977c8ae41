"""The UI as the controller sees it: a `Situation` in, intents out. Owns the windows; decides nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cti_desktop.core.intents import CorrectDisposition, EditDraft, OpenPrompt, ShowCard
from cti_desktop.desktop.intents import AnyIntent, HideCallers, ScreenShared
from cti_desktop.desktop.screen import Emit, Situation, Waiting
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.backstage import Backstage
from cti_desktop.desktop.ui.board import Board
from cti_desktop.desktop.ui.browser import Browser
from cti_desktop.desktop.ui.card import CallCard
from cti_desktop.desktop.ui.motion import Motion
from cti_desktop.desktop.ui.popup import SHIELD_MS, Popup
from cti_desktop.desktop.ui.prompt import PromptCard
from cti_desktop.desktop.ui.reminder import Reminders
from cti_desktop.desktop.ui.sharing import Sharing
from cti_desktop.desktop.ui.shortcuts import SYSTEM_WIDE, Shortcuts
from cti_desktop.desktop.ui.sound import Sound
from cti_desktop.desktop.ui.stack import Stack, screen_names
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.board import card_models
from cti_desktop.desktop.viewmodels.prompt import prompt_model
from cti_desktop.desktop.viewmodels.reminder import reminder_models
from cti_desktop.desktop.viewmodels.settings import Machine
from cti_desktop.desktop.viewmodels.veil import is_private, vacated, veiled

# Twice a second: a timer on a card never skips one.
TICK_MS: Final = 500


class QtScreen:
    """Implements `desktop.screen.Screen` with Qt widgets."""

    def __init__(
        self,
        emit: Emit,
        *,
        theme: Theme | None = None,
        zone: tzinfo | None = None,
        shield_ms: int = SHIELD_MS,
        browser: Browser | None = None,
        motion: Motion | None = None,
        sharing: Sharing | None = None,
    ) -> None:
        """Everything is built, nothing is shown. Needs the QApplication. `zone` None: the computer's."""
        self.emit = emit
        self.theme = theme or Theme(_app())
        self.zone = zone
        self._shield_ms = shield_ms
        self._browser = browser or Browser(emit)
        self._motion = motion or Motion()
        self._situation: Situation | None = None
        self._since_render = QElapsedTimer()
        self._language = languages.SYSTEM
        self._sharing = sharing or Sharing()
        self._sharing.changed.connect(lambda told: self.emit(ScreenShared(told)))
        self._build()

    def _build(self) -> None:
        """Every window, in the language of the moment."""
        self._root = QObject()
        self._tick = QTimer(self._root, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._stack = Stack(self._root)
        self._board = Board(self.theme, self._shield_ms, self._motion, self._root)
        self._sound = Sound(self._root)
        self._shortcuts = Shortcuts(self._root)
        self._rendering = False
        self._heir: QWidget | None = None  # of the keyboard, as soon as the prompt is up
        self.prompt = PromptCard(self.theme, zone=self.zone, shield_ms=self._shield_ms)
        self.reminders = Reminders(self.theme, self._root, shield_ms=self._shield_ms)
        self._backstage = Backstage(
            self.theme, self.zone, self.emit, self._machine, self._browser, self._root
        )
        self.tray, self.window = self._backstage.tray, self._backstage.window
        self.settings = self._backstage.settings
        self._connect()

    # --- what the controller calls ------------------------------------------------------------------------

    def render(self, situation: Situation) -> None:
        """Show `situation`."""
        if situation.settings.language != self._language:
            self._speak(situation.settings.language)
        situation = vacated(situation)
        if is_private(situation):
            situation = veiled(situation)
        was, self._situation = self._situation, situation
        self._since_render.start()
        self._stack.use(situation.settings)
        self._use_shortcuts(situation.settings)
        self._sharing.use(wanted=situation.settings.privacy_when_shared)
        self._rendering = True
        self._render_board(situation)
        self._render_prompt(situation)
        self.reminders.render_reminders(
            reminder_models(situation, self.zone), situation.now, quiet=situation.settings.do_not_disturb
        )
        self._rendering = False
        self._arrange()
        # A pop comes first, but not before names that others may not see any longer are gone.
        waits = self._board.is_popping() and not (was and is_private(was) != is_private(situation))
        self._backstage.render(was, situation, card_waits=waits)
        self._keep_ticking()

    def activate(self) -> None:
        """Bring the main window to the front, with the keyboard."""
        self.window.come_forward()

    def closed(self) -> None:
        """Take everything off the screen, for good."""
        self._sharing.close()
        self._take_down()

    def _take_down(self) -> None:
        self._tick.stop()
        self._backstage.close()
        self.reminders.closed()
        self._board.close()
        self._sound.close()
        self._shortcuts.close()
        self.prompt.hide()
        self.prompt.deleteLater()
        self._root.deleteLater()

    def _speak(self, code: str) -> None:
        """Build everything anew in another language; what was up is shown by the render that asked for it."""
        self._language = code
        languages.use(code)
        was_up, place, board = self.window.isVisible(), self.window.geometry(), self._board
        settings_place = self.settings.place
        self._take_down()
        self._build()
        self._board.inherit(board)
        if was_up:
            self.window.setGeometry(place)
            self.window.appear()
        if settings_place is not None and self._situation is not None:
            self.settings.render(self._situation)
            self.settings.come_forward(settings_place)

    # --- the parts ----------------------------------------------------------------------------------------

    def card(self, call_id: str) -> CallCard | None:
        """The card of a call, if it is up."""
        return self._board.card(call_id)

    def popups(self) -> list[Popup]:
        """What is up, from the corner on: prompt and reminders stay put, then the cards, newest first."""
        prompt: list[Popup] = [self.prompt] if self.prompt.model is not None else []
        return [*prompt, *self.reminders.cards(), *self._board.popups()]

    def bring_newest(self) -> None:
        """Give the keyboard to the newest card; from a card, to the prompt; else to the window."""
        prompt = self.prompt if self.prompt.model is not None else None
        goes_on = any(card.isActiveWindow() for card in self._board.popups())
        target = prompt if prompt and goes_on else self._board.newest() or prompt
        if target is not None:
            self._arrange()
            target.take_keyboard(target)
        else:
            self.activate()

    def ask_next(self) -> None:
        """Give the keyboard to the open prompt, or open the oldest one that is owed."""
        situation = self._situation
        if self.prompt.model is not None:
            self.prompt.take_keyboard(self.prompt)
        elif situation and (owed := [c for c in situation.calls if c.owes_disposition]):
            self._open(OpenPrompt(owed[0].id))

    def now(self) -> datetime:
        """The relay's clock: as last rendered, and counted on."""
        assert self._situation is not None  # noqa: S101 - nothing ticks before the first render
        return self._situation.now + timedelta(milliseconds=self._since_render.elapsed())

    def _connect(self) -> None:
        self.prompt.intended.connect(self.emit)
        self.prompt.resized.connect(self._arrange)
        self.reminders.intended.connect(self.emit)
        self.reminders.resized.connect(self._arrange)
        self._board.intended.connect(self._on_card)
        self._board.resized.connect(self._arrange)
        self._board.chose.connect(self._on_choice)
        self.window.intended.connect(self._open)
        self.tray.asked_next.connect(self.ask_next)
        self.tray.asked_newest.connect(self.bring_newest)
        self._shortcuts.pressed.connect(self._on_shortcut)

    def _open(self, intent: AnyIntent) -> None:
        """From the main window: whoever opens a prompt there goes on with the keyboard."""
        self._heir = self.prompt if isinstance(intent, OpenPrompt | CorrectDisposition) else None
        if isinstance(intent, ShowCard):
            self._board.asked.add(intent.call_id)
            self._board.expand(intent.call_id)
        self.emit(intent)

    def _render_board(self, situation: Situation) -> None:
        models = card_models(situation, self.zone, self._board.kept)
        new = self._board.render(models, situation.settings, situation.now)
        self._sound.accompany(models, new, situation.settings)

    def _use_shortcuts(self, settings: Settings) -> None:
        self._shortcuts.use({key: getattr(settings, key) for key in SYSTEM_WIDE})

    def _on_shortcut(self, name: str) -> None:
        if name == "shortcut":
            self.bring_newest()
        elif self._situation is not None:
            self.emit(HideCallers(not is_private(self._situation)))

    def _machine(self) -> Machine:
        spoken = tuple((language.code, language.name) for language in languages.available() if language.code)
        return Machine(
            screen_names(), spoken, {n: fault.words for n, fault in self._shortcuts.faults.items()}
        )

    def _on_choice(self) -> None:
        """The agent pinned, shrank or enlarged a card: show what is up now."""
        if self._situation is not None and not self._rendering:
            self._rendering = True
            self._render_board(replace(self._situation, now=self.now()))
            self._rendering = False
            self._arrange()

    def _render_prompt(self, situation: Situation) -> None:
        model = prompt_model(situation, self.zone)
        if model is None:
            if self.prompt.model is not None:
                self.prompt.retire()
            return
        self.prompt.room = self._stack.room
        was = self.prompt.model
        self.prompt.render_prompt(model, situation.now)
        if was is None or was.call_id != model.call_id:
            self._hand_over(model.call_id)

    def _hand_over(self, call_id: str) -> None:
        """Whoever was at the card as its call ended goes on at the prompt; the card waits until it can."""
        card = self._board.card(call_id)
        if card is None or not card.holds_keyboard or card.is_naming:
            return
        note = card.note
        self._heir = self.prompt if note is None else self.prompt.write_note(note)

    def _on_card(self, intent: AnyIntent) -> None:
        """What is still typed into a card's note while its prompt is up belongs to the prompt's draft."""
        model = self.prompt.model
        if isinstance(intent, EditDraft) and model is not None and model.call_id == intent.call_id:
            self.prompt.write_note(intent.draft.notes)
        else:
            self.emit(intent)

    def _arrange(self) -> None:
        if self._rendering:
            return
        self._stack.arrange(self.popups())
        if self.prompt.model is not None and self._heir is not None:
            heir, self._heir = self._heir, None
            self.prompt.take_keyboard(heir)

    def _keep_ticking(self) -> None:
        assert self._situation is not None  # noqa: S101 - called by render only
        wanted = (
            self._board.is_counting() or self.prompt.is_counting or isinstance(self._situation.link, Waiting)
        )
        if wanted and not self._tick.isActive():
            self._tick.start()
        elif not wanted:
            self._tick.stop()

    def _on_tick(self) -> None:
        now = self.now()
        self._board.tick(now)
        self.prompt.tick(now)
        self._backstage.tick(now)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - the composition root makes it first
    return app
