"""`cti-relay agent …`."""

import re
from pathlib import Path

from tests.helpers.relay_cli import Keyboard

ROLL = """\
Phone;Name;E-Mail
9999900002|9999900003;Ben;ben@e.in
9999900001;Cid;
;Dev;dev@e.in
"""


def test_add_and_list(keyboard: Keyboard) -> None:
    """An agent is added in words, and listed."""
    said = keyboard.types(
        "agent", "add", "Asha Rao", "--phone", "99999 00001", "--phone", "9999900009", "--queue", "Sales"
    )

    assert re.fullmatch(r'Asha Rao is agt_\w+\.\nNext: cti-relay agent enrol "Asha Rao"\n', said)
    heading, line = keyboard.types("agent", "list").splitlines()
    assert heading.split() == ["ID", "NAME", "PHONES", "E-MAIL", "EXT", "QUEUE", "DISABLED"]
    assert line.endswith("Asha Rao  +919999900001 +919999900009               Sales")


def test_add_as_json(keyboard: Keyboard) -> None:
    """Scripts get the id and the name."""
    added = keyboard.gets("agent", "add", "Asha", "--email", "a@e.in", "--extension", "9")

    assert sorted(added) == ["id", "name"]
    assert [(a["id"], a["email"], a["extension"]) for a in keyboard.gets("agent", "list")] == [
        (added["id"], "a@e.in", "9")
    ]


def test_an_agent_whom_no_call_finds(keyboard: Keyboard) -> None:
    """Added, as scripts may know the phone only later, and said on stderr; an e-mail address would do."""
    said, warned = keyboard.prints("agent", "add", "Asha")
    assert said.startswith("Asha is agt_")
    assert warned == (
        "Asha has no phone, e-mail or extension, so no call finds them. "
        'Give them a phone: cti-relay agent phone "Asha" --phone +91…\n'
    )
    assert sorted(keyboard.gets("agent", "add", "Ben", "--extension", " ")) == ["id", "name"]
    for way in (["--phone", "9999900001"], ["--email", "c@e.in"], ["--extension", "12"]):
        assert keyboard.prints("agent", "add", way[1], *way)[1] == ""


def test_an_empty_roster(keyboard: Keyboard) -> None:
    """Nobody is said in words, and is an empty array."""
    assert keyboard.types("agent", "list").startswith("There are no agents: cti-relay agent add")
    assert keyboard.gets("agent", "list") == []


def test_a_refusal_names_who_has_the_phone(keyboard: Keyboard) -> None:
    """Exit code 1, and the reason on stderr."""
    keyboard.types("agent", "add", "Asha", "--phone", "9999900001")

    said = keyboard.types("agent", "add", "Ben", "--phone", "09999900001", code=1)
    assert said == "cti-relay: +919999900001 is Asha's already\n"


def test_a_further_phone(keyboard: Keyboard) -> None:
    """A phone is added to somebody who is there."""
    keyboard.types("agent", "add", "Asha")

    assert keyboard.types("agent", "phone", "asha", "--phone", "9999900001") == "Asha has +919999900001.\n"


def test_enrol(keyboard: Keyboard) -> None:
    """A code that can be read out, and until when."""
    keyboard.types("agent", "add", "Asha")

    assert re.match(
        r"Code: \w{4}-\w{4}\nGood for one device until ", keyboard.types("agent", "enrol", "Asha")
    )
    assert sorted(keyboard.gets("agent", "enrol", "Asha")) == ["code", "expires_at"]
    assert "relay's address: nobody has told it yet" in keyboard.types("agent", "enrol", "Asha")
    toml = Path(keyboard.config)
    toml.write_text(toml.read_text().replace("#public_url", "public_url"))
    said = keyboard.types("agent", "enrol", "Asha")
    assert said.endswith("and for the relay's address: https://relay.example.com\n")


def test_token(keyboard: Keyboard) -> None:
    """A token, alone on its line."""
    keyboard.types("agent", "add", "Asha")

    assert keyboard.types("agent", "token", "Asha", "--device", "pc").splitlines()[0].startswith("ctid_")
    assert sorted(keyboard.gets("agent", "token", "Asha", "--device", "pc")) == ["id", "token"]


def test_disable_and_enable(keyboard: Keyboard) -> None:
    """A disabled agent is out until enabled."""
    keyboard.types("agent", "add", "Asha")
    keyboard.types("agent", "token", "Asha", "--device", "pc")

    assert keyboard.types("agent", "disable", "Asha") == "Asha is disabled; 1 tokens revoked.\n"
    assert "disabled" in keyboard.types("agent", "enrol", "Asha", code=1)
    assert keyboard.types("agent", "enable", "Asha").startswith("Asha is back.")


def test_import(keyboard: Keyboard, tmp_path: Path) -> None:
    """Good rows are added; bad ones are listed with file and line, and make the exit code 1."""
    keyboard.types("agent", "add", "Asha", "--phone", "9999900001")
    path = tmp_path / "roll.csv"
    path.write_text(ROLL, encoding="utf-8")

    said = keyboard.types("agent", "import", str(path), code=1)

    assert said == f"{path}:3: Cid: +919999900001 is Asha's already\n"
    assert [a["name"] for a in keyboard.gets("agent", "list")] == ["Asha", "Ben", "Dev"]


def test_import_of_somebody_whom_no_call_finds(keyboard: Keyboard, tmp_path: Path) -> None:
    """Added like the others, and named with the line; the id of the provider's panel would do."""
    path = tmp_path / "roll.csv"
    path.write_text("name,phone,provider_id\nAsha,,u1\nBen,,\nCid,,\n,,\n", encoding="utf-8")
    keyboard.types("agent", "add", "Cid", "--phone", "9999900001")

    _, warned = keyboard.prints("agent", "import", str(path), code=1)

    assert warned.splitlines() == [
        f"{path}:4: Cid: there is an agent named Cid already: names tell agents apart",
        f"{path}:3: Ben is added, but has no phone, e-mail or extension, so no call finds them",
    ]


def test_import_without_faults(keyboard: Keyboard, tmp_path: Path) -> None:
    """A clean list ends with 0 and says how many."""
    path = tmp_path / "roll.csv"
    path.write_text("name,phone\n" + "".join(f"A{i},+9198{i:08}\n" for i in range(450)), encoding="utf-8")

    assert keyboard.types("agent", "import", str(path)) == "450 added, 0 refused.\n"
