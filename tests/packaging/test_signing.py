"""Signed manifests, from the key to the desktop that believes them."""

import base64
import stat
import sys
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop.updates import Envelope, verified
from cti_desktop.packaging import signing


def test_what_is_signed_is_believed(tmp_path: Path) -> None:
    """A new key, a package, and the desktop reads what was meant."""
    public = signing.new_key(tmp_path / "key.pem")
    package = tmp_path / "cti-desktop_0.1.0_amd64.deb"
    package.write_bytes(b"package")
    signing.write_manifest(
        tmp_path / "update.json", [package], tmp_path / "key.pem", "https://get.example.com/"
    )

    release = verified((tmp_path / "update.json").read_bytes(), public)

    assert __version__ == release.version
    assert "https://get.example.com/cti-desktop_0.1.0_amd64.deb" == release.packages["linux"].url
    assert 7 == release.packages["linux"].size


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_private_key_is_private_and_never_overwritten(tmp_path: Path) -> None:
    """Losing one would cut all desktops off from updates."""
    key = tmp_path / "key.pem"
    signing.new_key(key)
    before = key.read_bytes()
    assert 0o600 == stat.S_IMODE(key.stat().st_mode)
    with pytest.raises(ConfigError, match="a new file"):
        signing.new_key(key)
    assert before == key.read_bytes()


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nxx\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_named(tmp_path: Path, content: bytes) -> None:
    """On the command line, by its option."""
    (tmp_path / "key.pem").write_bytes(content)
    with pytest.raises(ConfigError, match="--sign-with"):
        signing.read_key(tmp_path / "key.pem")
    with pytest.raises(ConfigError, match="--sign-with"):
        signing.read_key(tmp_path / "absent.pem")


def test_public_key_fits_into_branding() -> None:
    """32 bytes in base64."""
    text = signing.public_text(Ed25519PrivateKey.generate())
    assert 32 == len(base64.b64decode(text))


def test_each_package_is_for_its_system() -> None:
    """By its ending."""
    names = ("a.exe", "a.dmg", "a.deb", "a.AppImage")
    assert ["win32", "darwin", "linux", "linux"] == [signing.system_of(Path(name)) for name in names]


def test_the_signature_covers_every_byte(tmp_path: Path) -> None:
    """Another version in the same envelope is not believed: see tests/desktop/test_updates.py."""
    signing.new_key(tmp_path / "key.pem")
    signing.write_manifest(tmp_path / "u", [], tmp_path / "key.pem", "https://get.example.com")
    envelope = msgspec.json.decode((tmp_path / "u").read_bytes(), type=Envelope)
    assert 64 == len(base64.b64decode(envelope.signature))
