import sys
from pathlib import Path

import pytest

from cti_desktop.desktop.ui.motion import Motion
from cti_desktop.desktop.ui.session_bus import has_session_bus

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these tell by themselves")


def test_motion_is_welcome_where_nobody_can_be_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A desktop without a session bus has nothing against it. What its portals say: `tests/e2e`."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_session_bus()
    motion = Motion()
    motion.ask()
    assert motion.is_welcome


def test_the_bus_may_have_its_usual_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without being named in the environment."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "bus").touch()
    assert has_session_bus()
