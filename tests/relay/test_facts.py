"""What the store tells about the relay's health."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, update

from cti_desktop.core.people import Person
from cti_desktop.relay import credentials, facts, roster
from cti_desktop.relay.facts import (
    AgentFacts,
    Facts,
    Quarantined,
    Received,
    RefusedFacts,
    SecretFacts,
    Stranger,
)
from cti_desktop.relay.rounds import REFUSED
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import inbox, meta, tokens, unrouted
from tests.helpers.relay_store import NOW, opened

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def gathered(store: Store) -> Facts:
    """What is known, from a connection that can't write."""
    return store.read_now(facts.gather)


def test_a_new_store_knows_nothing(store: Store) -> None:
    """A sound, empty store."""
    assert gathered(store) == Facts()


def test_agents(store: Store) -> None:
    """Who can be found by a call, who has a token, who was seen; disabled ones are left out."""

    def add(name: str, *phones: str, extension: str | None = None, provider_id: str | None = None) -> Person:
        new = roster.NewAgent(name, phones, extension=extension, provider_id=provider_id)
        return store.write_now(lambda c: roster.add_agent(c, new, "IN", NOW))

    add("By phone", "9999900001")
    add("By extension", extension="7")
    add("By id", provider_id="u-1")
    signed_in, seen, gone = add("Signed in"), add("Seen"), add("Gone")
    store.write_now(lambda c: [credentials.issue_token(c, a, "pc", NOW) for a in (signed_in, seen)])
    store.write_now(
        lambda c: c.execute(update(tokens).where(tokens.c.agent_id == seen.id).values(last_seen_at=LATER))
    )
    store.write_now(lambda c: roster.set_disabled(c, gone, disabled=True))

    assert gathered(store).agents == (
        AgentFacts("By extension", reachable=True, signed_in=False),
        AgentFacts("By id", reachable=True, signed_in=False),
        AgentFacts("By phone", reachable=True, signed_in=False),
        AgentFacts("Seen", reachable=False, signed_in=True, last_seen_at=LATER),
        AgentFacts("Signed in", reachable=False, signed_in=True),
    )


def test_a_revoked_token_is_no_sign_in(store: Store) -> None:
    """Only what would let somebody in counts."""
    agent = store.write_now(lambda c: roster.add_agent(c, roster.NewAgent("A"), "IN", NOW))
    store.write_now(lambda c: credentials.issue_token(c, agent, "pc", NOW))
    store.write_now(lambda c: credentials.revoke_tokens_of(c, agent.id or "", NOW))

    assert [a.signed_in for a in gathered(store).agents] == [False]


def test_strangers(store: Store) -> None:
    """Whom nobody is, the latest first."""
    rows = [
        {"who": who, "count": 2, "first_at": NOW, "last_at": at, "last_call_id": "c"}
        for who, at in (("old", NOW), ("new", LATER))
    ]
    store.write_now(lambda c: c.execute(insert(unrouted), rows))

    assert gathered(store).unrouted == (Stranger("new", 2, LATER), Stranger("old", 2, NOW))


def test_what_came(store: Store) -> None:
    """Webhooks by kind, and those that were not understood by reason."""
    came = [
        ("call.end", "stored", None, NOW),
        ("call.end", "stored", None, LATER),
        (None, "quarantined", "no JSON", NOW),
    ]
    rows = [
        {
            "source": "myoperator",
            "dedupe_key": str(i),
            "kind": kind,
            "received_at": at,
            "content_type": "",
            "body": b"",
            "outcome": outcome,
            "reason": reason,
        }
        for i, (kind, outcome, reason, at) in enumerate(came)
    ]
    store.write_now(lambda c: c.execute(insert(inbox), rows))

    found = gathered(store)
    assert found.received == (
        Received("myoperator", "call.end", 2, LATER),
        Received("myoperator", None, 1, NOW),
    )
    assert found.quarantined == (Quarantined("myoperator", "no JSON", 1, NOW),)


def test_secrets_and_refusals(store: Store) -> None:
    """Active secrets by age, and the refusals that the relay noted."""
    secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW))
    row = {"key": f"{REFUSED}myoperator", "value": '{"count":3,"last_at":"2026-08-01T09:00:00Z"}'}
    store.write_now(lambda c: c.execute(insert(meta), row))

    found = gathered(store)
    assert found.secrets == (SecretFacts(secret.id, "myoperator", NOW),)
    assert found.refused == (RefusedFacts("myoperator", 3, NOW),)
    assert secret.secret not in repr(found)


def test_touching_writes(store: Store) -> None:
    """The write that shows that writing works, again and again."""
    store.write_now(lambda c: facts.touch(c, NOW))
    store.write_now(lambda c: facts.touch(c, LATER))

    values = store.read_now(
        lambda c: c.execute(select(meta.c.value).where(meta.c.key == "doctor")).scalars().all()
    )
    assert values == [LATER.isoformat()]
