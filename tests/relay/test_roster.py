"""Agents, contacts and the labels of our numbers in a real store."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from cti_desktop.relay import roster
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.roster import NewAgent
from cti_desktop.relay.store import Store
from cti_desktop.relay.tables import agent_provider_ids, unrouted
from tests.helpers.relay_store import NOW, opened

ASHA = NewAgent("Asha Rao", ("99999 00001", "+91 99999 00002"), "Asha@Example.com", "11", "Sales", "uuid-1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with one agent who has everything."""
    with opened(tmp_path) as found:
        found.write_now(lambda c: roster.add_agent(c, ASHA, "IN", NOW))
        yield found


def add(store: Store, new: NewAgent) -> str:
    """Add an agent; their id."""
    return store.write_now(lambda c: roster.add_agent(c, new, "IN", NOW)).id or ""


def refusal(store: Store, new: NewAgent) -> str:
    """Why an agent can't be added."""
    with pytest.raises(Refused) as caught:
        add(store, new)
    return str(caught.value)


def test_an_agent_is_kept_in_normal_spelling(store: Store) -> None:
    """Numbers become E.164 and addresses small letters, so that a provider's spelling finds them."""
    (asha,) = store.read_now(roster.list_agents)

    assert asha == {
        "id": asha["id"],
        "name": "Asha Rao",
        "email": "asha@example.com",
        "extension": "11",
        "queue": "Sales",
        "disabled": False,
        "phones": ["+919999900001", "+919999900002"],
    }
    assert asha["id"].startswith("agt_")
    rows = store.read_now(lambda c: c.execute(select(agent_provider_ids)).all())
    assert [tuple(row) for row in rows] == [("myoperator", "uuid-1", asha["id"])]


def test_a_name_is_enough(store: Store) -> None:
    """Everything else can come later."""
    id_ = add(store, NewAgent("  Ben\n Das "))

    assert [(a["id"], a["name"]) for a in store.read_now(roster.list_agents)][1] == (id_, "Ben Das")


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (NewAgent("Ben", ("09999900001",)), "+919999900001 is Asha Rao's already"),
        (NewAgent("Ben", email="ASHA@example.com"), "asha@example.com is Asha Rao's already"),
        (NewAgent("Ben", extension="11"), "11 is Asha Rao's already"),
        (NewAgent("Ben", provider_id="uuid-1"), "uuid-1 is Asha Rao's already"),
        (NewAgent("Asha Rao"), "there is an agent named Asha Rao already"),
        (NewAgent(" "), "an agent needs a name"),
        (NewAgent("Ben", ("123",)), "'123' is no phone number that can be called"),
        (NewAgent("Ben", email="ben"), "'ben' is no e-mail address"),
    ],
)
def test_what_can_not_be_added_is_explained(store: Store, new: NewAgent, said: str) -> None:
    """Who has the number is named, and nothing of the agent is kept."""
    assert said in refusal(store, new)
    assert len(store.read_now(roster.list_agents)) == 1


@pytest.mark.parametrize("who", ["Asha Rao", " asha  rao ", "ASHA RAO"])
def test_an_agent_is_found_by_name(store: Store, who: str) -> None:
    """Case and blanks don't matter where the name is clear."""
    assert store.read_now(lambda c: roster.find_agent(c, who)).name == "Asha Rao"


def test_an_agent_is_found_by_id(store: Store) -> None:
    """The id always means one agent."""
    id_ = add(store, NewAgent("Ben"))

    assert store.read_now(lambda c: roster.find_agent(c, id_)).name == "Ben"


def test_near_names_are_suggested(store: Store) -> None:
    """A typing error leads to who was meant."""
    with pytest.raises(Refused, match=r"there is no agent 'Asha Roa': did you mean Asha Rao\?"):
        store.read_now(lambda c: roster.find_agent(c, "Asha Roa"))


def test_without_a_near_name_the_list_is_named(store: Store) -> None:
    """A stranger's name leads to the list."""
    with pytest.raises(Refused, match="`cti-relay agent list` shows everybody"):
        store.read_now(lambda c: roster.find_agent(c, "Zubin"))


def test_an_ambiguous_name_is_refused(store: Store) -> None:
    """Two agents whose names differ by case only are told apart by case or id."""
    add(store, NewAgent("asha rao"))

    assert store.read_now(lambda c: roster.find_agent(c, "asha rao")).name == "asha rao"
    with pytest.raises(Refused, match="may mean several agents: say which by id"):
        store.read_now(lambda c: roster.find_agent(c, "ASHA RAO"))


def test_further_phones(store: Store) -> None:
    """An agent gets a phone more; one that they have already is no harm."""
    asha = store.read_now(lambda c: roster.find_agent(c, "Asha Rao"))
    phones = store.write_now(lambda c: roster.add_phones(c, asha, ["9999900001", "9999900003"], "IN"))

    assert phones == ["+919999900001", "+919999900002", "+919999900003"]


def test_a_phone_of_somebody_else(store: Store) -> None:
    """A phone rings for one agent only."""
    add(store, NewAgent("Ben"))
    ben = store.read_now(lambda c: roster.find_agent(c, "Ben"))

    with pytest.raises(Refused, match="is Asha Rao's already"):
        store.write_now(lambda c: roster.add_phones(c, ben, ["9999900001"], "IN"))


def test_what_now_belongs_to_somebody_is_no_longer_unrouted(store: Store) -> None:
    """Mending what `doctor` listed takes it off the list."""
    whos = ["+919999900007", "+919999900008", "ben@example.com", "extension 12", "uuid-2", "nobody"]
    rows = [{"who": w, "count": 1, "first_at": NOW, "last_at": NOW, "last_call_id": "c"} for w in whos]
    store.write_now(lambda c: c.execute(insert(unrouted), rows))

    add(store, NewAgent("Ben", ("9999900007",), "ben@example.com", "12", None, "uuid-2"))
    ben = store.read_now(lambda c: roster.find_agent(c, "Ben"))
    store.write_now(lambda c: roster.add_phones(c, ben, ["9999900008"], "IN"))

    assert store.read_now(lambda c: c.execute(select(unrouted.c.who)).scalars().all()) == ["nobody"]


def test_disabled_and_back(store: Store) -> None:
    """Disabling is no deletion."""
    asha = store.read_now(lambda c: roster.find_agent(c, "Asha Rao"))

    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=True))
    assert [a["disabled"] for a in store.read_now(roster.list_agents)] == [True]
    store.write_now(lambda c: roster.set_disabled(c, asha, disabled=False))
    assert [a["disabled"] for a in store.read_now(roster.list_agents)] == [False]


def test_labels_of_our_numbers(store: Store) -> None:
    """A label can be set, changed and taken away."""
    number = store.write_now(lambda c: roster.label_did(c, "022 4000 1000", "Sales", "IN"))
    store.write_now(lambda c: roster.label_did(c, "02240001000", "Sales – Mumbai", "IN"))
    assert store.read_now(roster.list_dids) == [{"number": number, "label": "Sales – Mumbai"}]

    store.write_now(lambda c: roster.label_did(c, number, "", "IN"))
    assert store.read_now(roster.list_dids) == []
