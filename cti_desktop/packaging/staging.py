"""The resources of one product, gathered in a folder: ours, with the team lead's in their places."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path
from typing import Final

from cti_desktop.assets import resource
from cti_desktop.desktop.branding import Branding
from cti_desktop.packaging import icons
from cti_desktop.relay import catalogue

_NOT_FOR_AGENTS: Final = ("packaging", "*.ts")
_TEXTS: Final = "cti_desktop_"


def stage(branding: Branding, folder: Path) -> Path:
    """Make `folder` anew; its `resources` is what the program carries, its `icons` what installers show.

    Raises `ConfigError` for an icon or for dispositions that can't be used.
    """
    catalogue.load(branding.dispositions)
    shutil.rmtree(folder, ignore_errors=True)
    made = icons.make(branding.icon, folder / "icons")
    target = folder / "resources"
    shutil.copytree(resource(""), target, ignore=shutil.ignore_patterns(*_NOT_FOR_AGENTS))
    for texts in (target / "translations").glob(f"{_TEXTS}*.qm"):
        if texts.stem.removeprefix(_TEXTS) not in branding.languages:
            texts.unlink()
    shutil.copyfile(branding.dispositions, target / "dispositions.toml")
    if branding.icon != resource("icons/app.svg"):
        _put_icon(branding.icon, made["app-512.png"], target / "icons")
    (target / "branding.toml").write_text(document(branding), encoding="utf-8", newline="\n")
    return target


def document(branding: Branding) -> str:
    """The branding as the built program reads it: complete, and with no path of this machine."""
    b = branding
    crm_url, _, unknown_url = b.crm_url.partition(" ")
    tables: dict[str, dict[str, object]] = {
        "product": {"name": b.name, "publisher": b.publisher, "icon": "icons/app.svg"},
        "colours": {"accent": b.accent, "accent_dark": b.accent_dark},
        "relay": {"url": b.relay_url},
        "crm": {"url": crm_url, "unknown_url": unknown_url, "open": b.crm_open},
        "dispositions": {"file": "dispositions.toml"},
        "languages": {"offered": list(b.languages)},
        "settings": {"locked": list(b.locked)},
        "updates": {"url": b.update_url, "public_key": b.update_key, "policy": b.updates},
    }
    lines: list[str] = []
    for table, values in tables.items():
        lines += [f"[{table}]", *(f"{key} = {_toml(value)}" for key, value in values.items()), ""]
    return "\n".join(lines)


def _put_icon(icon: Path, picture: Path, folder: Path) -> None:
    """The team lead's for the program, for its tray, and in grey for the tray while there is no link."""
    is_drawing = icon.suffix.lower() == ".svg"
    drawing = icon.read_text(encoding="utf-8") if is_drawing else _drawing(picture.read_bytes())
    greyed = _drawing(icons.grey(picture))
    for name, content in (("app", drawing), ("mark", drawing), ("mark-off", greyed)):
        (folder / f"{name}.svg").write_text(content, encoding="utf-8", newline="\n")


def _drawing(png: bytes) -> str:
    """A picture as the drawing that the program asks for."""
    data = base64.b64encode(png).decode()
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    image = f'<image width="512" height="512" xlink:href="data:image/png;base64,{data}"/>'
    return f'<svg {namespaces} viewBox="0 0 512 512">{image}</svg>'


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
