"""A product's icon in the formats that systems want: PNG, Windows' .ico, macOS' .icns. Draws with Qt."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from cti_desktop.core.errors import ConfigError

SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO_SIZES: Final = (16, 24, 32, 48, 64, 256)
_ICNS_KINDS: Final = {b"icp4": 16, b"icp5": 32, b"icp6": 64, b"ic07": 128, b"ic08": 256, b"ic09": 512}
_LEAST_PIXELS: Final = 256
_TRAY: Final = 128


def make(source: Path, folder: Path) -> dict[str, Path]:
    """Write `app.ico`, `app.icns` and `app-N.png` into `folder`; the files by name. Raises `ConfigError`."""
    images = {size: _png(source, size) for size in SIZES}
    contents = {f"app-{size}.png": image for size, image in images.items()}
    contents |= {"app.ico": ico(images), "app.icns": icns(images)}
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents}


def ico(images: Mapping[int, bytes]) -> bytes:
    """PNG images by size, as one Windows icon."""
    chosen = [(size, images[size]) for size in _ICO_SIZES]
    offset = 6 + 16 * len(chosen)
    head, body = struct.pack("<HHH", 0, 1, len(chosen)), b""
    for size, image in chosen:
        # 0 stands for 256.
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(image), offset + len(body))
        body += image
    return head + body


def icns(images: Mapping[int, bytes]) -> bytes:
    """PNG images by size, as one macOS icon."""
    parts = [(kind, images[size]) for kind, size in _ICNS_KINDS.items()]
    body = b"".join(kind + struct.pack(">I", len(image) + 8) + image for kind, image in parts)
    return b"icns" + struct.pack(">I", len(body) + 8) + body


def grey(picture: Path) -> bytes:
    """A picture without its colours, as PNG of a size for trays."""
    image = QImage(str(picture)).scaled(
        _TRAY, _TRAY, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    faded = image.convertToFormat(QImage.Format.Format_Grayscale8).convertToFormat(
        QImage.Format.Format_ARGB32
    )
    faded.setAlphaChannel(image.convertToFormat(QImage.Format.Format_Alpha8))
    return _encoded(faded)


def _png(source: Path, size: int) -> bytes:
    area = QRectF(0, 0, size, size)
    # Read before painting: an error in the middle would leave Qt with half a painter.
    drawing = _renderer(source) if source.suffix.lower() == ".svg" else None
    picture = _picture(source) if drawing is None else None
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    if drawing is not None:
        drawing.render(painter, area)
    elif picture is not None:
        painter.drawImage(area, picture)
    painter.end()
    return _encoded(image)


def _encoded(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # takes str, is annotated as bytes
    return bytes(buffer.data().data())


def _renderer(source: Path) -> QSvgRenderer:
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise ConfigError(
            where=str(source), key="product.icon", found=source.name, allowed="a drawing in SVG"
        )
    return renderer


def _picture(source: Path) -> QImage:
    picture = QImage(str(source))
    if picture.width() != picture.height() or picture.width() < _LEAST_PIXELS:
        found = f"{picture.width()} by {picture.height()} pixels"
        allowed = f"a square picture of at least {_LEAST_PIXELS} pixels, or an .svg"
        raise ConfigError(where=str(source), key="product.icon", found=found, allowed=allowed)
    return picture
