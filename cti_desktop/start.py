"""Where the commands `cti-desktop` and `cti-relay` begin: says in words what an environment lacks.

Desktop and relay are installed separately, but both commands always come along.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OURS: Final = "cti_desktop"
_NOT_INSTALLED: Final = (
    "{command}: {part} is not installed in {folder} ({error}). Install it from the top of the checkout: "
    "{python} -m pip install --require-hashes -r requirements/{lock}"
)
_NOT_LOADED: Final = (
    "{command}: {part} can't start, as a library of the operating system can't be loaded: {error}. "
    "Install the package that has it"
)


def desktop() -> int:
    """`cti-desktop`: the exit code."""
    with _told_in_words("cti-desktop", "the agent's program", "desktop.txt"):
        from cti_desktop.desktop.cli import main  # noqa: PLC0415 - needs what may be missing

        return main()


def relay() -> None:
    """`cti-relay`: ends by itself."""
    with _told_in_words("cti-relay", "the relay", "relay.txt"):
        from cti_desktop.relay.cli import main  # noqa: PLC0415 - the same

        main()


@contextmanager
def _told_in_words(command: str, part: str, lock: str) -> Iterator[None]:
    """A foreign module that can't be imported ends the command: one sentence on stderr, exit code 1."""
    try:
        yield
    except ImportError as error:
        if (error.name or _OURS).partition(".")[0] == _OURS:
            raise  # a fault of ours, that no installation mends
        said = _NOT_INSTALLED if isinstance(error, ModuleNotFoundError) else _NOT_LOADED
        where = {"folder": sys.prefix, "python": sys.executable, "lock": lock, "error": error}
        raise SystemExit(said.format(command=command, part=part, **where)) from None
