"""What a built program consists of: files with sizes and hashes, stripped of symbols, within a budget."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import ConfigError

# Million bytes and files. A build that outgrows them stops: look at contents.txt for what came along.
BUDGET_MB: Final = 115.0
BUDGET_FILES: Final = 200
# Qt's are stripped already, and were patched in a way that strip may damage.
_STRIPPED: Final = (
    "libpython*.so*",
    "python3*/lib-dynload/*.so",
    "**/_rust.abi3.so",
    "msgspec/*.so",
    "websockets/*.so",
    "_cffi_backend.*.so",
)


@dataclass(frozen=True, slots=True)
class Inventory:
    """The files of a program by name: size in bytes and SHA-256. Links count as nothing."""

    files: dict[str, tuple[int, str]]

    @classmethod
    def of(cls, program: Path) -> Inventory:
        """Look at all files below `program`."""
        found = sorted(path for path in program.rglob("*") if path.is_file() and not path.is_symlink())
        return cls({path.relative_to(program).as_posix(): _fingerprint(path) for path in found})

    @property
    def megabytes(self) -> float:
        """The size, in million bytes."""
        return sum(size for size, _ in self.files.values()) / 1e6

    def write(self, path: Path) -> None:
        """One line for each file: hash, size, name."""
        lines = [f"{sha} {size:>10} {name}\n" for name, (size, sha) in self.files.items()]
        path.write_text("".join(lines), encoding="utf-8", newline="\n")

    def keep_to_budget(self, megabytes: float = BUDGET_MB, files: int = BUDGET_FILES) -> None:
        """Raise `ConfigError`, with the largest files, for a program that has grown too big."""
        if self.megabytes <= megabytes and len(self.files) <= files:
            return
        largest = sorted(self.files, key=lambda name: -self.files[name][0])[:10]
        listed = ", ".join(f"{name} {self.files[name][0] / 1e6:.1f} MB" for name in largest)
        raise ConfigError(
            where="the built program",
            key="its size",
            found=f"{self.megabytes:.1f} MB in {len(self.files)} files ({listed})",
            allowed=f"{megabytes:.0f} MB and {files} files at most: cti_desktop/packaging/inventory.py",
        )


def strip(program: Path) -> None:
    """Take symbols that only debuggers read out of Python's own libraries, where there is a strip."""
    tool = shutil.which("strip")
    inside = program / "_internal"
    for file in {file for pattern in _STRIPPED for file in inside.glob(pattern) if not file.is_symlink()}:
        if tool is not None:
            subprocess.run([tool, "--strip-unneeded", str(file)], check=True)


def _fingerprint(path: Path) -> tuple[int, str]:
    content = path.read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()
