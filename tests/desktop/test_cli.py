"""The command line. What it starts is tried in tests/e2e, as a process."""

import gc
import io

import pytest

from cti_desktop import __version__
from cti_desktop.desktop.cli import main


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """Without importing Qt."""
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (0, f"cti-desktop {__version__}\n") == (left.value.code, capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--profile", "a/b"], "--profile is 'a/b', but must be 1 to 40 letters"),
        (["--relay", "http://relay.example.com"], "insecure_url"),
        (["--relay", "ftp://relay.example.com"], "begins with ftp://"),
        (["--token-stdin"], "standard input holds no token"),
        (["--enrol", "ABCD-EFGH", "--token-stdin"], "two ways to the same"),
        (["--enrol", "ABCD-EFGH", "--relay", "http://relay.example.com"], "insecure_url"),
        (["--fast"], "unrecognized arguments: --fast"),
    ],
)
def test_usage_errors(
    arguments: list[str],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 2 and the reason, before anything is started; nothing of a start is left behind."""
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert 2 == left.value.code
    assert words in " ".join(capsys.readouterr().err.split())
    assert gc.isenabled()
