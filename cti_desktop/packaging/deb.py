"""The program as a Debian package: for everybody, in /opt, with a menu entry, an icon and an autostart entry.

Needs dpkg-deb, no root. Same files in, same package out.
"""

from __future__ import annotations

import gzip
import os
import platform
import shutil
import subprocess
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from cti_desktop.core.errors import ConfigError
from cti_desktop.packaging.installers import INSTALLED, Product, filled

_ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
_ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}
_LICENCE: Final = Path(__file__).resolve().parents[2] / "LICENSE"
# Any fixed moment will do; a package's times must not be those of its build.
EPOCH: Final = 1_700_000_000


def build(product: Product, folder: Path) -> Path:
    """Make the package in `folder`; its file. Raises `ConfigError` where there is no dpkg-deb."""
    packer = shutil.which("dpkg-deb")
    if packer is None:
        raise ConfigError(where="this machine", key="dpkg-deb", found="absent", allowed="on PATH")
    root = folder / "deb"
    shutil.rmtree(root, ignore_errors=True)
    lay_out(product, root)
    architecture = _ARCHITECTURES.get(platform.machine(), platform.machine())
    package = folder / f"cti-desktop_{product.version}_{architecture}.deb"
    command = [packer, "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, **_epoch()})
    shutil.rmtree(root)
    return package


def lay_out(product: Product, root: Path) -> None:
    """Put everything below `root` where it will be on the agent's machine."""
    shutil.copytree(product.program, root / INSTALLED[1:], symlinks=True)
    words = product.words
    menu = root / "usr/share/applications/cti-desktop.desktop"
    # In /etc/xdg an administrator, or an agent by a file of that name, can switch it off.
    autostart = root / "etc/xdg/autostart/cti-desktop.desktop"
    # For software centres; names may have what means something in XML.
    facts = root / "usr/share/metainfo/io.github.cti_desktop.metainfo.xml"
    facts.parent.mkdir(parents=True)
    escaped = {key: escape(word) for key, word in words.items()}
    facts.write_text(filled("linux/metainfo.xml", escaped), encoding="utf-8")
    for file, recipe in ((menu, "linux/cti-desktop.desktop"), (autostart, "linux/autostart.desktop")):
        file.parent.mkdir(parents=True)
        file.write_text(filled(recipe, words), encoding="utf-8")
    for size in _ICON_SIZES:
        icon = root / f"usr/share/icons/hicolor/{size}x{size}/apps/cti-desktop.png"
        icon.parent.mkdir(parents=True)
        shutil.copyfile(product.icons / f"app-{size}.png", icon)
    command = root / "usr/bin/cti-desktop"
    command.parent.mkdir(parents=True)
    command.symlink_to(f"{INSTALLED}/cti-desktop")
    (root / "etc/cti-desktop").mkdir()
    _document(root, words)
    _describe(root, words)
    _normalise(root)


def _document(root: Path, words: dict[str, str]) -> None:
    """What Debian wants told of a package: licence, changes, and why it breaks a custom."""
    folder = root / "usr/share/doc/cti-desktop"
    folder.mkdir(parents=True)
    shutil.copyfile(_LICENCE, folder / "copyright")
    changes = gzip.compress(filled("linux/changelog", words).encode(), mtime=0)
    (folder / "changelog.gz").write_bytes(changes)
    overrides = root / "usr/share/lintian/overrides/cti-desktop"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(filled("linux/lintian-overrides", words), encoding="utf-8")


def _describe(root: Path, words: dict[str, str]) -> None:
    size = sum(file.lstat().st_size for file in root.rglob("*") if file.is_file())
    facts = {
        "architecture": _ARCHITECTURES.get(platform.machine(), platform.machine()),
        "kilobytes": str(size // 1024),
        # PySide6's wheels demand 2.34; libraries of this machine may demand its own.
        "glibc": platform.libc_ver()[1] or "2.34",
    }
    control = root / "DEBIAN"
    control.mkdir()
    (control / "control").write_text(filled("linux/control", {**words, **facts}), encoding="utf-8")
    (control / "conffiles").write_text("/etc/xdg/autostart/cti-desktop.desktop\n", encoding="utf-8")


def _normalise(root: Path) -> None:
    """Permissions and times that depend on nobody's umask and clock. Libraries are not for running."""
    program = root / INSTALLED[1:] / "cti-desktop"
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)
        os.utime(path, (EPOCH, EPOCH), follow_symlinks=False)


def _epoch() -> dict[str, str]:
    return {"SOURCE_DATE_EPOCH": str(EPOCH)}
