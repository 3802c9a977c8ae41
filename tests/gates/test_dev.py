"""dev.py: what it decides before it touches anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev
from cti_desktop.packaging import __main__ as packaging


def test_unknown_arguments_of_test_go_to_pytest() -> None:
    """`dev.py test` takes its own options and leaves the rest to pytest."""
    options, rest = dev.parse(["test", "--python", "3.13", "tests/core", "-k", "ring", "-x"])

    assert (options.python, rest) == ("3.13", ["tests/core", "-k", "ring", "-x"])


def test_build_passes_on_what_it_does_not_know() -> None:
    """`dev.py build` takes where to build; branding and keys are the packaging's."""
    options, rest = dev.parse(["build", "--branding", "acme/branding.toml", "--out", "there"])

    assert (Path("there"), False) == (options.out, options.untried)
    assert ["--branding", "acme/branding.toml"] == rest
    assert dev.ROOT / "dist" == dev.parse(["build"])[0].out


def test_build_lists_the_options_of_the_packaging(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its help, in the packaging's own words, though it only passes them on."""
    monkeypatch.setenv("COLUMNS", "100")  # one line for each
    shown = []
    for main in (dev.main, packaging.main):
        with pytest.raises(SystemExit):
            main(["build", "--help"] if main is dev.main else ["--help"])
        shown.append(capsys.readouterr().out.partition("options:")[2])
    theirs = [" ".join(line.split()) for line in shown[1].splitlines() if line.startswith("  --")]
    assert "--branding FILE your branding.toml" in theirs
    assert not [words for words in theirs if words not in " ".join(shown[0].split())]


@pytest.mark.parametrize("words", [[], ["fly"], ["demo", "--window"], ["test", "--python", "3.10"]])
def test_wrong_usage_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command line that makes no sense is refused before anything happens."""
    with pytest.raises(SystemExit) as refused:
        dev.main(words)

    assert (refused.value.code, "usage: dev.py" in capsys.readouterr().err) == (2, True)


def test_interpreter_is_asked_for_its_version(tmp_path: Path) -> None:
    """A shim that refuses to run, and a path with nothing there, are no interpreters."""
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)

    assert dev.version_of(sys.executable) == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert dev.version_of(shim) == ""
    assert dev.version_of(tmp_path / "absent") == ""


def test_python_of_each_supported_version_is_sought() -> None:
    """The running version is found, and one that nobody has is refused with its name."""
    running = f"{sys.version_info.major}.{sys.version_info.minor}"

    assert dev.version_of(dev.find_python(running)) == running
    with pytest.raises(dev.Refusal, match=r"no Python 3\.99 found"):
        dev.find_python("3.99")


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems have no LC_ALL=C.UTF-8 to set"
)
@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ({}, "C.UTF-8"),
        ({"LANG": "C"}, "C.UTF-8"),
        ({"LANG": "hi_IN.UTF-8"}, None),
        ({"LC_CTYPE": "C.utf8"}, None),
    ],
)
def test_children_get_a_utf8_locale(
    monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], expected: str | None
) -> None:
    """A child without a UTF-8 locale gets one; a person's own locale is kept."""
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)

    assert dev.environment(offscreen=False).get("LC_ALL") == expected


def test_offscreen_is_only_for_those_who_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo with a window does not inherit the platform of a demo without."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")

    assert dev.environment(offscreen=True)["QT_QPA_PLATFORM"] == "offscreen"
    assert dev.environment(offscreen=False)["QT_QPA_PLATFORM"] == "xcb"


def test_library_that_nobody_has_is_missing() -> None:
    """A library is looked for where the loader looks."""
    assert not dev.loads("libno-such-thing.so.7")


def test_help_is_a_sentence_for_every_command() -> None:
    """`dev.py --help` says what each command does, and starts in an instant."""
    command = [sys.executable, str(dev.ROOT / "dev.py"), "--help"]
    words = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    for name in ("demo", "test", "screenshots", "build", "setup", "lock"):
        assert re.search(rf"^ +{name}\s+[A-Z]", words, re.MULTILINE), name
