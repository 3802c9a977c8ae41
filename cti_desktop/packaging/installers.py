"""The recipes of installers, filled in from the branding: which files to make, and with what in them."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Final

from cti_desktop import __version__
from cti_desktop.assets import resource
from cti_desktop.desktop.branding import Branding

# Where a .deb puts the program.
INSTALLED: Final = "/opt/cti-desktop"
RECIPES: Final = (
    "windows/setup.iss",
    "macos/notarise.sh",
    "macos/entitlements.plist",
    "linux/cti-desktop.desktop",
    "linux/autostart.desktop",
    "linux/appimage.sh",
)


@dataclass(frozen=True, slots=True)
class Product:
    """A built program: its folder, its icons, and what it is called."""

    branding: Branding
    program: Path
    icons: Path
    version: str = __version__

    @property
    def words(self) -> dict[str, str]:
        """What the recipes have placeholders for."""
        return {
            "name": self.branding.name,
            "publisher": self.branding.publisher,
            "version": self.version,
            "program": str(self.program),
            "app": str(self.program.parent / f"{self.branding.name}.app"),
            "exec": f"{INSTALLED}/cti-desktop",
        }


def write_recipes(product: Product, folder: Path) -> list[Path]:
    """Write all recipes below `folder`, one folder for each system; the files."""
    written = []
    for recipe in RECIPES:
        target = folder / recipe
        target.parent.mkdir(parents=True, exist_ok=True)
        icon = product.icons / ("app.ico" if recipe.startswith("windows/") else "app-256.png")
        # Inno Setup takes a file without a byte order mark for one in the system's own encoding.
        encoding = "utf-8-sig" if recipe.endswith(".iss") else "utf-8"
        target.write_text(filled(recipe, {**product.words, "icon": str(icon)}), encoding=encoding)
        if recipe.endswith(".sh"):
            target.chmod(0o755)
        written.append(target)
    return written


def hand_to_relay(branding: Branding, folder: Path) -> Path:
    """Put the outcomes, which were checked, where IT finds them: agents are offered what the relay has."""
    target = folder / "relay" / "dispositions.toml"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(branding.dispositions, target)
    return target


def filled(recipe: str, words: Mapping[str, str]) -> str:
    """The recipe with `words` in it. A placeholder without a word is a bug: `KeyError`."""
    text = resource(f"packaging/{recipe}").read_text(encoding="utf-8")
    return Template(text).substitute(words)
