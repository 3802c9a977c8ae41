"""News of a newer version: believed with the right signature only."""

import base64
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop.desktop.updates import (
    Envelope,
    Package,
    Release,
    Source,
    UpdateRefused,
    download,
    is_newer,
    newer_release,
    news,
    verified,
)
from tests.helpers.file_server import FileServer, serving_files

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(
    KEY.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
).decode()
PACKAGE = b"a newer program"


def signed(release: Release, key: Ed25519PrivateKey = KEY) -> bytes:
    """An envelope."""
    raw = msgspec.json.encode(release)
    return msgspec.json.encode(Envelope(raw.decode(), base64.b64encode(key.sign(raw)).decode()))


@pytest.fixture
def server() -> Iterator[FileServer]:
    """Where the team lead puts files."""
    with serving_files() as server:
        yield server


def test_a_newer_release_is_told(server: FileServer) -> None:
    """Its version, and where the package is."""
    server.files["/update.json"] = signed(Release("0.2.0", notes="Louder ring"))
    found = newer_release(Source(f"{server.url}/update.json", PUBLIC), running="0.1.0")
    assert found is not None
    assert ("0.2.0", "Louder ring") == (found.version, found.notes)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9"])
def test_an_old_release_is_no_news(server: FileServer, version: str) -> None:
    """Nobody is talked into an older version, even with an honest old manifest."""
    server.files["/update.json"] = signed(Release(version))
    assert newer_release(Source(f"{server.url}/update.json", PUBLIC), running="0.1.0") is None


def test_a_forged_manifest_is_refused() -> None:
    """Another key, another text, another signature, or none at all."""
    honest = msgspec.json.decode(signed(Release("9.0.0")), type=Envelope)
    stranger = Ed25519PrivateKey.generate()
    forgeries = [
        signed(Release("9.0.0"), stranger),
        msgspec.json.encode(Envelope(honest.release.replace("9.0.0", "9.0.1"), honest.signature)),
        msgspec.json.encode(Envelope(honest.release, base64.b64encode(bytes(64)).decode())),
        msgspec.json.encode(Envelope(honest.release, "")),
        msgspec.json.encode(Envelope(honest.release, "ünprintable")),
        honest.release.encode(),
        b"",
        b"<html>",
        b"[" * 100_000,
    ]
    for forgery in forgeries:
        with pytest.raises(UpdateRefused):
            verified(forgery, PUBLIC)
    with pytest.raises(UpdateRefused):
        verified(signed(Release("9.0.0")), "no key")


@pytest.mark.parametrize("version", ["", "newest", "1", "1.2.3.4.5", "1.2\n"])
def test_a_signed_manifest_must_still_name_a_version(version: str) -> None:
    """A slip of the team lead's is no update."""
    with pytest.raises(UpdateRefused, match="no version"):
        verified(signed(Release(version)), PUBLIC)


@pytest.mark.parametrize(
    ("announced", "running", "newer"),
    [
        ("0.10.0", "0.9.9", True),
        ("1.0", "0.9.9", True),
        ("1.0", "1.0.0", False),
        ("1.0.0.1", "1.0", True),
        ("0.9", "1.0", False),
    ],
)
def test_versions_are_numbers(announced: str, running: str, newer: bool) -> None:
    """Not text."""
    assert newer is is_newer(announced, running)


def test_the_package_is_what_was_signed(server: FileServer, tmp_path: Path) -> None:
    """Or it isn't kept."""
    server.files["/dl/cti%20desktop.deb"] = PACKAGE
    right = Package(f"{server.url}/dl/cti%20desktop.deb", hashlib.sha256(PACKAGE).hexdigest(), len(PACKAGE))

    kept = download(right, tmp_path / "new")

    assert ("cti_desktop.deb", PACKAGE) == (kept.name, kept.read_bytes())
    for wrong in (
        Package(right.url, "0" * 64, right.size),
        Package(right.url, right.sha256, right.size - 1),
        Package(right.url, right.sha256, right.size + 1),
        Package(right.url, right.sha256, 0),
        Package(right.url, right.sha256, 10**12),
        Package(f"{server.url}/absent", right.sha256, right.size),
    ):
        with pytest.raises(UpdateRefused):
            download(wrong, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_a_package_stays_in_its_folder(server: FileServer, tmp_path: Path) -> None:
    """Whatever its address ends in."""
    server.files["/..%2f..%2fetc%2fpasswd"] = PACKAGE
    package = Package(
        f"{server.url}/..%2f..%2fetc%2fpasswd", hashlib.sha256(PACKAGE).hexdigest(), len(PACKAGE)
    )
    kept = download(package, tmp_path / "new")
    assert tmp_path / "new" == kept.parent


def test_news_are_in_one_line(server: FileServer, tmp_path: Path) -> None:
    """Which version, and where; nothing under a policy that says so, or where nobody announces."""
    source = Source(f"{server.url}/update.json", PUBLIC)
    package = Package(f"{server.url}/new.deb", hashlib.sha256(PACKAGE).hexdigest(), len(PACKAGE))
    server.files |= {"/update.json": signed(Release("99.0", {sys.platform: package})), "/new.deb": PACKAGE}

    assert f"99.0, {package.url}" == news(source, "tell", tmp_path)
    assert f"99.0, {tmp_path / 'new.deb'}" == news(source, "download", tmp_path)
    assert "" == news(source, "off", tmp_path)
    assert "" == news(Source("", ""), "tell", tmp_path)
    server.files["/update.json"] = signed(Release("99.0"))
    assert "99.0" == news(source, "download", tmp_path)


@pytest.mark.parametrize("url", ["http://get.example.com/u", "file:///etc/passwd", "ftp://x/y", "nonsense"])
def test_only_encrypted_addresses_are_asked(url: str) -> None:
    """The signature would hold, but who asks for what is nobody's business."""
    with pytest.raises(UpdateRefused, match="https://"):
        newer_release(Source(url, PUBLIC))


def test_an_endless_manifest_is_cut_off(server: FileServer) -> None:
    """And then not believed."""
    server.files["/update.json"] = signed(Release("9.0.0", notes="x" * 100_000))
    with pytest.raises(UpdateRefused, match="can't be read"):
        newer_release(Source(f"{server.url}/update.json", PUBLIC))
