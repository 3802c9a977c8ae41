"""What Windows shows in a program's properties, in the form that PyInstaller reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from cti_desktop.desktop.branding import Branding

_TEMPLATE: Final = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1),
  kids=[
    StringFileInfo([StringTable("040904B0", [{strings}])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def version_file(branding: Branding, version: str, folder: Path) -> str:
    """Write the file into `folder`; its path."""
    strings = {
        "CompanyName": branding.publisher,
        "FileDescription": branding.name,
        "FileVersion": version,
        "InternalName": "cti-desktop",
        "OriginalFilename": "cti-desktop.exe",
        "ProductName": branding.name,
        "ProductVersion": version,
    }
    structs = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in strings.items())
    path = folder / "version.txt"
    path.write_text(_TEMPLATE.format(numbers=numbers(version), strings=structs), encoding="utf-8")
    return str(path)


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as Windows counts: four numbers."""
    found = [*map(int, re.findall(r"\d+", version)), 0, 0, 0, 0]
    return found[0], found[1], found[2], found[3]
