"""Who types a command."""

import os
import pwd
import sys

import pytest

from cti_desktop.relay.typed_by import typed_by

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="asks the password database")


def test_the_user_of_the_system() -> None:
    """Whatever the variables say that a shell sets."""
    me = pwd.getpwuid(os.geteuid()).pw_name

    assert typed_by({"USER": "somebody", "LOGNAME": "else"}) == f"{me} (cti-relay)"


def test_through_sudo() -> None:
    """Both are named, on one line: who asked, and as whom it was done."""
    me = pwd.getpwuid(os.geteuid()).pw_name

    assert typed_by({"SUDO_USER": "me\nera"}) == f"me era as {me} (cti-relay)"
    assert typed_by({"SUDO_USER": me}) == f"{me} (cti-relay)"


def test_a_user_without_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As containers have them: the number is named."""
    monkeypatch.setattr(os, "geteuid", lambda: 4_000_000_001)

    assert typed_by({}) == "user 4000000001 (cti-relay)"
