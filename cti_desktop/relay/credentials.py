"""Tokens of desktops, enrolment codes, webhook secrets: how they are kept and who they belong to.

Tokens and codes are stored as SHA-256 only. Secrets are stored as they are, because a signature needs them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from cti_desktop.core.people import Person
from cti_desktop.relay.keys import digest, is_token, new_code, new_secret, new_token, normal_code
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import agents, enrolment_codes, secrets, tokens

CODE_LIFE: Final = timedelta(minutes=10)
MAX_ACTIVE_SECRETS: Final = 2
MAX_DEVICE: Final = 100


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token, in the only moment when it is known; `replaced` are the ids of the device's earlier ones."""

    id: str
    token: str = field(repr=False)
    agent: Person
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """An enrolment code, in the only moment when it is known."""

    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenOwner:
    """Whose token it is."""

    token_id: str
    agent: Person
    device: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A webhook secret that counts."""

    id: str
    source: str
    secret: str = field(repr=False)


# --- tokens -----------------------------------------------------------------------------------------------


def issue_token(conn: Connection, agent: Person, device: str, now: datetime) -> IssuedToken:
    """A token for `agent` on `device`. A device has one: its earlier ones are revoked."""
    token = new_token()
    mine = (tokens.c.agent_id == agent.id) & (tokens.c.device == device)
    replaced = _revoke(conn, mine, now)
    row = {"id": f"tok_{uuid.uuid4().hex[:12]}", "agent_id": agent.id, "device": device}
    conn.execute(insert(tokens).values(**row, sha256=digest(token), created_at=now))
    return IssuedToken(row["id"] or "", token, agent, replaced)


def revoke_token(conn: Connection, token_id: str, now: datetime) -> tuple[str, ...]:
    """Revoke one token; the ids that were valid until now. Raises `Refused` for an id that nobody has."""
    if conn.execute(select(tokens.c.id).where(tokens.c.id == token_id)).first() is None:
        raise Refused(f"there is no token {token_id}: `cti-relay token list` shows them all")
    return _revoke(conn, tokens.c.id == token_id, now)


def sign_out(conn: Connection, token: str, now: datetime) -> tuple[str, ...]:
    """End `token`, and with it its device's other ones; what was valid until now, none for a wrong one."""
    shown = (tokens.c.sha256 == digest(token)) & tokens.c.revoked_at.is_(None)
    row = conn.execute(select(tokens.c.agent_id, tokens.c.device).where(shown)).one_or_none()
    if row is None:
        return ()
    return _revoke(conn, (tokens.c.agent_id == row.agent_id) & (tokens.c.device == row.device), now)


def revoke_tokens_of(conn: Connection, agent_id: str, now: datetime) -> tuple[str, ...]:
    """Revoke all tokens of an agent and forget unused codes; the ids that were valid until now."""
    conn.execute(delete(enrolment_codes).where(enrolment_codes.c.agent_id == agent_id))
    return _revoke(conn, tokens.c.agent_id == agent_id, now)


def _revoke(conn: Connection, which: ColumnElement[bool], now: datetime) -> tuple[str, ...]:
    valid = which & tokens.c.revoked_at.is_(None)
    ids = tuple(conn.execute(select(tokens.c.id).where(valid)).scalars())
    conn.execute(update(tokens).where(valid).values(revoked_at=now))
    return ids


@dataclass(frozen=True, slots=True)
class TokenIndex:
    """All valid tokens, in memory for the hot path. Load it again after every change."""

    by_digest: Mapping[str, TokenOwner] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, conn: Connection) -> TokenIndex:
        """The index of the tokens that count now."""
        columns = (tokens.c.sha256, tokens.c.id, tokens.c.device, agents.c.id, agents.c.name)
        rows = conn.execute(
            select(*columns)
            .join(agents, agents.c.id == tokens.c.agent_id)
            .where(tokens.c.revoked_at.is_(None), ~agents.c.disabled)
        )
        return cls({sha: TokenOwner(id_, Person(agent, name), dev) for sha, id_, dev, agent, name in rows})

    def owner(self, token: str) -> TokenOwner | None:
        """Whose `token` it is. None for wrong, revoked and disabled ones alike."""
        # Looking up a digest tells an attacker's clock nothing about the token.
        return self.by_digest.get(digest(token)) if is_token(token) else None


# --- enrolment codes --------------------------------------------------------------------------------------


def issue_code(conn: Connection, agent_id: str, now: datetime, life: timedelta = CODE_LIFE) -> IssuedCode:
    """A single-use code for an agent; earlier unused ones of that agent end."""
    outdated = (enrolment_codes.c.agent_id == agent_id) | (enrolment_codes.c.expires_at < now - CODE_LIFE)
    conn.execute(delete(enrolment_codes).where(outdated))
    code = IssuedCode(new_code(), now + life)
    row = {"sha256": digest(normal_code(code.code)), "agent_id": agent_id}
    conn.execute(insert(enrolment_codes).values(**row, created_at=now, expires_at=code.expires_at))
    return code


def redeem(conn: Connection, code: str, device: str, now: datetime) -> IssuedToken | None:
    """The token that `code` buys for `device`; None for a wrong, used or expired code or a disabled agent."""
    typed = enrolment_codes.c.sha256 == digest(normal_code(code))
    unused = typed & enrolment_codes.c.used_at.is_(None) & (enrolment_codes.c.expires_at > now)
    agent_id = conn.execute(select(enrolment_codes.c.agent_id).where(unused)).scalar()
    owner = conn.execute(select(agents.c.name).where(agents.c.id == agent_id, ~agents.c.disabled)).scalar()
    if agent_id is None or owner is None:
        return None
    conn.execute(update(enrolment_codes).where(typed).values(used_at=now))
    return issue_token(conn, Person(agent_id, owner), device.strip()[:MAX_DEVICE], now)


# --- webhook secrets --------------------------------------------------------------------------------------


def add_secret(conn: Connection, source: str, now: datetime) -> Secret:
    """A further secret for `source`. Raises `Refused` when two are active already."""
    active = [s for s in active_secrets(conn) if s.source == source]
    if len(active) >= MAX_ACTIVE_SECRETS:
        names = " and ".join(s.id for s in active)
        raise Refused(
            f"{source} has {MAX_ACTIVE_SECRETS} active secrets already ({names}). "
            f"Retire the one that the provider doesn't use any more: cti-relay secret retire ID"
        )
    secret = Secret(f"sec_{uuid.uuid4().hex[:12]}", source, new_secret())
    row = {"id": secret.id, "source": source, "secret": secret.secret}
    conn.execute(insert(secrets).values(**row, created_at=now))
    return secret


def retire_secret(conn: Connection, secret_id: str, now: datetime, *, force: bool = False) -> None:
    """End a secret. Raises `Refused` for an unknown one, and for a source's last one unless `force`."""
    active = active_secrets(conn)
    secret = next((s for s in active if s.id == secret_id), None)
    if secret is None:
        raise Refused(f"there is no active secret {secret_id}: `cti-relay secret list` shows them all")
    if not force and sum(s.source == secret.source for s in active) == 1:
        raise Refused(
            f"{secret_id} is the last secret of {secret.source}: without it every webhook is refused, and "
            f"calls are lost. Add another one first (cti-relay secret add), or say --force"
        )
    conn.execute(update(secrets).where(secrets.c.id == secret_id).values(retired_at=now))


def active_secrets(conn: Connection) -> list[Secret]:
    """All secrets that count, the newest first."""
    columns = (secrets.c.id, secrets.c.source, secrets.c.secret)
    rows = conn.execute(
        select(*columns).where(secrets.c.retired_at.is_(None)).order_by(secrets.c.created_at.desc())
    )
    return [Secret(*row) for row in rows]
