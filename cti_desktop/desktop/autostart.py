"""Starting at log-in, for this user only: the three systems' own ways. No administrator is needed."""

from __future__ import annotations

import contextlib
import os
import plistlib
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.branding import current
from cti_desktop.desktop.places import DEFAULT_PROFILE

_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"


@dataclass(frozen=True, slots=True)
class Autostart:
    """One profile's. `command` starts the program."""

    profile: str
    command: tuple[str, ...]
    platform: str = sys.platform
    home: Path | None = None

    def set(self, *, wanted: bool) -> None:
        """Have the program started at log-in, or not. Raises `StorageError` where the system refuses."""
        try:
            if self.platform == "win32":
                self._set_run_value(wanted=wanted)
            elif wanted:
                self._write()
            else:
                self.file.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"start at log-in: {error.strerror}", code="io") from error

    @property
    def file(self) -> Path:
        """Where it stands on Linux and macOS."""
        home = self.home or Path.home()
        if self.platform == "darwin":
            return home / "Library" / "LaunchAgents" / f"{self._label}.plist"
        config = os.environ.get("XDG_CONFIG_HOME") if self.home is None else None
        return (Path(config) if config else home / ".config") / "autostart" / f"{self._label}.desktop"

    @property
    def _label(self) -> str:
        return "cti-desktop" if self.profile == DEFAULT_PROFILE else f"cti-desktop-{self.profile}"

    def _write(self) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(self._plist() if self.platform == "darwin" else self._desktop_entry())

    def _plist(self) -> bytes:
        return plistlib.dumps(
            {"Label": self._label, "ProgramArguments": list(self.command), "RunAtLoad": True}
        )

    def _desktop_entry(self) -> bytes:
        command = " ".join(_quoted(word) for word in self.command)
        lines = [
            "[Desktop Entry]",
            "Type=Application",
            f"Name={current().name}",
            f"Exec={command}",
            "Terminal=false",
        ]
        return ("\n".join([*lines, "X-GNOME-Autostart-enabled=true"]) + "\n").encode()

    def _set_run_value(self, *, wanted: bool) -> None:
        if sys.platform == "win32":
            import winreg  # noqa: PLC0415 - exists on Windows only

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                if wanted:
                    line = subprocess.list2cmdline(self.command)
                    winreg.SetValueEx(key, self._label, 0, winreg.REG_SZ, line)
                    return
                with contextlib.suppress(FileNotFoundError):
                    winreg.DeleteValue(key, self._label)


def own_command(profile: str, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """What starts this very program again, for `profile`."""
    if getattr(sys, "frozen", False):
        program = [environment.get("APPIMAGE") or sys.executable]
    else:
        program = [sys.executable, "-m", "cti_desktop.desktop"]
    return (*program, "--at-log-in", *(("--profile", profile) if profile != DEFAULT_PROFILE else ()))


def _quoted(word: str) -> str:
    """`word` as the Desktop Entry Specification has it in `Exec`."""
    text = word.replace("%", "%%")
    if not any(c in text for c in " \t\n\"'\\><~|&;$*?#()`"):
        return text
    for special in ("\\", '"', "`", "$"):
        text = text.replace(special, f"\\{special}")
    # The value is a string of the file first, where a backslash is written twice.
    return '"' + text.replace("\\", "\\\\") + '"'
