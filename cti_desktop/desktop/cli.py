"""The command `cti-desktop`: reads the command line, and starts what it asks for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import address, branding, places
from cti_desktop.desktop.credentials import InKeyring, InMemory, TokenKeeper
from cti_desktop.desktop.garbage import put_off
from cti_desktop.desktop.refusals import SignInRefused


def main(argv: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 refused or failed with a reason on stderr, 2 usage."""
    parser = _parser()
    options, rest = parser.parse_known_args(argv)
    if options.demo:
        # The demo brings relay and simulator, which the desktop must not depend on.
        from cti_desktop.desktop import demo  # noqa: PLC0415

        return demo.main(rest)
    if rest:
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    _check_branding(parser)
    if options.enrol or options.check_updates:
        return _scripted(parser, options)
    with put_off():
        return _start(parser, options)


def _start(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # Qt takes a quarter of a second to import: not for `--version` and usage errors.
    from cti_desktop.desktop import app  # noqa: PLC0415

    if options.self_test:
        return app.self_test(options.self_test_out)
    where = _places(parser, options.profile)
    keeper, url = _keeper(parser, where.profile, options), _relay_url(parser, options.relay)
    return app.main(where, keeper, url, quietly=options.at_log_in)


def _scripted(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    # Not for whoever wants a window, and soon.
    from cti_desktop.desktop import scripted  # noqa: PLC0415

    if options.check_updates:
        return scripted.check_updates(
            _places(parser, options.profile), platformdirs.user_downloads_path(), branding.current()
        )
    if options.token_stdin:
        parser.error("--enrol and --token-stdin are two ways to the same: give one")
    where = _places(parser, options.profile)
    return scripted.enrol(where, InKeyring(where.profile), options.enrol, _relay_url(parser, options.relay))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cti-desktop", description="Shows who calls, and asks how it went.")
    add = parser.add_argument
    add("--version", action="version", version=f"%(prog)s {__version__}")
    add(
        "--profile",
        default=places.DEFAULT_PROFILE,
        help="separate settings, sign-in and store under this name",
    )
    add("--relay", default="", metavar="URL", help="the relay for this run: https://relay.example.com")
    add("--token-stdin", action="store_true", help="read the token from standard input, keep it in memory")
    add("--enrol", default="", metavar="CODE", help="sign in with this code, without a window, and end")
    add("--check-updates", action="store_true", help="say whether a newer version is out, and end")
    add("--at-log-in", action="store_true", help="show no window before one is needed")
    add("--self-test", action="store_true", help="check Qt, TLS, keyring, store and resources")
    add(
        "--self-test-out",
        type=Path,
        metavar="FILE",
        help="write the self-test's report there (Windows shows no output)",
    )
    add("--demo", action="store_true", help="show the whole product on this machine, with simulated calls")
    return parser


def _check_branding(parser: argparse.ArgumentParser) -> None:
    try:
        branding.current()
    except ConfigError as error:
        parser.exit(1, f"cti-desktop: {error}\n")


def _places(parser: argparse.ArgumentParser, profile: str) -> places.Places:
    try:
        return places.of_profile(profile)
    except ConfigError as error:
        parser.error(str(error))


def _relay_url(parser: argparse.ArgumentParser, url: str) -> str:
    try:
        return address.parse(url).base if url else ""
    except SignInRefused as refusal:
        parser.error(f"--relay {url}: {refusal.detail or 'not usable'} ({refusal.code})")


def _keeper(parser: argparse.ArgumentParser, profile: str, options: argparse.Namespace) -> TokenKeeper:
    if not options.token_stdin:
        return InKeyring(profile)
    token = sys.stdin.readline().strip() if sys.stdin else ""
    if not token:
        parser.error("--token-stdin: standard input holds no token")
    return InMemory(token)
