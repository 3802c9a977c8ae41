"""Where the files that a team lead re-brands are: `resources/`, beside the package or inside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The file or folder `name` (`icons/app.svg`) among the resources. It may not exist."""
    packaged = _PACKAGE / "resources"
    return (packaged if packaged.is_dir() else _PACKAGE.parent / "resources") / name
