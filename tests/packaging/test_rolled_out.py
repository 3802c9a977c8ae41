"""The built program as a team lead hands it out: signed in off a sheet, and told of newer versions."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop.desktop.branding import LOCKABLE
from cti_desktop.packaging.signing import public_text
from cti_desktop.relay.cli.sheet import link
from tests.helpers.built import Office, bare_environment
from tests.helpers.certificates import make_certificate
from tests.helpers.file_server import serving_files
from tests.packaging.test_program import pytestmark  # noqa: F401 - what it needs
from tests.screenshots.roll_out import UNLOCK, announced, product_of, rebranded

# Where nothing listens, and a page that nobody opens.
NOBODY = "http://127.0.0.1:1"
CRM = "https://crm.example.com/?q={number}"


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


def test_it_signs_in_off_a_sheet(program: Path, home: Path, office: Office, tmp_path: Path) -> None:
    """With what the QR code says and nothing else; the token is in the keyring, and in no file.

    Where the team lead fixed the relay, that program refuses our sheet, and ours is the relay of a copy.
    """
    product, sheet = product_of(program), link(office.url, office.code())
    if "relay_url" in product.locked:
        code, words = said(program, home, "--enrol", sheet)
        assert (1, True) == (code, f"fixed to {product.relay_url} on this machine" in words), words
        program = rebranded(program, tmp_path / "mine", replace(product, relay_url=office.url))
    code, words = said(program, home, "--enrol", sheet)
    assert (0, True) == (code, f"signed in at {office.url}; the token is in the keyring" in words), words
    assert not [file for file in home.rglob("*") if file.is_file() and b"ctid_" in file.read_bytes()]


def test_a_fixed_relay_is_the_only_one(program: Path, home: Path, office: Office, tmp_path: Path) -> None:
    """Neither a sheet, nor `--relay`, nor the agent's own file leads elsewhere, and no code is spent on it.

    All four settings are fixed here, whatever this product fixes; with none, the same file leads to us.
    """
    fixed = replace(product_of(program), relay_url=NOBODY, locked=LOCKABLE, crm_url=CRM)
    mine, code = rebranded(program, tmp_path / "mine", fixed), office.code()
    own = home / ".config/cti-desktop/default/settings.json"
    own.parent.mkdir(parents=True)
    own.write_text(f'{{"relay_url": "{office.url}"}}', encoding="utf-8")
    for words in (["--enrol", link(office.url, code)], ["--enrol", code, "--relay", office.url]):
        answer = said(mine, home, *words)
        assert (1, True) == (answer[0], f"fixed to {NOBODY} on this machine" in answer[1]), answer
    answer = said(mine, home, "--enrol", code)
    assert (1, True) == (answer[0], "The relay is not running" in answer[1]), answer
    mine = rebranded(program, tmp_path / "free", replace(fixed, locked=()))
    answer = said(mine, home, "--enrol", code)
    assert (0, True) == (answer[0], f"signed in at {office.url}" in answer[1]), answer


def test_it_hears_of_newer_versions(program: Path, home: Path, tmp_path: Path) -> None:
    """From an encrypted server that the system trusts, with the product's signature; from no other."""
    key = Ed25519PrivateKey.generate()
    encrypted, _ = make_certificate(tmp_path)
    with serving_files(encrypted) as server:
        url = f"{server.url}/update.json"
        announces = replace(product_of(program), update_url=url, update_key=public_text(key), updates="tell")
        mine = rebranded(program, tmp_path / "mine", announces)
        trusts = {"SSL_CERT_FILE": str(tmp_path / "server.pem")}
        server.files["/update.json"] = announced("99.0", key)
        code, words = said(mine, home, "--check-updates", **trusts)
        assert (0, True) == (code, "99.0" in words), words
        code, words = said(mine, home, "--check-updates")
        assert (1, True) == (code, "CERTIFICATE_VERIFY_FAILED" in words), words
        server.files["/update.json"] = announced("99.0", Ed25519PrivateKey.generate())
        code, words = said(mine, home, "--check-updates", **trusts)
        assert (1, True) == (code, "not signed with the key" in words), words
