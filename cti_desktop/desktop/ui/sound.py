"""A short sound when the phone rings, played by a program that the system brings; Qt's own needs add-ons."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess

from cti_desktop.assets import resource
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.viewmodels.card import CardModel, Tone

# PulseAudio counts a full volume as this.
_PULSE_FULL: Final = 65536
_PATIENCE_MS: Final = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What to play, how loud (0 to 100), and where; an empty device is the system's choice."""

    file: Path
    volume: int = 70
    device: str = ""


def wish_of(settings: Settings) -> Wish:
    """The agent's own file, if it is there; else the one that came along."""
    own = Path(settings.sound_file)
    file = own if settings.sound_file and own.is_file() else resource("sounds/ring.wav")
    return Wish(file, settings.sound_volume, settings.sound_device)


def command_for(
    wish: Wish, platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which
) -> list[str]:
    """The program and its arguments; empty where there is none. aplay knows no volume, Windows no device."""
    file = str(wish.file)
    if platform == "darwin":
        return ["/usr/bin/afplay", "-v", f"{wish.volume / 100:.2f}", file]
    if platform == "win32":
        return []
    if which("paplay"):
        device = [f"--device={wish.device}"] if wish.device else []
        return ["paplay", f"--volume={_PULSE_FULL * wish.volume // 100}", *device, file]
    if which("pw-play"):
        target = [f"--target={wish.device}"] if wish.device else []
        return ["pw-play", f"--volume={wish.volume / 100:.2f}", *target, file]
    if which("aplay"):
        return ["aplay", "-q", *(["-D", wish.device] if wish.device else []), file]
    return ["canberra-gtk-play", "-f", file] if which("canberra-gtk-play") else []


class Sound(QObject):
    """At most one at a time."""

    def __init__(self, parent: QObject) -> None:
        """Silent."""
        super().__init__(parent)
        self._player = QProcess(self)
        self._player.setStandardOutputFile(QProcess.nullDevice())
        self._player.setStandardErrorFile(QProcess.nullDevice())

    def accompany(self, models: Sequence[CardModel], new: Sequence[CardModel], settings: Settings) -> None:
        """Ring for what is `new`; be silent as soon as nothing rings any more."""
        wanted = settings.sound and not settings.do_not_disturb
        if wanted and any(model.tone is Tone.RINGING for model in new):
            self.play(settings)
        elif not any(model.tone is Tone.RINGING for model in models):
            self.stop()

    def play(self, settings: Settings) -> None:
        """Play once, unless it plays already. A system without sound stays silent."""
        wish = wish_of(settings)
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - exists on Windows only

            winsound.PlaySound(str(wish.file), winsound.SND_FILENAME | winsound.SND_ASYNC)
            return
        command = command_for(wish)
        if command and self._player.state() is QProcess.ProcessState.NotRunning:
            self._player.start(command[0], command[1:])

    def stop(self) -> None:
        """Silence, at once."""
        if sys.platform == "win32":
            import winsound  # noqa: PLC0415 - exists on Windows only

            winsound.PlaySound(None, 0)
        elif self._player.state() is not QProcess.ProcessState.NotRunning:
            self._player.kill()

    def close(self) -> None:
        """Silence, and the end of the player."""
        self.stop()
        if self._player.state() is not QProcess.ProcessState.NotRunning:
            self._player.waitForFinished(_PATIENCE_MS)
