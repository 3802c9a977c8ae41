import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cti_desktop.assets import resource
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.sound import Sound, Wish, command_for, wish_of
from tests.helpers import situations as s

WISH = Wish(Path("/srv/ring.wav"), 50, "headset")


def only(*names: str) -> Callable[[str], str | None]:
    """A computer that has these programs."""
    return lambda name: f"/usr/bin/{name}" if name in names else None


@pytest.mark.parametrize(
    ("platform", "programs", "command"),
    [
        ("linux", ("paplay", "aplay"), ["paplay", "--volume=32768", "--device=headset", "/srv/ring.wav"]),
        ("linux", ("pw-play",), ["pw-play", "--volume=0.50", "--target=headset", "/srv/ring.wav"]),
        ("linux", ("aplay",), ["aplay", "-q", "-D", "headset", "/srv/ring.wav"]),
        ("linux", ("canberra-gtk-play",), ["canberra-gtk-play", "-f", "/srv/ring.wav"]),
        ("linux", (), []),
        ("darwin", (), ["/usr/bin/afplay", "-v", "0.50", "/srv/ring.wav"]),
        ("win32", (), []),
    ],
)
def test_each_system_has_its_player(platform: str, programs: tuple[str, ...], command: list[str]) -> None:
    """Volume and device where it knows them; silence where there is none."""
    assert command == command_for(WISH, platform, only(*programs))


def test_the_agents_own_file(tmp_path: Path) -> None:
    """If it is there; else the one that came along."""
    own = tmp_path / "mine.wav"
    assert resource("sounds/ring.wav") == wish_of(Settings(sound_file=str(own))).file
    own.touch()
    assert Wish(own, 30, "x") == wish_of(Settings(sound_file=str(own), sound_volume=30, sound_device="x"))


def test_the_sound_that_came_along() -> None:
    """Short, and a format that every player knows."""
    with wave.open(str(resource("sounds/ring.wav"))) as sound:
        assert (1, 2) == (sound.getnchannels(), sound.getsampwidth())
        assert 0.5 < sound.getnframes() / sound.getframerate() < 2


class Loud(Sound):
    """Remembers instead of playing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.heard: list[str] = []

    def play(self, settings: Settings) -> None:
        """Remember."""
        self.heard.append("play")

    def stop(self) -> None:
        """Remember, once."""
        if self.heard[-1:] == ["play"]:
            self.heard.append("stop")


def test_it_sounds_once_for_each_ring(screen: QtScreen, qtbot: QtBot) -> None:
    """While it rings; not by default, not when nothing may disturb, not for a missed call."""
    loud = screen._sound = Loud(screen._root)
    screen.render(s.situation(s.ringing("a")))
    screen.render(s.situation())
    assert [] == loud.heard
    on = Settings(sound=True)
    screen.render(s.situation(s.ringing("a"), settings=on))
    screen.render(s.situation(s.ringing("a"), settings=on))
    screen.render(s.situation(s.connected("a"), settings=on))
    assert ["play", "stop"] == loud.heard
    screen.render(s.situation(s.closed("b"), settings=on))
    screen.render(s.situation(s.ringing("c"), settings=Settings(sound=True, do_not_disturb=True)))
    assert ["play", "stop"] == loud.heard
