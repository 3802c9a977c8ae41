"""The commands of a developer: `python3 dev.py demo | test | bench | screenshots | translate | build | …`.

Needs nothing but Python: the first command of a fresh checkout makes `.venv` from the locked dependencies.
Every step says what it does before it does it, and is safe to repeat.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
SUPPORTED = ("3.11", "3.12", "3.13")
LOCK = ROOT / "requirements" / "dev.txt"
BUILD_LOCK = LOCK.with_name("build.txt")
BENCH_LOCK = LOCK.with_name("bench.txt")
UV_FOR_LOCKING = "uv==0.13.9"

# What Qt loads on Linux, and the Debian package that brings it.
QT_OFFSCREEN = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
QT_XCB = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# A real window manager, a real keyboard and a real keyring for the end-to-end tests.
TEST_RIG = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xfwm4": "xfwm4",
    "trayer": "trayer",
    "xdotool": "xdotool",
    "xprop": "x11-utils",
    "xrandr": "x11-xserver-utils",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
}

# What a screen reader hears us by, for one end-to-end test.
HEARD_BY = {
    "libexec/at-spi-bus-launcher": "at-spi2-core",
    "lib/python3/dist-packages/gi": "python3-gi",
    "lib/*/girepository-1.0/Atspi-2.0.typelib": "gir1.2-atspi-2.0",
}

BUILD_EPILOG = """\
your product (docs/team-leads.md):
  --branding FILE       your branding.toml
  --new-key FILE        only make a key that signs updates
  --sign-with FILE      sign a manifest of the packages with this key
  --download-url URL    the folder on the web in which the packages will lie
"""

# Half of the tests' time: real windows, processes and disks, which wait a lot. They run beside the others.
REAL = ("tests/e2e", "tests/faults")

LONGEST_TRIALS = 3600  # seconds, on a busy machine

STEPS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy"],
    "contracts": ["lint-imports", "--no-logo"],
    "tests": ["python", "-m", "pytest"],
}


class Refusal(Exception):
    """The command cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Announce a step, before the output of the step itself."""
    print(f"dev.py: {text}", flush=True)


def run(arguments: Sequence[str | Path], env: Mapping[str, str] | None = None) -> int:
    """Run a program in the checkout, show its command line first, and return its exit code."""
    words = [str(argument) for argument in arguments]
    print("  $", " ".join(words), flush=True)
    with subprocess.Popen(words, cwd=ROOT, env=env) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:  # reached the child as well, which ends in its own way
                continue


def must(arguments: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
    """Run a program that the rest of the command depends on."""
    if run(arguments, env):
        raise Refusal(f"{Path(arguments[0]).name} failed; its own words stand above")


# --- the Python to build on ---------------------------------------------------------------------------------


def version_of(interpreter: str | Path) -> str:
    """Ask an interpreter for its "X.Y"; "" when it is absent, or a version manager's shim refuses to run."""
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([interpreter, "-c", question], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return answer.stdout.strip()


def candidates(version: str) -> Iterator[str | Path]:
    """Name the places where a Python of this version may live, nearest first."""
    yield getattr(sys, "_base_executable", sys.executable)
    if on_path := shutil.which(f"python{version}"):
        yield on_path
    siblings = Path(sys.base_prefix).resolve().parent
    yield from sorted(siblings.glob(f"{version}.*/bin/python"), reverse=True)
    yield from (
        Path(folder) / f"python{version}" for folder in ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
    )
    if WINDOWS and (launcher := shutil.which("py")):
        command = [launcher, f"-{version}", "-c", "import sys; print(sys.executable)"]
        yield subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    if uv := shutil.which("uv"):
        command = [uv, "python", "find", version]
        yield subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def find_python(version: str | None) -> str:
    """Find an interpreter of this version, or of the nearest supported one when none was asked for."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"
    preferred = [running, *reversed(SUPPORTED)] if running in SUPPORTED else list(reversed(SUPPORTED))
    wanted = [version] if version else preferred
    for name in wanted:
        for place in candidates(name):
            if place and version_of(place) == name:
                return str(place)
    raise Refusal(
        f"no Python {' or '.join(wanted)} found; install one and put it on PATH (this is {running})"
    )


# --- the environment ----------------------------------------------------------------------------------------


def digest(*files: Path) -> str:
    """Hash the content of some files together."""
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()


def set_up(version: str | None, lock: Path = LOCK) -> Path:
    """Make or mend the environment of a lock; return its interpreter. At once when nothing has changed."""
    venv = ROOT / "-".join(
        [".venv", *(["build"] if lock == BUILD_LOCK else []), *([version] if version else [])]
    )
    python = venv / ("Scripts/python.exe" if WINDOWS else "bin/python")
    stamp = venv / "dev-stamp"
    locked, project = digest(lock), digest(ROOT / "pyproject.toml", Path(__file__))
    found = stamp.read_text(encoding="ascii").split() if stamp.exists() and python.exists() else ["", ""]
    if found == [locked, project]:
        return python
    if found[0] != locked:
        stamp.unlink(missing_ok=True)
        install_dependencies(venv, python, version, lock)
    if lock == LOCK:
        install_project(python)
    stamp.write_text(f"{locked}\n{project}\n", encoding="ascii")
    return python


def install_dependencies(venv: Path, python: Path, version: str | None, lock: Path) -> None:
    """Make the environment anew, so that nothing remains that the lock no longer names."""
    base, uv = find_python(version), shutil.which("uv")
    say(f"making {venv.name} with Python {version_of(base)} and what requirements/{lock.name} locks")
    if uv:
        must([uv, "venv", "--quiet", "--clear", "--python", base, venv])
        must(
            [uv, "pip", "install", "--quiet", "--python", python, "--require-hashes", "--no-deps", "-r", lock]
        )
        return
    must([base, "-m", "venv", "--clear", venv])
    must([*pip(python), "--require-hashes", "--no-deps", "-r", lock])


def install_project(python: Path) -> None:
    """Install the checkout itself, editable, with the build tools of the lock."""
    say("installing this checkout into it (editable)")
    uv = shutil.which("uv")
    command = [uv, "pip", "install", "--quiet", "--python", python] if uv else pip(python)
    must([*command, "--no-deps", "--no-build-isolation", "--editable", ROOT])


def pip(python: Path) -> list[str | Path]:
    """Start a quiet `pip install` of that environment."""
    return [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]


# --- the system below ---------------------------------------------------------------------------------------


def loads(library: str) -> bool:
    """Whether the dynamic loader finds the library, wherever it came from."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(*, window: bool, rig: bool) -> list[str]:
    """Name the Debian packages whose libraries or programs this machine lacks."""
    libraries = QT_OFFSCREEN | (QT_XCB if window or rig else {})
    lacking = [package for library, package in libraries.items() if not loads(library)]
    lacking += [package for program, package in TEST_RIG.items() if rig and not shutil.which(program)]
    lacking += [package for place, package in HEARD_BY.items() if rig and not any(Path("/usr").glob(place))]
    if not importlib.util.find_spec("ensurepip") and not shutil.which("uv"):
        lacking.append("python3-venv")  # Debian's Python cannot make an environment without it
    return lacking


def system_libraries(*, window: bool = False, rig: bool = False) -> None:
    """Install on a Debian-like Linux what Qt and the tests need of it, or print the line that would."""
    if not sys.platform.startswith("linux") or not (packages := missing_packages(window=window, rig=rig)):
        return
    if not shutil.which("apt-get"):
        say(f"not found on this system; Debian calls them: {' '.join(packages)}")
        return
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    become = root_prefix()
    if become is None:
        line = f"sudo apt-get update && sudo {' '.join(install)}"
        raise Refusal(f"system packages are missing, and installing them needs root. Run:\n  {line}")
    say(f"installing system packages: {' '.join(packages)}")
    quiet = [*become, "env", "DEBIAN_FRONTEND=noninteractive"]
    must([*quiet, "apt-get", "update", "--quiet=2"])
    must([*quiet, *install, "--quiet=2"])


def root_prefix() -> list[str] | None:
    """Say how to become root without asking anybody: [] if we are, None if we cannot."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def has_display() -> bool:
    """Whether a window can be shown."""
    is_x11_or_wayland = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or bool(is_x11_or_wayland)


def environment(*, offscreen: bool) -> dict[str, str]:
    """Build the environment of a child: a UTF-8 locale, and Qt without a screen if so wished."""
    env = dict(os.environ)
    locale = env.get("LC_ALL") or env.get("LC_CTYPE") or env.get("LANG") or ""
    if sys.platform.startswith("linux") and "utf" not in locale.lower():
        env["LC_ALL"] = "C.UTF-8"
    if offscreen:
        env["QT_QPA_PLATFORM"] = "offscreen"
        # What tests and scripted agents look for is English.
        env.setdefault("CTI_DESKTOP_LANGUAGE", "en")
    return env


# --- the commands -------------------------------------------------------------------------------------------


def setup(options: argparse.Namespace, _: list[str]) -> int:
    """Only make the environment."""
    system_libraries(window=has_display())
    say(f"ready: {set_up(options.python)}")
    return 0


def demo(options: argparse.Namespace, _: list[str]) -> int:
    """Show the whole product on this machine: relay, simulator, desktop."""
    headless = options.headless or not has_display()
    system_libraries(window=not headless)
    python = set_up(options.python)
    say(
        "the demo: a relay on loopback, simulated calls, the real desktop"
        + (" (offscreen)" if headless else "")
    )
    flags = ["--headless"] if headless else []
    command = [python, "-m", "cti_desktop.desktop.demo", *flags, "--out", options.out.absolute()]
    return run(command, environment(offscreen=headless))


def screenshots(options: argparse.Namespace, which: list[str]) -> int:
    """Draw every state of every window into PNG files."""
    system_libraries()
    python = set_up(options.python)
    say(f"screenshots of every state of every window, into {options.out}")
    return run(
        [python, "-m", "tests.screenshots", "--out", options.out.absolute(), *which],
        environment(offscreen=True),
    )


def translate(options: argparse.Namespace, _: list[str]) -> int:
    """Bring the translators' files up to the words in the code, and compile them."""
    python = set_up(options.python)
    say("resources/translations: adding new texts, dropping old ones, making .qm; what lacks Hindi is listed")
    return run([python, "-m", "tests.translations"])


def test(options: argparse.Namespace, pytest_arguments: list[str]) -> int:
    """Run everything that CI runs, all of it even when a part fails, and sum up."""
    chosen = [options.only] if options.only else list(STEPS)
    if "tests" in chosen:
        system_libraries(rig=True)
    python, env, failed = set_up(options.python), environment(offscreen=True), []
    for name in chosen:
        program, *arguments = STEPS[name]
        say(name)
        extra = pytest_arguments if name == "tests" else []
        if "--long" in extra:  # a test that hangs is ended; hundreds of trials are no hanging
            extra = ["-o", f"faulthandler_timeout={LONGEST_TRIALS}", *extra]
        command: list[str | Path] = [python.with_name(program + python.suffix), *arguments]
        if side_by_side(command, env) if name == "tests" and not extra else run([*command, *extra], env):
            failed.append(name)
    say(f"{count_lines('tests') / max(1, count_lines('cti_desktop')):.2f} lines of test to one of code")
    say(f"FAILED: {', '.join(failed)}" if failed else f"all good: {', '.join(chosen)}")
    return 1 if failed else 0


def side_by_side(pytest: Sequence[str | Path], env: Mapping[str, str]) -> bool:
    """Run all tests, half of them on the machine's second core; whether any failed."""
    beside = [*map(str, pytest), "-p", "no:cacheprovider", *REAL]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        print("  $", " ".join(beside), " # at the same time; what it says comes at the end", flush=True)
        with subprocess.Popen(beside, cwd=ROOT, env=env, stdout=said, stderr=subprocess.STDOUT) as other:
            failed = run([*pytest, *(f"--ignore={folder}" for folder in REAL)], env)
            failed = other.wait() or failed
        said.seek(0)
        shutil.copyfileobj(said, sys.stdout)
        sys.stdout.flush()
    return bool(failed)


def bench(options: argparse.Namespace, words: list[str]) -> int:
    """Measure speed and memory as ratios against baselines of the same run."""
    system_libraries()
    python = set_up(options.python)
    say("adding what only the baselines need")
    must([*pip(python), "--require-hashes", "--no-deps", "-r", BENCH_LOCK])
    return run([python, "-m", "tests.bench", *words], environment(offscreen=True))


def build(options: argparse.Namespace, arguments: list[str]) -> int:
    """Make the program that agents get, with your branding, and try it out."""
    system_libraries(window=True, rig=True)
    builder = set_up(options.python, BUILD_LOCK)
    say("building: a folder with everything in it, recipes of installers, and a package where it can")
    out = options.out.absolute()
    command = [builder, "-m", "cti_desktop.packaging", "--out", out, *arguments]
    if run(command, environment(offscreen=True)):
        return 1
    if "--new-key" in arguments or options.untried:
        return 0
    say("trying it out: self-test, then calls against a relay, without Python, environment or home")
    python, env = set_up(options.python), environment(offscreen=True)
    env["CTI_PROGRAM"] = str(out / "cti-desktop" / "cti-desktop")
    trials = [f"tests/packaging/test_{name}.py" for name in ("program", "rolled_out")]
    return run([python, "-m", "pytest", "-q", "--long", *trials], env)


def count_lines(folder: str) -> int:
    """Count the lines of Python under a folder that are not blank."""
    files = (ROOT / folder).rglob("*.py")
    return sum(1 for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


def lock(_: argparse.Namespace, __: list[str]) -> int:
    """Write requirements/*.txt anew from pyproject.toml: every platform, every Python, with hashes."""
    say("resolving the newest versions that pyproject.toml allows")
    with tempfile.TemporaryDirectory() as folder:
        uv = Path(folder) / ("Scripts/uv.exe" if WINDOWS else "bin/uv")
        must([sys.executable, "-m", "venv", folder])
        must([*pip(uv.with_name("python.exe" if WINDOWS else "python")), UV_FOR_LOCKING])
        relay = Path(folder) / "relay.in"
        relay.write_text("\n".join(relay_extra()), encoding="utf-8")
        compile_lock(uv, LOCK, "pyproject.toml", "--extra", "relay", "--group", "dev", "--upgrade")
        compile_lock(uv, LOCK.with_name("desktop.txt"), "pyproject.toml", "--constraints", LOCK)
        compile_lock(uv, LOCK.with_name("relay.txt"), relay, "--constraints", LOCK)
        compile_lock(uv, BUILD_LOCK, "pyproject.toml", "--group", "build", "--constraints", LOCK)
        baselines = Path(folder) / "bench.in"
        baselines.write_text("\n".join(group("bench")), encoding="utf-8")
        compile_lock(uv, BENCH_LOCK, baselines, "--constraints", LOCK)
    return 0


def relay_extra() -> list[str]:
    """Read what the relay needs, alone: its lock must not bring Qt to a server."""
    import tomllib  # noqa: PLC0415 - the other commands must also start on a Python that lacks it

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    requirements: list[str] = project["optional-dependencies"]["relay"]
    return requirements


def group(name: str) -> list[str]:
    """Read one dependency group alone, without what the project itself needs."""
    import tomllib  # noqa: PLC0415 - as above

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    requirements: list[str] = project["dependency-groups"][name]
    return requirements


def compile_lock(uv: Path, output: Path, *source: str | Path) -> None:
    """Resolve one lock for every platform at once, with no trace of this machine in it."""
    flags = ["--no-config", "--quiet", "--universal", "--generate-hashes", "--no-emit-index-url"]
    flags += ["--no-annotate", "--python-version", SUPPORTED[0]]
    flags += ["--custom-compile-command", "python3 dev.py lock"]
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "UV_"))}
    must([uv, "pip", "compile", *source, *flags, "--output-file", output.relative_to(ROOT)], env)


def parse(words: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Read the command line; what `test` does not know goes to pytest."""
    parser = argparse.ArgumentParser(prog="dev.py", description="The developer's commands of CTI Desktop.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (demo, test, bench, screenshots, translate, build, setup, lock):
        sub = commands.add_parser(command.__name__, help=command.__doc__, allow_abbrev=False)
        sub.set_defaults(perform=command)
        if command is not lock:
            sub.add_argument("--python", choices=SUPPORTED, help="the version to use, in a .venv of its own")
        if command is demo:
            sub.add_argument("--headless", action="store_true", help="no window: a scripted agent")
        if command in (demo, screenshots):
            folder = ROOT / f"{command.__name__}-output"
            sub.add_argument("--out", type=Path, default=folder, metavar="DIR", help="for the pictures")
        if command is test:
            sub.add_argument("--only", choices=STEPS, help="one step")
            sub.epilog = "Whatever else is given goes to pytest; --long repeats random trials in full."
        if command is bench:
            sub.epilog = (
                "NAME … runs some benchmarks only; --write puts the figures into docs/performance.md."
            )
        if command is screenshots:
            sub.epilog = "--only TEXT, --scale 100|150|200, --fit LANGUAGE: see tests/screenshots."
        if command is build:
            sub.add_argument(
                "--out", type=Path, default=ROOT / "dist", metavar="DIR", help="for what is built"
            )
            sub.add_argument("--untried", action="store_true", help="don't start what was built")
            sub.formatter_class = argparse.RawDescriptionHelpFormatter
            sub.epilog = BUILD_EPILOG
    options, rest = parser.parse_known_args(words)
    if rest and options.perform not in {test, bench, build, screenshots}:
        parser.error(f"unknown: {' '.join(rest)}")
    return options, rest


def main(words: Sequence[str]) -> int:
    """Perform one command; return its exit code."""
    options, rest = parse(words)
    try:
        return int(options.perform(options, rest))
    except Refusal as refusal:
        print(f"dev.py: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
