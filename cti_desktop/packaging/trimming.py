"""Which of the files that PyInstaller finds stay in the program. Knows names only, and who needs whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

# A line of PyInstaller's tables: name in the program, file on this machine, kind.
Entry = tuple[str, str, str]

# Not the desktop's, or only for whoever builds and tests.
EXCLUDED_MODULES: Final = (
    "cti_desktop.desktop.demo.agent",
    "cti_desktop.desktop.demo.show",
    "cti_desktop.packaging",
    "cti_desktop.relay",
    "cti_desktop.simulator",
    "distutils",
    "doctest",
    "ftplib",
    "lib2to3",
    "multiprocessing",
    "pdb",
    "phonenumbers.carrierdata",
    "phonenumbers.geodata",
    "phonenumbers.tzdata",
    "pydoc",
    "pydoc_data",
    "readline",
    "setuptools",
    "smtplib",
    "tests",
    "tkinter",
    "unittest",
)
# Everything else in Qt's folder of plugins goes.
_PLUGINS: Final = {
    "iconengines": r"qsvgicon",
    "imageformats": r"qsvg",  # and PNG, which is Qt's own
    "platforminputcontexts": r".*",
    "platforms": r"q(xcb|offscreen|wayland|windows|cocoa)",
    "platformthemes": r"qxdgdesktopportal",
    "styles": r".*",
    "wayland-decoration-client": r"(adwaita|bradient)",
    "wayland-graphics-integration-client": r"qt-plugin-wayland-egl",
    "wayland-shell-integration": r"(xdg-shell|qt-shell)",
    "xcbglintegrations": r".*",
}
_QT_LIBRARIES: Final = re.compile(
    r"(lib)?Qt6(Qml\w*|Quick\w*|VirtualKeyboard\w*|Pdf\w*|EglF[Ss]\w*|Designer\w*|Test|Sql|Help|3D\w*)\b"
)
_TRANSLATIONS: Final = re.compile(r"qtbase_(\w+)\.qm")
# Software OpenGL and shader compilers, for Qt Quick on Windows.
_WINDOWS_GRAPHICS: Final = re.compile(r"(opengl32sw|d3dcompiler_\d+|libEGL|libGLESv2)\.dll", re.IGNORECASE)
# Package descriptions are read for keyring's backends only.
_DESCRIPTIONS: Final = re.compile(r"([\w.]+)-[\d.]+\.dist-info/(.+)")
_BUILD_RESOURCES: Final = "resources/packaging/"


def kept(entries: Iterable[Entry], languages: Iterable[str]) -> list[Entry]:
    """Those that the desktop uses, sorted by name, with Qt's own texts in `languages` only."""
    wanted = frozenset(languages)
    return sorted(entry for entry in entries if _stays(plain(entry[0]), wanted))


def needed(entries: Iterable[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Without the libraries that nothing left refers to. `needs` gives the file names that a file links."""
    table = list(entries)
    by_file = {PurePosixPath(plain(e[0])).name: e for e in table if e[2] != "SYMLINK"}
    seen: set[str] = set()
    waiting = [entry for entry in table if not _is_library(entry)]
    while waiting:
        name, source, kind = waiting.pop()
        if name not in seen:
            seen.add(name)
            if kind in {"BINARY", "EXTENSION", "EXECUTABLE"}:
                waiting += [by_file[file] for file in needs(source) if file in by_file]
    # A link in the program's main folder stays while what it points to stays.
    return [e for e in table if e[0] in seen or (e[2] == "SYMLINK" and _target(e, seen))]


def plain(name: str) -> str:
    """A name in the program, with forward slashes."""
    return PureWindowsPath(name).as_posix()


def _stays(name: str, languages: frozenset[str]) -> bool:
    file = PurePosixPath(name).name
    if _QT_LIBRARIES.match(file) or _WINDOWS_GRAPHICS.fullmatch(file) or name.startswith(_BUILD_RESOURCES):
        return False
    if match := re.search(r"/plugins/([\w-]+)/(?:lib)?([\w.-]+?)(?:\.abi3)?\.(?:so|dll|dylib)$", name):
        return re.fullmatch(_PLUGINS.get(match[1], r"(?!)"), match[2]) is not None
    if name.endswith(".qm") and "PySide6" in name:
        texts = _TRANSLATIONS.fullmatch(file)
        return texts is not None and texts[1] in languages
    if match := _DESCRIPTIONS.fullmatch(name):
        return match[1] == "keyring" and match[2] in {"METADATA", "entry_points.txt"}
    return not name.startswith("setuptools/")


def _is_library(entry: Entry) -> bool:
    """Whether it is there for others only: neither a plugin, nor something that Python imports."""
    name, _source, kind = entry
    if kind == "SYMLINK":
        return True
    # The program's starter opens Python's own library by name.
    return kind == "BINARY" and "/plugins/" not in plain(name) and not name.startswith("libpython")


def _target(entry: Entry, seen: set[str]) -> bool:
    link = PurePosixPath(plain(entry[0]))
    return (link.parent / PurePosixPath(plain(entry[1]))).as_posix() in seen
