"""What the facts mean for the people who answer calls: checks, each with how to mend what is wrong. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cti_desktop.core.numbers import to_display, to_e164
from cti_desktop.relay.facts import Facts, Received, Stranger

SILENCE: Final = timedelta(hours=24)
_ROTATION: Final = timedelta(days=14)
_CLOCK_SLACK: Final = timedelta(minutes=2)
_NAMED: Final = 10
RING_KINDS: Final = frozenset({"call.dial_begin", "v1.incall"})
_END_KINDS: Final = frozenset({"call.end", "call.summary", "v1.after_call"})


class Level(Enum):
    """How bad it is. FAIL: something does not work, or is lost."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `mend` is what to do, empty where all is well."""

    name: str
    level: Level
    says: str
    mend: str = ""


def judge(facts: Facts, sources: Sequence[str], now: datetime) -> list[Check]:
    """All checks that need nothing but the store. `sources` are the configured ones."""
    return [check for look in _LOOKS for check in look(facts, sources, now)]


def _integrity(facts: Facts, _sources: Sequence[str], _now: datetime) -> Iterator[Check]:
    if facts.damage:
        says = f"the database is damaged: {'; '.join(facts.damage)}"
        yield Check(
            "integrity", Level.FAIL, says, "Stop the relay, keep a copy of the file, restore the backup."
        )
    else:
        yield Check("integrity", Level.OK, "the database is sound")


def _clock(facts: Facts, _sources: Sequence[str], now: datetime) -> Iterator[Check]:
    latest = max((r.last_at for r in facts.received), default=now)
    if latest > now + _CLOCK_SLACK:
        says = f"the clock says {_at(now)}, but a webhook came at {_at(latest)}: it was set back"
        yield Check(
            "clock", Level.WARN, says, "Let the system keep its time by NTP (timedatectl set-ntp true)."
        )
    else:
        yield Check("clock", Level.OK, f"it is {_at(now)}")


def _secrets(facts: Facts, sources: Sequence[str], now: datetime) -> Iterator[Check]:
    for source in sources:
        active = [s for s in facts.secrets if s.source == source]
        if not active:
            says = f"{source} has no secret: every webhook is refused, and its calls are lost"
            mend = f"cti-relay secret add --source {source}, and set it in the provider's panel."
            yield Check("secrets", Level.FAIL, says, mend)
        elif len(active) > 1 and active[-1].since < now - _ROTATION:
            says = (
                f"{source} has had two secrets since {_at(active[-1].since)}: the rotation was not finished"
            )
            mend = f"Once the provider uses the newer one: cti-relay secret retire {active[0].id}"
            yield Check("secrets", Level.WARN, says, mend)
        else:
            yield Check("secrets", Level.OK, f"{source} has {_count(len(active), 'active secret')}")


def _agents(facts: Facts, _sources: Sequence[str], _now: datetime) -> Iterator[Check]:
    if not facts.agents:
        mend = 'cti-relay agent add "NAME" --phone +91…, or cti-relay agent import FILE.csv'
        yield Check("agents", Level.WARN, "there are no agents: no call reaches anybody's screen", mend)
        return
    yield Check("agents", Level.OK, f"there {_are(len(facts.agents), 'agent')}")
    yield from _about(
        [a.name for a in facts.agents if not a.reachable],
        "no phone, e-mail or extension, so no call finds them: {}",
        'cti-relay agent phone "{}" --phone +91…',
    )
    yield from _about(
        [a.name for a in facts.agents if not a.signed_in],
        "no device is signed in, calls pop nowhere: {}",
        'cti-relay agent enrol "{}", and type the code into CTI Desktop.',
    )
    yield from _about(
        [a.name for a in facts.agents if a.signed_in and a.last_seen_at is None],
        "signed in, but never connected: {}",
        "Does CTI Desktop run there, and does it reach the relay's address? Begin with {}.",
    )


def _unrouted(facts: Facts, _sources: Sequence[str], _now: datetime) -> Iterator[Check]:
    for stranger in facts.unrouted[:_NAMED]:
        times = _count(stranger.count, "call")
        says = (
            f"nobody has {_shown(stranger.who)}: {times} popped nowhere, the last at {_at(stranger.last_at)}"
        )
        yield Check("unrouted", Level.WARN, says, _adoption(stranger))
    more = len(facts.unrouted) - _NAMED
    if more > 0:
        yield Check("unrouted", Level.WARN, f"and {more} more that nobody has", "Mend these first.")
    if not facts.unrouted:
        yield Check("unrouted", Level.OK, "every call found its agents")


def _adoption(stranger: Stranger) -> str:
    """The command that makes `stranger` somebody's."""
    who = stranger.who
    if to_e164(who) == who:
        new = f'cti-relay agent add "NAME" --phone {who}'
        return f'{new}, or for somebody who is there: cti-relay agent phone "NAME" --phone {who}'
    if "@" in who:
        return f'cti-relay agent add "NAME" --email {who}'
    if who.startswith("extension "):
        return f'cti-relay agent add "NAME" --extension {who.removeprefix("extension ")}'
    return f"Find {who} among the users in the provider's panel, and add their phone here."


def _received(facts: Facts, sources: Sequence[str], now: datetime) -> Iterator[Check]:
    for source in sources:
        came = [r for r in facts.received if r.source == source]
        latest = max((r.last_at for r in came), default=None)
        if latest is None:
            says = f"no webhook of {source} ever came"
            yield Check("webhooks", Level.WARN, says, SILENT_MEND)
        elif now - latest > SILENCE:
            says = f"{source} is silent since {_at(latest)}"
            yield Check("webhooks", Level.WARN, says, SILENT_MEND)
        else:
            kinds = ", ".join(f"{r.kind or 'not understood'} {_at(r.last_at)}" for r in came)
            yield Check("webhooks", Level.OK, f"{source}, the last of each kind: {kinds}")
        yield from _missing_kinds(source, came)


SILENT_MEND: Final = (
    "In MyOperator's panel: is the webhook there, enabled, with Method POST and the URL that "
    "`cti-relay init` printed? Is that URL reachable from the internet? After many failures "
    "MyOperator disables a webhook by itself. Then make a test call."
)


def _refused(facts: Facts, _sources: Sequence[str], _now: datetime) -> Iterator[Check]:
    for refused in facts.refused:
        since = max((r.last_at for r in facts.received if r.source == refused.source), default=None)
        many = _count(refused.count, "webhook")
        says = f"{many} of {refused.source} refused for a wrong secret, the last at {_at(refused.last_at)}"
        if since is None or refused.last_at > since:
            yield Check(
                "refused", Level.FAIL, f"{says}. None was accepted since: calls are being lost", _REFUSED
            )
        else:
            says += (
                f". Since then others were accepted ({_at(since)}): a stranger, or one of several webhooks"
            )
            yield Check("refused", Level.WARN, says, _REFUSED)
    if not facts.refused:
        yield Check("refused", Level.OK, "no webhook was refused")


_REFUSED: Final = (
    "Compare the secret in MyOperator's panel (of each webhook) with the relay's. Secrets are shown once: "
    "if it is lost, `cti-relay secret add`, put the new one into the panel, then `cti-relay secret retire`."
)


def _missing_kinds(source: str, came: Iterable[Received]) -> Iterator[Check]:
    kinds = {r.kind for r in came}
    if kinds & _END_KINDS and not kinds & RING_KINDS:
        says = f"{source} tells of calls when they are over, never when they ring: nothing can pop"
        mend = "In MyOperator's panel, tick call.dial_begin (v2), or set the Incall webhook (v1)."
        yield Check("webhooks", Level.WARN, says, mend)
    if kinds & RING_KINDS and not kinds & _END_KINDS:
        says = f"{source} tells when calls ring, never when they end: they are closed by a timeout"
        mend = (
            "In MyOperator's panel, tick call.end and call.summary (v2), or set the After Call webhook (v1)."
        )
        yield Check("webhooks", Level.WARN, says, mend)


def _quarantined(facts: Facts, _sources: Sequence[str], _now: datetime) -> Iterator[Check]:
    for source in dict.fromkeys(kept.source for kept in facts.quarantined):
        reasons = [kept for kept in facts.quarantined if kept.source == source]
        many = _count(sum(kept.count for kept in reasons), "body", "bodies")
        why = "; ".join(f"{kept.reason} ({kept.count})" for kept in reasons[:_NAMED])
        last = _at(max(kept.last_at for kept in reasons))
        says = f"{many} of {source} not understood, the last at {last}: {why}"
        mend = (
            "They are kept whole, nothing is lost. If it is no JSON: in MyOperator's panel set Content-Type "
            "to application/json. Otherwise report it: the provider sends something new."
        )
        yield Check("quarantine", Level.WARN, says, mend)
    if not facts.quarantined:
        yield Check("quarantine", Level.OK, "every webhook was understood")


def _about(names: Sequence[str], says: str, mend: str) -> Iterator[Check]:
    """One check about all of `names`, if there are any; how to mend it is said for the first."""
    if names:
        shown = ", ".join(names[:_NAMED]) + (
            f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        )
        yield Check("agents", Level.WARN, says.format(shown), mend.format(names[0]))


def _shown(who: str) -> str:
    return to_display(who) if to_e164(who) == who else who


def _at(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _are(number: int, one: str) -> str:
    return f"{'is' if number == 1 else 'are'} {_count(number, one)}"


_LOOKS: Final[Sequence[Callable[[Facts, Sequence[str], datetime], Iterator[Check]]]] = (
    _integrity,
    _clock,
    _secrets,
    _agents,
    _unrouted,
    _received,
    _refused,
    _quarantined,
)
