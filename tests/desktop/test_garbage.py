import gc

from cti_desktop.desktop.garbage import put_off, settled
from cti_desktop.desktop.screen import Emit, Screen, Situation


class Idle(Screen):
    """Shows nothing."""

    def render(self, situation: Situation) -> None:
        """Nothing."""

    def activate(self) -> None:
        """Nothing."""

    def closed(self) -> None:
        """Nothing."""


def built(_emit: Emit) -> Screen:
    """Before any garbage is looked for."""
    assert not gc.isenabled()
    return Idle()


def test_none_is_collected_before_the_screen_is_built() -> None:
    """Then it is, and at what was there nobody looks again."""
    before = gc.get_freeze_count()
    with put_off():
        assert not gc.isenabled()
        made = settled(built)(lambda _intent: None)
        assert gc.isenabled()
        assert made not in gc.get_objects()
    assert before < gc.get_freeze_count()
