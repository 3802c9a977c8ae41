"""ICU without its tables: 32 MB on how the world sorts, spells and names things.

Qt has numbers, dates, letters and time zones of its own, and would ask ICU how to sort, which we never do.
It links ICU, though, so a library of that name must be there: one without entries, as ICU itself allows for.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from string import Template
from typing import Final

_LIBRARIES: Final = "_internal/PySide6/Qt/lib/libicudata.so.*"
_TOOLS: Final = ("as", "ld")  # PyInstaller needs binutils anyway
# ICU's header for its data (udata.h), then a table of contents with no entries.
_STUB: Final = Template("""\
.section .rodata
.globl icudt${version}_dat
.type icudt${version}_dat, %object
.balign 16
icudt${version}_dat:
    .short 32                       # size of the header
    .byte 0xda, 0x27                # how data of ICU is known
    .short 20, 0                    # size of what describes it
    .byte 0, 0, 2, 0                # little-endian, ASCII, two bytes to a character
    .ascii "ToCP"
    .byte 1, 0, 0, 0, 0, 0, 0, 0    # versions of format and data
    .fill 8
    .long 0, 0                      # no entries
    .quad 0, 0
    .size icudt${version}_dat, . - icudt${version}_dat
""")


def empty(program: Path) -> None:
    """Put such a library in the place of the one that came with Qt, where there are tools to make it."""
    assembler, linker = (shutil.which(tool) for tool in _TOOLS)
    for library in program.glob(_LIBRARIES):
        if assembler is not None and linker is not None:
            _replace(library, assembler, linker)


def _replace(library: Path, assembler: str, linker: str) -> None:
    source = _STUB.substitute(version=library.name.rpartition(".")[2])
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "stub.o"
        subprocess.run([assembler, "-o", made, "-"], input=source, text=True, check=True)
        flags = ["-shared", "-s", "-z", "noexecstack", "-soname", library.name]
        library.unlink()
        subprocess.run([linker, *flags, "-o", library, made], check=True)
