"""Signing a machine in from a script."""

import base64
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cti_desktop.desktop import branding, managed, places
from cti_desktop.desktop.branding import Branding
from cti_desktop.desktop.credentials import InKeyring
from cti_desktop.desktop.enrolment import readable
from cti_desktop.desktop.scripted import check_updates, enrol
from cti_desktop.desktop.settings import load
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.updates import Envelope, Package, Release
from cti_desktop.packaging import signing
from cti_desktop.relay.cli.sheet import link
from tests.helpers.fake_enrolment import serving
from tests.helpers.file_server import FileServer, serving_files
from tests.helpers.keyrings import FailingKeyring, GoodKeyring, LockedKeyring

PACKAGE = b"a newer program"


@pytest.fixture
def where(tmp_path: Path) -> places.Places:
    """A user's own places."""
    return places.under(tmp_path)


def test_the_next_start_is_signed_in(where: places.Places, capsys: pytest.CaptureFixture[str]) -> None:
    """Token in the keyring, address in the settings, the same device name as ever, nothing secret said."""
    backend = GoodKeyring()
    with serving() as relay:
        assert 0 == enrol(where, InKeyring("default", lambda: backend), "ABCD-EFGH", relay.url)
    said = capsys.readouterr().out
    ((_, _, asked),) = relay.requests
    store = Store.open(where.store)
    device = store.load().device
    store.close()

    assert [f"{relay.url}\nsecret"] == list(backend.entries.values())
    assert relay.url == load(where.settings).relay_url
    assert readable(device) == asked["device"]
    assert relay.url in said
    assert "secret" not in said


def test_what_a_sheet_says_is_enough(where: places.Places) -> None:
    """The QR code's text, as a scanner reads it, instead of code and address."""
    with serving() as relay:
        keeper = InKeyring("default", GoodKeyring)
        assert 0 == enrol(where, keeper, link(f"{relay.url}/", "ABCD-EFGH"))
    assert relay.url == load(where.settings).relay_url
    assert "ABCD-EFGH" == relay.requests[0][2]["code"]


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "was used before"), (429, "Too many tries"), (503, "problem of its own")],
)
def test_a_relay_that_refuses_is_explained(
    where: places.Places, capsys: pytest.CaptureFixture[str], status: int, words: str
) -> None:
    """In the words that the window uses, with exit code 1."""
    with serving() as relay:
        relay.status = status
        assert 1 == enrol(where, InKeyring("default", GoodKeyring), "ABCD-EFGH", relay.url)
    assert words in capsys.readouterr().err


def test_a_locked_keyring_spends_no_code(where: places.Places, capsys: pytest.CaptureFixture[str]) -> None:
    """The relay isn't even asked."""
    with serving() as relay:
        assert 1 == enrol(where, InKeyring("default", LockedKeyring), "ABCD-EFGH", relay.url)
    assert [] == relay.requests
    assert "keyring is locked" in capsys.readouterr().err


def test_a_token_that_could_not_be_kept_is_no_success(
    where: places.Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script must know that this machine will ask again."""
    with serving() as relay:
        assert 1 == enrol(where, InKeyring("default", FailingKeyring), "ABCD-EFGH", relay.url)
    said = capsys.readouterr().err
    assert "ask for a new code" in said
    assert "did not accept" in said
    assert "secret" not in said


def test_without_a_relay_it_says_where_to_name_one(
    where: places.Places, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither given, nor managed, nor branded."""
    assert not branding.current().relay_url
    if managed.place().exists():
        pytest.skip("this machine is managed")
    assert 1 == enrol(where, InKeyring("default", GoodKeyring), "ABCD-EFGH")
    assert "--relay" in capsys.readouterr().err


def test_a_fixed_relay_is_the_only_one(where: places.Places, capsys: pytest.CaptureFixture[str]) -> None:
    """A token of another one would be of no use at the next start; the fixed one needs no `--relay`."""
    with serving() as relay, serving() as other:
        fixed = managed.Managed(fixed={"relay_url": relay.url})
        keeper = InKeyring("default", GoodKeyring)
        assert 1 == enrol(where, keeper, "ABCD-EFGH", other.url, lambda: fixed)
        assert f"fixed to {relay.url}" in capsys.readouterr().err
        assert 0 == enrol(where, keeper, "ABCD-EFGH", "", lambda: fixed)
        assert ([], 1) == (other.requests, len(relay.requests))


def test_a_running_program_is_named(where: places.Places, capsys: pytest.CaptureFixture[str]) -> None:
    """Two would fight over the store."""
    where.make()
    store = Store.open(where.store)
    try:
        assert 1 == enrol(where, InKeyring("default", GoodKeyring), "ABCD-EFGH", "https://relay.example.com")
    finally:
        store.close()
    assert "end it first" in capsys.readouterr().err


@pytest.fixture
def server() -> Iterator[FileServer]:
    """Where a team lead announces updates."""
    with serving_files() as server:
        yield server


def product(server: FileServer, folder: Path, policy: str = "tell", version: str = "99.0") -> Branding:
    """One whose update is announced there, signed."""
    key = signing.new_key(folder / "key.pem")
    server.files["/new.deb"] = PACKAGE
    package = Package(f"{server.url}/new.deb", hashlib.sha256(PACKAGE).hexdigest(), len(PACKAGE))
    release = msgspec.json.encode(Release(version, {sys.platform: package}))
    signature = base64.b64encode(signing.read_key(folder / "key.pem").sign(release)).decode()
    server.files["/update.json"] = msgspec.json.encode(Envelope(release.decode(), signature))
    return replace(branding.load(), update_url=f"{server.url}/update.json", update_key=key, updates=policy)


@pytest.mark.parametrize(
    ("policy", "version", "words"),
    [
        ("tell", "99.0", "is out: 99.0, http"),
        ("download", "99.0", "new.deb"),
        ("off", "99.0", "switched off"),
        ("download", "0.0.1", "is the newest version"),
    ],
)
def test_policy_says_what_becomes_of_an_update(
    where: places.Places,
    tmp_path: Path,
    server: FileServer,
    capsys: pytest.CaptureFixture[str],
    policy: str,
    version: str,
    words: str,
) -> None:
    """Told or not, fetched or not; never installed."""
    ours = product(server, tmp_path, policy, version)
    assert 0 == check_updates(where, tmp_path / "downloads", ours)
    assert words in capsys.readouterr().out
    fetched = (tmp_path / "downloads" / "new.deb").exists()
    assert fetched == (policy == "download" and version == "99.0")


def test_an_update_that_is_not_believed_is_said(
    where: places.Places, tmp_path: Path, server: FileServer, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 for monitoring."""
    ours = product(server, tmp_path)
    server.files["/update.json"] = server.files["/update.json"].replace(b"99.0", b"98.0")
    assert 1 == check_updates(where, tmp_path, ours)
    assert "not signed" in capsys.readouterr().err
