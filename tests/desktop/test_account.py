"""Signing in and out: settings, keyring and enrolment together."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cti_desktop.desktop import settings
from cti_desktop.desktop.account import Account, SignedIn
from cti_desktop.desktop.address import parse
from cti_desktop.desktop.credentials import SERVICE, InKeyring, InMemory
from cti_desktop.desktop.managed import Managed
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.settings import Settings
from tests.helpers.fake_enrolment import Enrolment, serving
from tests.helpers.keyrings import FailingKeyring, GoodKeyring, LockedKeyring


@pytest.fixture
def relay() -> Iterator[Enrolment]:
    """A relay's `/enrol`."""
    with serving() as enrolment:
        yield enrolment


def account(folder: Path, backend: GoodKeyring, relay_url: str = "") -> Account:
    """An account whose settings are in `folder`."""
    return Account(folder / "settings.json", InKeyring("default", lambda: backend), relay_url)


def contents_of(folder: Path) -> list[bytes]:
    """What is in the files of a folder."""
    return [path.read_bytes() for path in folder.iterdir()]


async def test_an_enrolment_lasts(tmp_path: Path, relay: Enrolment) -> None:
    """The next run is signed in; no file holds the token."""
    backend = GoodKeyring()
    now = await account(tmp_path, backend).enrol(relay.url, "ABCD", "desk")
    assert SignedIn(parse(relay.url), "secret") == now == await account(tmp_path, backend).recall()
    assert not [text for text in contents_of(tmp_path) if b"secret" in text]


async def test_before_the_first_sign_in_there_is_none(tmp_path: Path) -> None:
    """Without an address the keyring is not even asked; without a token there is no sign-in."""
    assert await account(tmp_path, LockedKeyring()).recall() is None
    settings.save(tmp_path / "settings.json", Settings("https://relay.example.com"))
    assert await account(tmp_path, GoodKeyring()).recall() is None


async def test_an_address_of_this_run_goes_before(tmp_path: Path) -> None:
    """`--relay` overrides the settings."""
    settings.save(tmp_path / "settings.json", Settings("https://relay.example.com"))
    assert "http://localhost:1" == account(tmp_path, GoodKeyring(), "http://localhost:1").known_url


async def test_a_code_is_not_spent_on_a_locked_keyring(tmp_path: Path, relay: Enrolment) -> None:
    """The keyring is tried first."""
    with pytest.raises(SignInRefused) as refusal:
        await account(tmp_path, LockedKeyring()).enrol(relay.url, "ABCD", "desk")
    assert (SignInProblem.KEYRING_LOCKED, []) == (refusal.value.problem, relay.requests)


async def test_a_spent_code_is_good_for_this_run_at_least(tmp_path: Path, relay: Enrolment) -> None:
    """The keyring broke down after the exchange: the token is used, and the agent told."""
    signed_in = await account(tmp_path, FailingKeyring()).enrol(relay.url, "ABCD", "desk")
    assert ("secret", "keyring_failed") == (signed_in.token, signed_in.not_kept)


async def test_an_empty_code_is_a_wrong_code(tmp_path: Path, relay: Enrolment) -> None:
    """It does not count as a try."""
    with pytest.raises(SignInRefused) as refusal:
        await account(tmp_path, GoodKeyring()).enrol(relay.url, "  ", "desk")
    assert (SignInProblem.WRONG_CODE, []) == (refusal.value.problem, relay.requests)


async def test_a_keyring_that_was_unlocked_needs_no_code(tmp_path: Path, relay: Enrolment) -> None:
    """Nobody has to ask for a new one, unless it is for another relay."""
    keyring = GoodKeyring()
    mine = account(tmp_path, keyring)
    await mine.enrol(relay.url, "ABCD-EFGH", "desk")
    assert "secret" == (await mine.enrol(f"{relay.url}/", "", "desk")).token
    with pytest.raises(SignInRefused) as refusal:
        await mine.enrol("https://other.example.com", "", "desk")
    assert (SignInProblem.WRONG_CODE, 1) == (refusal.value.problem, len(relay.requests))


async def test_signing_out_forgets_the_token(tmp_path: Path, relay: Enrolment) -> None:
    """It ends at the relay, too; the address stays, for the next sign-in."""
    mine = account(tmp_path, GoodKeyring())
    signed_in = await mine.enrol(relay.url, "ABCD", "desk")
    await mine.forget(signed_in)
    assert (None, relay.url) == (await mine.recall(), mine.known_url)
    assert ["/enrol", "/sign-out"] == [path for _, path, _ in relay.requests]
    assert "Bearer secret" == relay.authorizations[-1]


async def test_signing_out_without_a_relay(tmp_path: Path) -> None:
    """Nothing is left on the computer, and it is said that the relay could not be told."""
    with serving() as relay:
        mine = account(tmp_path, keyring := GoodKeyring())
        signed_in = await mine.enrol(relay.url, "ABCD", "desk")
    with pytest.raises(SignInRefused) as refusal:
        await mine.forget(signed_in)
    assert (SignInProblem.NOT_ENDED, {}) == (refusal.value.problem, keyring.entries)


async def test_signing_out_where_the_keyring_refuses(tmp_path: Path, relay: Enrolment) -> None:
    """What stays in the keyring opens nothing any more; the keyring's trouble is what is told."""
    signed_in = await account(tmp_path, GoodKeyring()).enrol(relay.url, "ABCD", "desk")
    with pytest.raises(SignInRefused) as refusal:
        await account(tmp_path, LockedKeyring()).forget(signed_in)
    assert (SignInProblem.KEYRING_LOCKED, "/sign-out") == (refusal.value.problem, relay.requests[-1][1])


async def test_signing_out_of_a_kiosk(tmp_path: Path, relay: Enrolment) -> None:
    """A token that is handed over with each start is not ended; without any, nobody is told anything."""
    await Account(tmp_path / "settings.json", InMemory("t"), relay.url).forget(
        SignedIn(parse(relay.url), "t")
    )
    await account(tmp_path, GoodKeyring()).forget(None)
    assert [] == relay.requests


async def test_a_token_is_for_its_own_relay_only(tmp_path: Path, relay: Enrolment) -> None:
    """At another address, a code is asked for; the token is sent nowhere, and still good for its relay."""
    keyring = GoodKeyring()
    await account(tmp_path, keyring).enrol(relay.url, "ABCD", "desk")
    for elsewhere in ("https://other.example.com", f"{relay.url}/path"):
        with pytest.raises(SignInRefused) as refusal:
            await account(tmp_path, keyring, elsewhere).recall()
        assert (SignInProblem.OTHER_RELAY, relay.url) == (refusal.value.problem, refusal.value.detail)
    settings.save(tmp_path / "settings.json", Settings("https://other.example.com"))
    with pytest.raises(SignInRefused):
        await account(tmp_path, keyring).recall()
    assert SignedIn(parse(relay.url), "secret") == await account(tmp_path, keyring, relay.url).recall()


async def test_without_any_file_a_token_is_still_for_its_own_relay_only(
    tmp_path: Path, relay: Enrolment
) -> None:
    """The profile's folder is gone, or another home's: the address lies beside the token."""
    keyring = GoodKeyring()
    await account(tmp_path, keyring).enrol(relay.url, "ABCD", "desk")
    (elsewhere := tmp_path / "another").mkdir()
    with serving() as other:
        with pytest.raises(SignInRefused) as refusal:
            await account(elsewhere, keyring, other.url).recall()
        with pytest.raises(SignInRefused):
            await account(elsewhere, keyring, other.url).enrol(other.url, "", "desk")
        assert [] == other.requests
    assert (SignInProblem.OTHER_RELAY, relay.url) == (refusal.value.problem, refusal.value.detail)
    assert SignedIn(parse(relay.url), "secret") == await account(elsewhere, keyring, relay.url).recall()


async def test_a_managed_address_makes_no_other_of_a_token(tmp_path: Path, relay: Enrolment) -> None:
    """Whether IT fixes it or only begins with it; with a code, the profile is that relay's from then on."""
    keyring = GoodKeyring()
    keeper = InKeyring("default", lambda: keyring)
    await account(tmp_path, keyring).enrol(relay.url, "ABCD", "desk")
    with serving() as other:
        fixed = Managed(fixed={"relay_url": other.url})
        for rules, folder in ((fixed, tmp_path), (Managed(defaults=fixed.fixed), tmp_path / "gone")):
            folder.mkdir(exist_ok=True)
            with pytest.raises(SignInRefused, match=relay.url):
                await Account(folder / "settings.json", keeper, managed=rules).recall()
        assert [] == other.requests
        other.body = b'{"token": "others"}'
        mine = Account(tmp_path / "settings.json", keeper, managed=fixed)
        await mine.enrol(other.url, "EFGH", "desk")
        assert SignedIn(parse(other.url), "others") == await mine.recall()
    with pytest.raises(SignInRefused, match=other.url):
        await account(tmp_path, keyring, relay.url).recall()


async def test_each_profile_has_a_relay_of_its_own(tmp_path: Path, relay: Enrolment) -> None:
    """Two in one keyring: signing out of one leaves the other signed in."""
    keyring = GoodKeyring()
    first, second = (
        Account(tmp_path / f"{name}.json", InKeyring(name, lambda: keyring)) for name in ("default", "work")
    )
    await first.enrol(relay.url, "ABCD", "desk")
    with serving() as other:
        other.body = b'{"token": "others"}'
        await second.forget(await second.enrol(other.url, "ABCD", "desk"))
        assert ["", "Bearer others"] == other.authorizations
    assert SignedIn(parse(relay.url), "secret") == await first.recall()


async def test_a_token_of_an_older_version_belongs_to_the_relay_of_its_settings(tmp_path: Path) -> None:
    """That is where its code was typed; `--relay` makes no other of it, nor does the loss of the settings."""
    keyring = GoodKeyring()
    keyring.set_password(SERVICE, "default", "secret")
    settings.save(tmp_path / "settings.json", Settings("https://relay.example.com"))
    with pytest.raises(SignInRefused, match=r"relay\.example\.com"):
        await account(tmp_path, keyring, "http://localhost:1").recall()
    (tmp_path / "renewal-asked").touch()  # today
    assert SignedIn(parse("relay.example.com"), "secret") == await account(tmp_path, keyring).recall()
    (tmp_path / "settings.json").unlink()
    with pytest.raises(SignInRefused, match=r"relay\.example\.com"):
        await account(tmp_path, keyring, "http://localhost:1").recall()


async def test_a_token_of_an_older_version_is_nobodys_where_no_file_says_whose(tmp_path: Path) -> None:
    """It is not sent to the relay of this run, and a code is asked for, with the reason."""
    keyring = GoodKeyring()
    keyring.set_password(SERVICE, "default", "secret")
    with serving() as relay:
        for _ in range(2):
            with pytest.raises(SignInRefused) as refusal:
                await account(tmp_path, keyring, relay.url).recall()
            assert SignInProblem.UNKNOWN_RELAY is refusal.value.problem
        assert [] == relay.requests
        await account(tmp_path, keyring).enrol(relay.url, "ABCD", "desk")
        assert SignedIn(parse(relay.url), "secret") == await account(tmp_path, keyring).recall()


@pytest.mark.parametrize(
    ("noted", "problem"),
    [("", SignInProblem.UNKNOWN_RELAY), ("https://relay.example.com", SignInProblem.OTHER_RELAY)],
)
async def test_what_an_older_version_noted_beside_the_settings_counts(
    tmp_path: Path, relay: Enrolment, noted: str, problem: SignInProblem
) -> None:
    """Empty: an enrolment was cut short. The old relay's, or the new one's? Nobody knows. Then it goes."""
    keyring = GoodKeyring()
    keyring.set_password(SERVICE, "default", "secret")
    settings.save(tmp_path / "settings.json", Settings(relay.url))
    (tmp_path / "signed-in-at").write_text(noted)
    with pytest.raises(SignInRefused) as refusal:
        await account(tmp_path, keyring).recall()
    assert (problem, []) == (refusal.value.problem, relay.requests)
    await account(tmp_path, keyring).enrol(relay.url, "ABCD", "desk")
    assert not (tmp_path / "signed-in-at").exists()


async def test_a_token_from_standard_input_is_for_the_relay_given_with_it(tmp_path: Path) -> None:
    """Whatever this profile was signed in at before."""
    settings.save(tmp_path / "settings.json", Settings("https://relay.example.com"))
    kiosk = Account(tmp_path / "settings.json", InMemory("secret"), "http://localhost:1")
    assert SignedIn(parse("localhost:1"), "secret") == await kiosk.recall()
