"""`python -m tests.screenshots.roll_out PROGRAM`: what agents see of a program that a team lead built.

Takes what `dev.py build --branding …` made through its life, on a display of its own: first start, a relay,
a signed announcement on an encrypted server, and a real keyring, open and locked. For the pictures in docs/.
"""

from __future__ import annotations

import argparse
import base64
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cti_desktop.desktop import branding
from cti_desktop.desktop.branding import Branding
from cti_desktop.desktop.updates import Envelope, Release
from cti_desktop.packaging import staging
from cti_desktop.packaging.signing import public_text
from tests.helpers.built import Display, Office, bare_environment, display, until
from tests.helpers.certificates import make_certificate
from tests.helpers.file_server import serving_files

DOCS: Final = Path(__file__).resolve().parents[2] / "docs"
UNLOCK: Final = 'printf "pass\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; '
# A notice is there within a second of its announcement; a keyring that can't ask gives up sooner.
SETTLED: Final = 3.0


def announced(version: str, key: Ed25519PrivateKey) -> bytes:
    """A signed manifest."""
    release = msgspec.json.encode(Release(version))
    return msgspec.json.encode(Envelope(release.decode(), base64.b64encode(key.sign(release)).decode()))


def product_of(program: Path) -> Branding:
    """What the build made of the team lead's file: it lies in the program."""
    return branding.load(program.parent / "_internal/resources/branding.toml")


def rebranded(program: Path, folder: Path, product: Branding) -> Path:
    """The same program with other values in its product: with another relay, for instance."""
    shutil.copytree(program.parent, folder, symlinks=True)
    mine = folder / program.name
    product_of(mine).file.write_text(staging.document(product), encoding="utf-8")
    return mine


@contextmanager
def session(command: str, home: Path, screen: Display, **more: str) -> Iterator[subprocess.Popen[str]]:
    """Run a line of shell in a D-Bus session of its own, until the end of the block."""
    run = home / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    env = bare_environment(home, DISPLAY=screen.name, QT_QPA_PLATFORM="xcb", XDG_RUNTIME_DIR=str(run), **more)
    env["PATH"] = os.environ["PATH"]
    words = ["dbus-run-session", "--", "sh", "-c", command]
    with subprocess.Popen(words, env=env, cwd="/", text=True, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                subprocess.run(["pkill", "-TERM", "-P", str(process.pid)], check=False)
                process.terminate()
                process.wait(20)


def photograph(screen: Display, file: Path) -> None:
    """Our window, when it shows what it is to show."""
    search = ("search", "--onlyvisible", "--class", "cti-desktop")
    window = until(lambda: screen.xdotool(*search).split())[-1]
    threading.Event().wait(SETTLED)
    command = ["import", "-display", screen.name, "-window", window, "-strip", "+dither", "-colors", "64"]
    small = ["-define", "png:compression-level=9", "-define", "png:compression-filter=0", f"PNG8:{file}"]
    subprocess.run([*command, *small], check=True)
    sys.stdout.write(f"{file}\n")


def dismiss_prompt(screen: Display) -> None:
    """The keyring asks for its password, in a window of its own: press Esc there."""
    until(lambda: len(screen.xdotool("search", "--onlyvisible", "--name", ".").split()) > 1)
    threading.Event().wait(SETTLED)
    screen.xdotool("key", "Escape")


def take(program: Path, out: Path, folder: Path) -> None:
    """All pictures."""
    key = Ed25519PrivateKey.generate()
    encrypted, _ = make_certificate(folder)
    trusted = str(folder / "server.pem")
    office = Office(folder / "relay")
    office.open()
    homes = [folder / name for name in ("first", "agent")]
    for home in homes:
        home.mkdir()
    try:
        with display() as screen, serving_files(encrypted) as server:
            server.files["/update.json"] = announced("1.4.0", key)
            product = replace(
                product_of(program),
                relay_url=office.url,
                update_url=f"{server.url}/update.json",
                update_key=public_text(key),
            )
            mine = rebranded(program, folder / "mine", product)
            with session(f"{UNLOCK}exec {program}", homes[0], screen):
                photograph(screen, out / "branded.png")
            with session(f"{UNLOCK}exec {mine} --enrol {office.code()}", homes[1], screen) as enrolled:
                assert 0 == enrolled.wait(30)
            with session(f"{UNLOCK}exec {mine}", homes[1], screen, SSL_CERT_FILE=trusted):
                photograph(screen, out / "update.png")
            with session(f"exec {mine}", homes[1], screen):
                dismiss_prompt(screen)
                photograph(screen, out / "keyring-locked.png")
    finally:
        office.close()


def main() -> None:
    """Into docs/, or wherever it is said."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots.roll_out", description=__doc__)
    parser.add_argument("program", type=Path)
    parser.add_argument("--out", type=Path, default=DOCS, metavar="DIR")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        take(options.program.resolve(), options.out, Path(folder))


if __name__ == "__main__":
    main()
