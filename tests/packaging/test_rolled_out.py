"""The built program as a team lead hands it out: signed in off a sheet, and told of newer versions."""

import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop.packaging.signing import public_text
from cti_desktop.relay.cli.sheet import link
from tests.helpers.built import Office, bare_environment
from tests.helpers.certificates import make_certificate
from tests.helpers.file_server import serving_files
from tests.packaging.test_program import pytestmark  # noqa: F401 - what it needs
from tests.screenshots.roll_out import UNLOCK, announced, rebranded


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty one, with a place for sockets."""
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True)
    (home / "run").chmod(0o700)
    return home


def said(program: Path, home: Path, *words: str, **more: str) -> tuple[int, str]:
    """What a program without a window answers, in a session with an open keyring of its own."""
    env = bare_environment(home, XDG_RUNTIME_DIR=str(home / "run"), QT_QPA_PLATFORM="offscreen", **more)
    env["PATH"] = os.environ["PATH"]
    command = ["dbus-run-session", "--", "sh", "-c", f'{UNLOCK}exec "$@"', "sh", str(program), *words]
    done = subprocess.run(command, env=env, cwd="/", capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


def test_it_signs_in_off_a_sheet(program: Path, home: Path, tmp_path: Path, office: Office) -> None:
    """With what the QR code says and nothing else; the token is in the keyring, and in no file."""
    mine = rebranded(program, tmp_path / "mine", office.url, "", "")  # its own relay may be fixed
    answer = said(mine, home, "--enrol", link(office.url, office.code()))
    assert (0, True) == (answer[0], "the token is in the keyring" in answer[1]), answer
    assert not [file for file in home.rglob("*") if file.is_file() and b"ctid_" in file.read_bytes()]


def test_it_hears_of_newer_versions(program: Path, home: Path, tmp_path: Path) -> None:
    """From an encrypted server that the system trusts, with the product's signature; from no other."""
    key = Ed25519PrivateKey.generate()
    encrypted, _ = make_certificate(tmp_path)
    with serving_files(encrypted) as server:
        url = f"{server.url}/update.json"
        mine = rebranded(program, tmp_path / "mine", "https://relay.example.com", url, public_text(key))
        trusts = {"SSL_CERT_FILE": str(tmp_path / "server.pem")}
        server.files["/update.json"] = announced("99.0", key)
        code, words = said(mine, home, "--check-updates", **trusts)
        assert (0, True) == (code, "99.0" in words), words
        code, words = said(mine, home, "--check-updates")
        assert (1, True) == (code, "CERTIFICATE_VERIFY_FAILED" in words), words
        server.files["/update.json"] = announced("99.0", Ed25519PrivateKey.generate())
        code, words = said(mine, home, "--check-updates", **trusts)
        assert (1, True) == (code, "not signed with the key" in words), words
