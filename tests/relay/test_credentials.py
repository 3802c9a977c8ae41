"""Tokens, enrolment codes and webhook secrets in a real store."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.core.people import Person
from cti_desktop.relay import credentials, roster
from cti_desktop.relay.credentials import CODE_LIFE, TokenIndex, TokenOwner
from cti_desktop.relay.keys import new_token
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.renewal import renew
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import enrolment_codes, tokens
from tests.helpers.relay_store import NOW, opened


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def asha(store: Store) -> Person:
    """An agent."""
    return store.write_now(lambda c: roster.add_agent(c, roster.NewAgent("Asha"), "IN", NOW))


def index(store: Store) -> TokenIndex:
    """The tokens that count now."""
    return store.read_now(TokenIndex.load)


def test_a_token_leads_to_its_owner(store: Store, asha: Person) -> None:
    """Who comes with a token is that agent, on that device."""
    issued = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))

    assert index(store).owner(issued.token) == TokenOwner(issued.id, asha, "pc-1")


def test_only_a_digest_is_kept(store: Store, asha: Person) -> None:
    """Nobody who reads the store can come in with what stands there."""
    issued = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))
    row = store.read_now(lambda c: c.execute(select(tokens)).one())

    assert issued.token not in repr(row)
    assert issued.token not in repr(issued)
    assert issued.token not in repr(index(store))


@pytest.mark.parametrize("token", ["", "ctid_x", new_token()])
def test_other_tokens_belong_to_nobody(store: Store, asha: Person, token: str) -> None:
    """A token that was never issued opens nothing."""
    store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))

    assert index(store).owner(token) is None


def test_a_device_has_one_token(store: Store, asha: Person) -> None:
    """Enrolling a device again ends what it had; other devices keep theirs."""
    first = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))
    other = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-2", NOW))
    second = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))

    assert second.replaced == (first.id,)
    assert [index(store).owner(t.token) is not None for t in (first, other, second)] == [False, True, True]


def test_a_revoked_token_ends(store: Store, asha: Person) -> None:
    """Revoking says which connections to close; doing it again is harmless."""
    issued = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))

    assert store.write_now(lambda c: credentials.revoke_token(c, issued.id, NOW)) == (issued.id,)
    assert store.write_now(lambda c: credentials.revoke_token(c, issued.id, NOW)) == ()
    assert index(store).owner(issued.token) is None


def test_signing_out(store: Store, asha: Person) -> None:
    """Of its device nothing counts any more, also not what it was just renewed to; other devices go on."""
    mine = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))
    other = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-2", NOW))
    fresh = store.write_now(lambda c: renew(c, mine.token, NOW + timedelta(days=31)))
    assert fresh is not None

    ended = store.write_now(lambda c: credentials.sign_out(c, fresh.token or "", NOW))

    assert (len(ended), mine.id in ended) == (2, True)
    assert [index(store).owner(t) is None for t in (mine.token, fresh.token or "", other.token)] == [
        True,
        True,
        False,
    ]
    assert store.write_now(lambda c: credentials.sign_out(c, mine.token, NOW)) == ()
    assert store.write_now(lambda c: credentials.sign_out(c, new_token(), NOW)) == ()


def test_revoking_an_unknown_token_is_refused(store: Store) -> None:
    """A typing error is said, not swallowed."""
    with pytest.raises(Refused, match="there is no token tok_x: `cti-relay token list`"):
        store.write_now(lambda c: credentials.revoke_token(c, "tok_x", NOW))


def test_a_disabled_agents_tokens_do_not_count(store: Store, asha: Person) -> None:
    """Somebody who left can't come in, even with a token that nobody revoked."""
    issued = store.write_now(lambda c: credentials.issue_token(c, asha, "pc-1", NOW))
    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=True))

    assert index(store).owner(issued.token) is None


def test_a_code_buys_one_token(store: Store, asha: Person) -> None:
    """A code works once, however it is typed."""
    code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))
    typed = code.code.lower().replace("-", " ")

    issued = store.write_now(lambda c: credentials.redeem(c, typed, " pc-1 ", NOW))
    again = store.write_now(lambda c: credentials.redeem(c, typed, "pc-1", NOW))

    assert issued is not None
    assert index(store).owner(issued.token) == TokenOwner(issued.id, asha, "pc-1")
    assert again is None
    assert code.expires_at == NOW + CODE_LIFE


def test_a_code_expires(store: Store, asha: Person) -> None:
    """After ten minutes a code is worth nothing."""
    code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))

    assert store.write_now(lambda c: credentials.redeem(c, code.code, "pc", NOW + CODE_LIFE)) is None


def test_a_new_code_ends_the_old_one(store: Store, asha: Person) -> None:
    """Of an agent's codes only the last counts, and old ones don't pile up."""
    first = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))
    second = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))

    assert store.write_now(lambda c: credentials.redeem(c, first.code, "pc", NOW)) is None
    assert store.write_now(lambda c: credentials.redeem(c, second.code, "pc", NOW)) is not None
    assert len(store.read_now(lambda c: c.execute(select(enrolment_codes)).all())) == 1


def test_a_code_is_kept_as_a_digest(store: Store, asha: Person) -> None:
    """A code stands neither in the store nor in a repr."""
    code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))
    row = store.read_now(lambda c: c.execute(select(enrolment_codes)).one())

    assert code.code not in repr(row)
    assert code.code not in repr(code)


@pytest.mark.parametrize("typed", ["", "ZZZZ-ZZZZ", "\ud800", "x" * 5000])
def test_a_wrong_code_buys_nothing(store: Store, asha: Person, typed: str) -> None:
    """Guessing costs nobody anything."""
    store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))

    assert store.write_now(lambda c: credentials.redeem(c, typed, "pc", NOW)) is None


def test_a_disabled_agent_cannot_enrol(store: Store, asha: Person) -> None:
    """Disabling forgets the codes that were handed out."""
    code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))
    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=True))

    assert store.write_now(lambda c: credentials.redeem(c, code.code, "pc", NOW)) is None


def test_revoking_all_of_an_agents_tokens(store: Store, asha: Person) -> None:
    """Tokens of all devices end together, and unused codes with them."""
    issued = store.write_now(lambda c: [credentials.issue_token(c, asha, device, NOW) for device in "ab"])
    code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW))

    ended = store.write_now(lambda c: credentials.revoke_tokens_of(c, asha.id or "", NOW))

    assert sorted(ended) == sorted(i.id for i in issued)
    assert store.write_now(lambda c: credentials.redeem(c, code.code, "pc", NOW)) is None


def test_two_secrets_can_count(store: Store) -> None:
    """For a rotation there are two for a while, the newest first, and never three."""
    first = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    second = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW + timedelta(days=1)))

    assert store.read_now(credentials.active_secrets) == [second, first]
    with pytest.raises(Refused, match=f"{second.id} and {first.id}"):
        store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    store.write_now(lambda c: credentials.add_secret(c, "other", NOW))


def test_a_retired_secret_counts_no_more(store: Store) -> None:
    """After the rotation only the new one is left."""
    first = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    second = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    store.write_now(lambda c: credentials.retire_secret(c, first.id, NOW))

    assert store.read_now(credentials.active_secrets) == [second]


def test_the_last_secret_is_kept(store: Store) -> None:
    """Retiring the last one would lose calls: only with force."""
    only = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    store.write_now(lambda c: credentials.add_secret(c, "other", NOW))

    with pytest.raises(Refused, match=r"is the last secret of myoperator.*calls are lost.*--force"):
        store.write_now(lambda c: credentials.retire_secret(c, only.id, NOW))
    store.write_now(lambda c: credentials.retire_secret(c, only.id, NOW, force=True))
    with pytest.raises(Refused, match="there is no active secret"):
        store.write_now(lambda c: credentials.retire_secret(c, only.id, NOW))


def test_a_secret_stays_out_of_its_repr(store: Store) -> None:
    """Logging a secret's record by accident shows nothing."""
    secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))

    assert secret.secret not in repr(secret)
