"""The recipes of installers, and the Debian package."""

import configparser
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cti_desktop.assets import resource
from cti_desktop.desktop import branding
from cti_desktop.packaging import deb, icons, windows
from cti_desktop.packaging.installers import RECIPES, Product, filled, hand_to_relay, write_recipes
from cti_desktop.relay import catalogue


@pytest.fixture
def product(tmp_path: Path) -> Product:
    """A program of two files, called after Acme."""
    program = tmp_path / "dist" / "cti-desktop"
    (program / "_internal").mkdir(parents=True)
    (program / "cti-desktop").write_text("#!/bin/sh\necho hello\n")
    (program / "cti-desktop").chmod(0o700)
    (program / "_internal" / "lib.so.1").write_bytes(b"library")
    (program / "_internal" / "lib.so").symlink_to("lib.so.1")
    icons.make(resource("icons/app.svg"), tmp_path / "icons")
    (tmp_path / "branding.toml").write_text('[product]\nname = "Acme Calls"\npublisher = "Acme & Sons"\n')
    return Product(branding.load(tmp_path / "branding.toml"), program, tmp_path / "icons", "1.2.3")


def test_every_recipe_is_filled_in(product: Product, tmp_path: Path) -> None:
    """No placeholder is left, no word is missing, and scripts can be run."""
    written = write_recipes(product, tmp_path / "installers")
    assert [tmp_path / "installers" / recipe for recipe in RECIPES] == written
    for file in written:
        text = file.read_text(encoding="utf-8-sig")
        if file.suffix != ".sh":
            assert not re.search(r"\$[a-z]", text), file
        if file.suffix in {".iss", ".desktop"}:
            assert "Acme Calls" in text
    assert b"\xef\xbb\xbf" == (tmp_path / "installers/windows/setup.iss").read_bytes()[:3]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_scripts_are_shell(product: Product, tmp_path: Path) -> None:
    """As far as a shell can tell without running them."""
    for file in write_recipes(product, tmp_path):
        if file.suffix == ".sh":
            subprocess.run(["sh", "-n", file], check=True)


def test_entitlements_are_a_property_list() -> None:
    """What the hardened runtime must allow, and no more."""
    keys = plistlib.loads(resource("packaging/macos/entitlements.plist").read_bytes())
    assert all(value is True for value in keys.values())
    assert "com.apple.security.network.client" in keys


@pytest.mark.parametrize("recipe", ["linux/cti-desktop.desktop", "linux/autostart.desktop"])
def test_desktop_entries_are_well_formed(product: Product, recipe: str) -> None:
    """Their required keys, one group; desktop-file-validate has the last word where it is installed."""
    text = filled(recipe, product.words)
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign] # as configparser documents it
    parser.read_string(text)
    entry = parser["Desktop Entry"]
    assert ("Application", "Acme Calls") == (entry["Type"], entry["Name"])
    assert entry["Exec"].startswith("/opt/cti-desktop/cti-desktop")
    assert ("--at-log-in" in entry["Exec"]) == (recipe == "linux/autostart.desktop")


@pytest.mark.parametrize("tool", ["desktop-file-validate", "appstreamcli"])
def test_linuxs_own_checkers_find_nothing(product: Product, tmp_path: Path, tool: str) -> None:
    """In the menu's and the autostart entry, and in what software centres read."""
    if not shutil.which(tool):
        pytest.skip(f"needs {tool}")
    deb.lay_out(product, tmp_path / "root")
    if tool == "appstreamcli":
        files = [str(file) for file in (tmp_path / "root/usr/share/metainfo").iterdir()]
        command = [tool, "validate", "--no-net", *files]
    else:
        files = [str(file) for file in (tmp_path / "root").rglob("*.desktop")]
        command = [tool, *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert files
    assert 0 == done.returncode, done.stdout + done.stderr


def test_it_gets_the_outcomes_for_the_relay(product: Product, tmp_path: Path) -> None:
    """As the relay reads them: what the team lead wrote."""
    handed = hand_to_relay(product.branding, tmp_path)
    assert catalogue.load(product.branding.dispositions) == catalogue.load(handed)


def test_setup_keeps_what_agents_have() -> None:
    """Per user without rights, everybody on demand, and nothing deleted outside the program's folder."""
    text = resource("packaging/windows/setup.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in text
    assert "PrivilegesRequiredOverridesAllowed=commandline dialog" in text
    deleted = re.findall(r'Type: \w+; Name: "([^"]+)"', text)
    assert all(name.startswith("{app}") for name in deleted)
    assert "AppId=" in text


def test_windows_version_is_four_numbers(product: Product, tmp_path: Path) -> None:
    """And the file is Python that PyInstaller evaluates."""
    path = windows.version_file(product.branding, "1.2.3", tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    compile(text, path, "eval")
    assert (1, 2, 3, 0) == windows.numbers("1.2.3")
    assert "'Acme & Sons'" in text


@pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="needs dpkg-deb")
def test_the_package_holds_everything_and_depends_on_no_clock(product: Product, tmp_path: Path) -> None:
    """Files of root, readable by all; the same bytes the second time."""
    first = deb.build(product, tmp_path).read_bytes()
    (product.program / "cti-desktop").touch()
    package = deb.build(product, tmp_path)
    listing = subprocess.run(
        ["dpkg-deb", "--contents", package], check=True, capture_output=True, text=True
    ).stdout

    assert first == package.read_bytes()
    assert "root/root" in listing
    for line in (
        r"-rwxr-xr-x root/root .* \./opt/cti-desktop/cti-desktop",
        r"lrwxrwxrwx root/root .* \./usr/bin/cti-desktop -> /opt/cti-desktop/cti-desktop",
        r"lrwxrwxrwx root/root .* \./opt/cti-desktop/_internal/lib\.so -> lib\.so\.1",
        r"-rw-r--r-- root/root .* \./etc/xdg/autostart/cti-desktop\.desktop",
        r"-rw-r--r-- root/root .* \./usr/share/applications/cti-desktop\.desktop",
        r"-rw-r--r-- root/root .* \./usr/share/icons/hicolor/48x48/apps/cti-desktop\.png",
    ):
        assert re.search(line, listing), line
    control = subprocess.run(
        ["dpkg-deb", "--field", package], check=True, capture_output=True, text=True
    ).stdout
    assert "Version: 1.2.3" in control
    assert "Acme & Sons" in control
