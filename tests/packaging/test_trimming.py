"""What stays in the program, and what goes."""

from collections.abc import Iterable

import pytest

from cti_desktop.packaging.trimming import Entry, kept, needed, plain


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_en.qm",
        "PySide6/Qt/lib/libQt6Widgets.so.6",
        "PySide6/Qt6Core.dll",
        "keyring-25.7.0.dist-info/entry_points.txt",
        "resources/fonts/Inter-Regular.otf",
        "_internal/libpython3.11.so.1.0",
    ],
)
def test_what_the_desktop_uses_stays(name: str) -> None:
    """On each system under its own name."""
    assert [(name, "x", "BINARY")] == kept([(name, "x", "BINARY")], ["en", "hi"])


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/platforms/libqminimal.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6\\plugins\\qmltooling\\qmldbg_debugger.dll",
        "PySide6/Qt/plugins/imageformats/libqwebp.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6EglFSDeviceIntegration.so.6",
        "PySide6\\Qt6Pdf.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_en.qm",
        "cryptography-50.0.2.dist-info/METADATA",
        "keyring-25.7.0.dist-info/RECORD",
        "resources/packaging/windows/setup.iss",
        "setuptools/_vendor/jaraco/text/Lorem ipsum.txt",
    ],
)
def test_what_nobody_uses_goes(name: str) -> None:
    """Qt's rest, other languages, descriptions of packages, and what only the build needs."""
    assert [] == kept([(name, "x", "DATA")], ["en"])


def test_the_order_does_not_depend_on_what_came_first() -> None:
    """Same files in, same list out."""
    table: list[Entry] = [("b", "1", "DATA"), ("a", "2", "DATA")]
    assert kept(table, []) == kept(reversed(table), [])


def test_libraries_that_nothing_refers_to_go() -> None:
    """A library stays for a plugin, or for a library that stays; a link stays with what it points to."""
    links = {"/core.so": ["libcore.so"], "/libcore.so": ["libdeep.so", "libc.so"], "/gtk.so": ["libdeep.so"]}

    def needs(file: str) -> Iterable[str]:
        return links.get(file, [])

    table: list[Entry] = [
        ("PySide6/QtCore.so", "/core.so", "EXTENSION"),
        ("PySide6/Qt/lib/libcore.so", "/libcore.so", "BINARY"),
        ("libcore.so", "PySide6/Qt/lib/libcore.so", "SYMLINK"),
        ("libdeep.so", "/libdeep.so", "BINARY"),
        ("libgtk.so", "/gtk.so", "BINARY"),
        ("PySide6/Qt/lib/libgone.so", "/libgone.so", "BINARY"),
        ("libgone.so", "PySide6/Qt/lib/libgone.so", "SYMLINK"),
        ("libpython3.11.so.1.0", "/libpython.so", "BINARY"),
        ("style.qss", "/style.qss", "DATA"),
    ]

    names = [name for name, _, _ in needed(table, needs)]

    assert ["libgtk.so", "PySide6/Qt/lib/libgone.so", "libgone.so"] == [
        name for name, _, _ in table if name not in names
    ]


def test_names_of_windows_read_like_all_others() -> None:
    """PyInstaller writes names as the system does."""
    assert "PySide6/plugins/x.dll" == plain("PySide6\\plugins\\x.dll") == plain("PySide6/plugins/x.dll")
