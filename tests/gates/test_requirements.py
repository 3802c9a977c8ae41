"""The locks hold what pyproject.toml asks for, on every platform, and nothing of whoever wrote them."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DESKTOP: list[str] = PROJECT["project"]["dependencies"]
RELAY: list[str] = PROJECT["project"]["optional-dependencies"]["relay"]
DEVELOPER: list[str] = PROJECT["dependency-groups"]["dev"]
BASELINES: list[str] = PROJECT["dependency-groups"]["bench"]
BUILDER: list[str] = PROJECT["dependency-groups"]["build"]
WANTED = {
    "desktop": DESKTOP,
    "relay": RELAY,
    "dev": DESKTOP + RELAY + DEVELOPER,
    "bench": BASELINES,
    "build": DESKTOP + BUILDER,
}


def pins(lock: str) -> list[Requirement]:
    """Read the pinned requirements of a lock, without their hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return [
        Requirement(line.removesuffix("\\").strip()) for line in re.findall(r"^\w.*$", text, re.MULTILINE)
    ]


@pytest.mark.parametrize("lock", WANTED)
def test_lock_satisfies_the_project(lock: str) -> None:
    """Everything that pyproject.toml names is pinned, at a version that it allows."""
    pinned = pins(lock)
    for wanted in map(Requirement, WANTED[lock]):
        found = [pin for pin in pinned if canonicalize_name(pin.name) == canonicalize_name(wanted.name)]
        versions = [str(pin.specifier).removeprefix("==") for pin in found]
        assert any(wanted.specifier.contains(version) for version in versions), wanted


@pytest.mark.parametrize("lock", WANTED)
def test_every_pin_has_hashes(lock: str) -> None:
    """Each requirement is exact and followed by the hashes of its files."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\w)", text, flags=re.MULTILINE)[1:]

    assert all(re.match(r"[\w.-]+==", block) for block in blocks)
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", WANTED)
def test_lock_names_no_place(lock: str) -> None:
    """No URL, no index, no path of somebody's machine."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")

    assert (
        re.findall(r"://|--(?:index|extra-index|find-links|trusted)|^\s*[/~]|[A-Z]:\\", text, re.MULTILINE)
        == []
    )


def test_locks_agree() -> None:
    """A package that several locks pin has one version in all of them."""
    developer = {str(pin) for pin in pins("dev")}

    assert {str(pin) for lock in ("desktop", "relay") for pin in pins(lock)} <= developer


def test_desktop_and_relay_share_only_what_both_use() -> None:
    """An agent's machine gets no server, and a server gets no Qt."""
    desktop = {pin.name for pin in pins("desktop")}
    relay = {pin.name for pin in pins("relay")}
    build = {pin.name for pin in pins("build")}

    assert desktop <= build
    assert build.isdisjoint({"alembic", "httpx", "segno", "sqlalchemy", "starlette", "typer", "uvicorn"})
    assert desktop.isdisjoint(
        {"alembic", "httpx", "sqlalchemy", "starlette", "structlog", "typer", "uvicorn", "uvloop"}
    )
    assert relay.isdisjoint({"keyring", "pyside6-essentials", "qasync", "shiboken6"})


@pytest.mark.parametrize(
    ("python", "platform"), [(p, o) for p in ("3.11", "3.12", "3.13") for o in ("linux", "darwin", "win32")]
)
def test_qt_is_sound_on_every_python(python: str, platform: str) -> None:
    """Python 3.11 gets a Qt binding that keeps its reference counts; each platform gets exactly one."""
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    chosen = [
        str(pin.specifier)
        for pin in pins("desktop")
        if pin.name == "pyside6-essentials" and (pin.marker is None or pin.marker.evaluate(environment))
    ]

    assert len(chosen) == 1
    assert chosen[0].startswith("==6.11.") == (python == "3.11")
