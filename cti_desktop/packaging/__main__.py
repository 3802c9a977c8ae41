"""What `dev.py build` starts: checks the branding, builds the program, measures it, packs it."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import branding as brandings
from cti_desktop.packaging import deb, icu, installers, inventory, signing

ROOT: Final = Path(__file__).resolve().parents[2]


def main(words: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 stopped with a reason on stderr, 2 usage."""
    parser = _parser()
    options = parser.parse_args(words)
    if (options.sign_with is None) != (options.download_url is None):
        parser.error("--sign-with and --download-url belong together")
    try:
        if options.new_key:
            return _new_key(options.new_key)
        return _build(options)
    except ConfigError as error:
        print(f"build: {error}", file=sys.stderr)
    except subprocess.CalledProcessError as error:
        print(f"build: {Path(error.cmd[0]).name} failed; its own words stand above", file=sys.stderr)
    return 1


def _build(options: argparse.Namespace) -> int:
    """The program in a folder, the recipes of its installers, and a package where Debian's tools are."""
    branding = brandings.load(options.branding)
    out, work = options.out.resolve(), ROOT / "build"
    _run_pyinstaller(branding.file, out, work)
    program = out / "cti-desktop"
    if sys.platform.startswith("linux"):
        inventory.strip(program)
        icu.empty(program)
    contents = inventory.Inventory.of(program)
    contents.write(out / "contents.txt")
    print(f"{branding.name}: {contents.megabytes:.1f} MB in {len(contents.files)} files, {program}")
    contents.keep_to_budget()
    product = installers.Product(branding, program, work / "stage" / "icons")
    recipes = installers.write_recipes(product, out / "installers")
    print(f"recipes of installers: {', '.join(str(recipe.relative_to(out)) for recipe in recipes)}")
    print(f"for IT, to be named in relay.toml: {installers.hand_to_relay(branding, out / 'installers')}")
    packages = []
    if shutil.which("dpkg-deb"):
        packages.append(deb.build(product, out / "installers" / "linux"))
        print(f"package: {packages[0]}")
    if options.sign_with:
        manifest = out / "installers" / "update.json"
        signing.write_manifest(manifest, packages, options.sign_with, options.download_url)
        print(f"signed manifest: {manifest}")
    return 0


def _new_key(file: Path) -> int:
    public = signing.new_key(file)
    print(f"{file} is the private key: keep it where nobody else can read it. Into branding.toml belongs:")
    print(f'public_key = "{public}"')
    return 0


def _run_pyinstaller(branding: Path, out: Path, work: Path) -> None:
    # The same hash seed and moment each time: same files in, same program out.
    fixed = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(deb.EPOCH), "QT_QPA_PLATFORM": "offscreen"}
    places = {"CTI_BRANDING": str(branding.resolve()), "CTI_STAGE": str(work / "stage")}
    command = [sys.executable, "-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(out), "--workpath", str(work / "pyinstaller")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **fixed, **places}, check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    add = parser.add_argument
    add("--branding", type=Path, metavar="FILE", help="your branding.toml")
    add("--out", type=Path, default=ROOT / "dist", metavar="DIR", help="for what is built")
    add("--new-key", type=Path, metavar="FILE", help="only make a key that signs updates")
    add("--sign-with", type=Path, metavar="FILE", help="sign a manifest of the packages with this key")
    add("--download-url", metavar="URL", help="the folder on the web in which the packages will lie")
    return parser


if __name__ == "__main__":
    sys.exit(main())
