"""Commands about callers, as the running relay performs them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.command import Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

ONE = "+919999900001"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with opened(tmp_path) as found:
        yield found


def run(store: Store, name: str, /, **args: Any) -> Any:  # noqa: ANN401 - JSON
    """What the command answers."""
    return store.write_now(lambda c: command(name).run(c, args, Circumstances(NOW, who="meera"))).result


def test_add_list_choose_and_remove(store: Store) -> None:
    """One entry's life; taking it out leaves a trace without its number."""
    added = run(store, "contact.add", name="Asha", phones=["9999900001"], vip=True, fields={"Plan": "A"})
    (listed,) = run(store, "contact.list", text="99999 00001")
    assert (added["id"], [ONE], True, [("Plan", "A")]) == (
        listed["id"],
        listed["phones"],
        listed["vip"],
        [tuple(f) for f in listed["fields"]],
    )
    assert run(store, "contact.choose", number="9999900001", id=added["id"])["number"] == ONE
    assert run(store, "contact.count") == {"contacts": 1}
    run(store, "contact.remove", id=added["id"])

    traces = store.read_now(lambda c: c.execute(select(audit.c.what, audit.c.subject)).all())
    assert [("contact.remove", added["id"])] == [tuple(t) for t in traces]


def test_what_can_not_be_done_is_refused(store: Store) -> None:
    """In words for people."""
    with pytest.raises(Refused, match="no https:// address"):
        run(store, "contact.add", name="A", phones=[ONE], link="http://x")
    with pytest.raises(Refused, match="doesn't have"):
        run(store, "contact.choose", number=ONE, id="con_1")
    with pytest.raises(Refused, match="no agent"):
        run(store, "owed.list", agent="Zubin")


def test_import_page_and_merge(store: Store) -> None:
    """Rows as a file reader gives them; all of them again by pages."""
    rows = [{"key": f"id:{n}", "name": f"N{n}", "numbers": [ONE]} for n in range(2)]
    assert run(store, "contact.import", rows=rows) == {"added": 2, "updated": 0}
    a, b = run(store, "contact.page", after="")
    assert {"N0", "N1"} == {c["name"] for c in run(store, "contact.duplicates")[0]["contacts"]}
    merged = run(store, "contact.merge", keep=a["id"], other=b["id"])
    assert merged["id"] == a["id"]
    assert run(store, "contact.exported") == {"contacts": 1}
    traces = store.read_now(lambda c: c.execute(select(audit.c.who, audit.c.what, audit.c.subject)).all())
    assert [
        ("meera", "contact.merge", f"{a['id']} {b['id']} {merged['merge']}"),
        ("meera", "contact.export", ""),
    ] == list(map(tuple, traces))
    assert run(store, "owed.list") == []
