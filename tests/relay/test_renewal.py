"""A token that is renewed: the fresh one counts at once, the old one until the fresh one was shown."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, insert, select, update

from cti_desktop.core.people import Person
from cti_desktop.relay.config import RetentionConfig
from cti_desktop.relay.credentials import IssuedToken, TokenIndex, issue_token
from cti_desktop.relay.renewal import USUAL, renew
from cti_desktop.relay.tables import agents, metadata, tokens
from tests.helpers.relay_world import NOON, running

ASHA = Person("agt_1", "Asha")
LATER = NOON + timedelta(days=USUAL.renew_token_days)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A store with one agent."""
    engine = create_engine(f"sqlite:///{tmp_path / 'store.db'}")
    metadata.create_all(engine)
    with engine.begin() as conn:
        conn.execute(insert(agents).values(id=ASHA.id, name=ASHA.name, created_at=NOON))
    yield engine
    engine.dispose()


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    """One transaction for the whole test."""
    with engine.begin() as conn:
        yield conn


@pytest.fixture
def old(conn: Connection) -> IssuedToken:
    """A token of noon."""
    return issue_token(conn, ASHA, "desk", NOON)


def counts(conn: Connection, *shown: str | None) -> list[bool]:
    """Which of these tokens open the door."""
    index = TokenIndex.load(conn)
    return [token is not None and index.owner(token) is not None for token in shown]


def test_a_young_token_stays(conn: Connection, old: IssuedToken) -> None:
    """Nothing changes for a month."""
    answer = renew(conn, old.token, LATER - timedelta(seconds=1))
    assert answer is not None
    assert (None, False) == (answer.token, answer.changed)


def test_the_relay_says_how_old_is_old(conn: Connection, old: IssuedToken) -> None:
    """`retention.renew_token_days` and `retention.idle_token_days`."""
    lives = RetentionConfig(renew_token_days=2, idle_token_days=5)
    young = renew(conn, old.token, NOON + timedelta(days=1, hours=23), lives)
    due = renew(conn, old.token, NOON + timedelta(days=2), lives)
    assert young is not None
    assert due is not None
    assert (True, False) == (young.token is None, due.token is None)
    assert renew(conn, str(due.token), NOON + timedelta(days=7, seconds=1), lives) is None


def test_an_old_token_gets_a_successor_and_ends_when_that_is_shown(
    conn: Connection, old: IssuedToken
) -> None:
    """Both count in between: a crash before the fresh one was kept costs nothing."""
    first = renew(conn, old.token, LATER)
    assert first is not None
    assert [True, True] == counts(conn, old.token, first.token)

    confirmed = renew(conn, first.token or "", LATER)

    assert confirmed is not None
    assert (None, True) == (confirmed.token, confirmed.changed)
    assert [False, True] == counts(conn, old.token, first.token)


def test_a_successor_that_was_lost_is_replaced(conn: Connection, old: IssuedToken) -> None:
    """Never more than two count."""
    lost, kept = renew(conn, old.token, LATER), renew(conn, old.token, LATER + timedelta(days=1))
    assert lost is not None
    assert kept is not None
    assert [True, False, True] == counts(conn, old.token, lost.token, kept.token)


def test_other_devices_are_left_alone(conn: Connection, old: IssuedToken) -> None:
    """The agent's laptop goes on."""
    laptop = issue_token(conn, ASHA, "laptop", NOON)
    fresh = renew(conn, old.token, LATER)
    assert fresh is not None
    renew(conn, fresh.token or "", LATER)
    assert [True] == counts(conn, laptop.token)


def test_who_does_not_count_gets_nothing(conn: Connection, old: IssuedToken) -> None:
    """A stranger, a revoked token, a disabled agent: all the same."""
    assert renew(conn, "ctid_stranger", LATER) is None
    conn.execute(update(agents).values(disabled=True))
    assert renew(conn, old.token, LATER) is None
    conn.execute(update(agents).values(disabled=False))
    conn.execute(update(tokens).values(revoked_at=NOON))
    assert renew(conn, old.token, LATER) is None


def test_idle_tokens_end(conn: Connection, old: IssuedToken) -> None:
    """Half a year unseen; being seen counts, not being made."""
    seen = issue_token(conn, ASHA, "laptop", NOON)
    then = NOON + timedelta(days=USUAL.idle_token_days) + timedelta(seconds=1)
    conn.execute(update(tokens).where(tokens.c.id == seen.id).values(last_seen_at=then))
    assert renew(conn, old.token, then) is None
    assert [False, True] == counts(conn, old.token, seen.token)
    assert [then] == list(conn.execute(select(tokens.c.revoked_at).where(tokens.c.id == old.id)).scalars())


async def test_over_http(tmp_path: Path) -> None:
    """The fresh token opens the door at once; no token, no answer; only POST."""
    async with running(tmp_path) as world:
        asha = await world.add_agent("Asha", "+919999911101")
        young = await world.http.post("/renew", headers={"Authorization": f"Bearer {asha.token}"})
        long_ago = NOON - timedelta(days=4000)
        await world.relay.store.write(
            lambda c: c.execute(
                update(tokens).values(created_at=long_ago, last_seen_at=NOON.replace(year=2099))
            )
        )
        fresh = await world.http.post("/renew", headers={"Authorization": f"Bearer {asha.token}"})
        stranger = await world.http.post("/renew", headers={"Authorization": "Bearer ctid_x"})
        get = await world.http.get("/renew")
        again = await world.http.post("/renew", headers={"Authorization": f"Bearer {fresh.json()['token']}"})
        old = await world.http.post("/renew", headers={"Authorization": f"Bearer {asha.token}"})

    assert (200, {"token": None}) == (young.status_code, young.json())
    assert fresh.json()["token"].startswith("ctid_")
    assert [401, 405, 200, 401] == [a.status_code for a in (stranger, get, again, old)]
