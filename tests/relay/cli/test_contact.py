"""`cti-relay contact …`, one entry at a time."""

from tests.helpers.relay_cli import Keyboard


def test_contacts(keyboard: Keyboard) -> None:
    """A contact is added, listed, found and removed."""
    assert keyboard.types("contact", "list") == "The directory is empty.\n"
    said = keyboard.types("contact", "add", "Asha Traders", "--phone", "9820055512", "--company", "ATL")

    assert said.startswith("Asha Traders is con_")
    assert keyboard.types("contact", "list").splitlines()[1].endswith("Asha Traders  ATL      +919820055512")
    (found,) = keyboard.gets("contact", "list", "98200 55512")
    assert found["phones"] == ["+919820055512"]
    assert keyboard.types("contact", "list", "Zubin") == "Nobody is found.\n"
    assert keyboard.types("contact", "remove", found["id"]) == f"{found['id']} is gone.\n"


def test_all_of_it(keyboard: Keyboard) -> None:
    """Owner, VIP, tags, notes, link and the team's own fields."""
    more = ("--owner", "Asha", "--vip", "--tag", "gold", "--notes", "Loud line", "--field", "Plan=A")
    link = ("--link", "https://crm.example.com/1")
    keyboard.types("contact", "add", "Anil", "--phone", "9820055512", *more, *link)

    (entry,) = keyboard.gets("contact", "list")
    assert ("Asha", True, ["gold"], "Loud line", [["Plan", "A"]], "https://crm.example.com/1") == (
        entry["owner"],
        entry["vip"],
        entry["tags"],
        entry["notes"],
        entry["fields"],
        entry["link"],
    )
    assert "is not NAME=TEXT" in keyboard.types(
        "contact", "add", "B", "--phone", "9820055512", "--field", "Plan", code=1
    )


def test_two_of_a_number(keyboard: Keyboard) -> None:
    """Proposed for merging, chosen from, merged."""
    assert keyboard.types("contact", "duplicates") == "No number has several contacts.\n"
    ids = [
        keyboard.gets("contact", "add", name, "--phone", "9820055512")["id"] for name in ("Anil", "Anil R")
    ]

    assert "+919820055512: Anil" in keyboard.types("contact", "duplicates")
    assert (
        keyboard.types("contact", "choose", "9820055512", ids[1])
        == f"+919820055512 is {ids[1]} from now on.\n"
    )
    said = keyboard.types("contact", "merge", *ids)
    assert said.startswith(f"Anil is {ids[0]}.\nTo take it back: cti-relay contact unmerge mrg_")
    assert len(keyboard.gets("contact", "list")) == 1
    keyboard.types("contact", "unmerge", said.split()[-1])
    assert len(keyboard.gets("contact", "list")) == 2
    assert keyboard.types("contact", "part", *ids) == f"{ids[0]} and {ids[1]} stay two.\n"
    assert "Anil (" in keyboard.types("contact", "duplicates")
