"""What the facts mean, and how to mend what is wrong."""

from datetime import UTC, datetime, timedelta

import pytest

from cti_desktop.relay.facts import (
    AgentFacts,
    Facts,
    Quarantined,
    Received,
    RefusedFacts,
    SecretFacts,
    Stranger,
)
from cti_desktop.relay.health import Check, Level, judge

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOURCES = ("myoperator",)

HEALTHY = Facts(
    agents=(AgentFacts("Asha", reachable=True, signed_in=True, last_seen_at=NOW),),
    received=(
        Received("myoperator", "call.dial_begin", 5, NOW - HOUR),
        Received("myoperator", "call.end", 5, NOW - HOUR),
    ),
    secrets=(SecretFacts("sec_1", "myoperator", NOW - 100 * HOUR),),
)


def trouble(facts: Facts, sources: tuple[str, ...] = SOURCES) -> list[Check]:
    """The checks that are not ok."""
    return [check for check in judge(facts, sources, NOW) if check.level is not Level.OK]


def changed(**changes: object) -> Facts:
    """Healthy facts but for some."""
    same = {name: getattr(HEALTHY, name) for name in Facts.__struct_fields__}
    return Facts(**{**same, **changes})


def the_trouble(**changes: object) -> Check:
    """The one check that is not ok."""
    (check,) = trouble(changed(**changes))
    return check


def test_a_healthy_relay() -> None:
    """Every subject is looked at, and all is well; nothing is to be mended."""
    checks = judge(HEALTHY, SOURCES, NOW)

    assert [check.name for check in checks] == [
        "integrity",
        "clock",
        "secrets",
        "agents",
        "unrouted",
        "webhooks",
        "refused",
        "quarantine",
    ]
    assert {(check.level, check.mend) for check in checks} == {(Level.OK, "")}


def test_every_trouble_can_be_mended() -> None:
    """Whatever is not ok says what to do."""
    bad = Facts(
        damage=("page 3",),
        agents=(
            AgentFacts("A", reachable=False, signed_in=False),
            AgentFacts("B", reachable=True, signed_in=True),
        ),
        unrouted=tuple(Stranger(str(i), 1, NOW) for i in range(12)),
        received=(Received("myoperator", "call.end", 1, NOW - 30 * HOUR),),
        quarantined=(Quarantined("myoperator", "no JSON", 1, NOW),),
        refused=(RefusedFacts("myoperator", 1, NOW),),
    )

    assert all(check.mend for check in trouble(bad))
    assert len(trouble(bad)) == 20


def test_a_damaged_database() -> None:
    """The worst comes first."""
    check = the_trouble(damage=("page 3: bad", "index: bad"))

    assert (check.name, check.level) == ("integrity", Level.FAIL)
    assert "page 3: bad; index: bad" in check.says


def test_a_clock_that_was_set_back() -> None:
    """A webhook from the future means that the clock is wrong now, or was then."""
    came = tuple(Received("myoperator", k, 1, NOW + HOUR) for k in ("call.dial_begin", "call.end"))
    check = the_trouble(received=came)

    assert (check.name, check.level) == ("clock", Level.WARN)
    assert "NTP" in check.mend


def test_no_secret() -> None:
    """Without a secret everything is refused: each source by itself."""
    (check,) = [c for c in trouble(HEALTHY, ("myoperator", "second")) if c.name == "secrets"]

    assert check.level is Level.FAIL
    assert check.says == "second has no secret: every webhook is refused, and its calls are lost"
    assert check.mend.startswith("cti-relay secret add --source second")


@pytest.mark.parametrize(("days", "fine"), [(1, True), (15, False)])
def test_an_unfinished_rotation(days: int, *, fine: bool) -> None:
    """Two secrets are right for days, not for weeks; the older one is to be retired."""
    pair = (
        SecretFacts("sec_1", "myoperator", NOW - 2000 * HOUR),
        SecretFacts("sec_2", "myoperator", NOW - 24 * days * HOUR),
    )
    found = trouble(changed(secrets=pair))

    assert [check.mend.endswith("secret retire sec_1") for check in found] == ([] if fine else [True])


def test_no_agents() -> None:
    """A relay without agents pops nothing."""
    assert "cti-relay agent add" in the_trouble(agents=()).mend


@pytest.mark.parametrize(
    ("agent", "says", "mend"),
    [
        (
            AgentFacts("Ben {0}", reachable=False, signed_in=True, last_seen_at=NOW),
            "no phone, e-mail or extension, so no call finds them: Ben {0}",
            'cti-relay agent phone "Ben {0}" --phone +91…',
        ),
        (
            AgentFacts("Ben", reachable=True, signed_in=False),
            "no device is signed in, calls pop nowhere: Ben",
            'cti-relay agent enrol "Ben", and type the code into CTI Desktop.',
        ),
        (AgentFacts("Ben", reachable=True, signed_in=True), "signed in, but never connected: Ben", "Ben."),
    ],
)
def test_an_agent_whose_calls_do_not_pop(agent: AgentFacts, says: str, mend: str) -> None:
    """Why, and the command that mends it."""
    check = the_trouble(agents=(agent,))

    assert (check.level, check.says) == (Level.WARN, says)
    assert check.mend.endswith(mend)


def test_many_agents_are_one_line() -> None:
    """Of a hundred agents who never signed in ten are named."""
    agents = tuple(AgentFacts(f"A{i}", reachable=True, signed_in=False) for i in range(100))

    assert the_trouble(agents=agents).says.endswith("A8, A9 and 90 more")


@pytest.mark.parametrize(
    ("who", "says", "mend"),
    [
        ("+919812312312", "nobody has +91 98123 12312: 1 call", 'agent phone "NAME" --phone +919812312312'),
        ("ben@example.com", "nobody has ben@example.com: 1 call", "--email ben@example.com"),
        ("extension 12", "nobody has extension 12: 1 call", "--extension 12"),
        ("5cd40f65", "nobody has 5cd40f65: 1 call", "Find 5cd40f65 among the users"),
    ],
)
def test_a_number_that_nobody_has(who: str, says: str, mend: str) -> None:
    """The number is named, and the exact command that gives it to somebody."""
    check = the_trouble(unrouted=(Stranger(who, 1, NOW),))

    assert check.says.startswith(says)
    assert mend in check.mend


def test_many_numbers_that_nobody_has() -> None:
    """Ten are listed, the others counted."""
    found = trouble(changed(unrouted=tuple(Stranger(f"x{i}", 2, NOW) for i in range(13))))

    assert len(found) == 11
    assert found[-1].says == "and 3 more that nobody has"


def test_webhooks_that_never_came() -> None:
    """A silent beginning leads to the panel."""
    check = the_trouble(received=())

    assert (check.says, check.level) == ("no webhook of myoperator ever came", Level.WARN)
    assert "MyOperator disables a webhook by itself" in check.mend


def test_webhooks_that_stopped() -> None:
    """A day without any is worth a look."""
    old = tuple(Received("myoperator", k, 1, NOW - 25 * HOUR) for k in ("v1.incall", "v1.after_call"))

    assert the_trouble(received=old).says.startswith("myoperator is silent since ")


@pytest.mark.parametrize(
    ("kind", "mend"),
    [("call.end", "tick call.dial_begin"), ("v1.incall", "tick call.end and call.summary")],
)
def test_half_of_the_webhooks(kind: str, mend: str) -> None:
    """Without rings nothing pops, without ends nothing closes."""
    assert mend in the_trouble(received=(Received("myoperator", kind, 1, NOW),)).mend


@pytest.mark.parametrize(("hours", "level"), [(0.5, Level.FAIL), (2, Level.WARN)])
def test_refused_webhooks(hours: float, level: Level) -> None:
    """A wrong secret is failing while nothing else comes in; later it is somebody else's try."""
    check = the_trouble(refused=(RefusedFacts("myoperator", 4, NOW - hours * HOUR),))

    assert (check.name, check.level) == ("refused", level)
    assert check.says.startswith("4 webhooks of myoperator refused for a wrong secret")
    assert "cti-relay secret add" in check.mend


def test_quarantined_bodies() -> None:
    """What was not understood is counted by its reason; how to mend it is said once."""
    kept = tuple(Quarantined("myoperator", f"reason {i}", i, NOW) for i in (1, 2))
    (found,) = trouble(changed(quarantined=kept))

    assert found.says.startswith("3 bodies of myoperator not understood")
    assert found.says.endswith(": reason 1 (1); reason 2 (2)")
    assert "application/json" in found.mend
