"""What may stand in lookups.toml."""

from pathlib import Path

import pytest

from cti_desktop.assets import resource
from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.lookup_sources import HttpLookup, load

GOOD = """
[[source]]
kind = "http"
name = "crm"
url = "https://crm.example.com/find?phone={digits}"
[source.read]
name = "0.name"
"""


def written(folder: Path, text: str) -> Path:
    """The file."""
    file = folder / "lookups.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_source(tmp_path: Path) -> None:
    """What is left out has a default."""
    (source,) = load(written(tmp_path, GOOD))

    assert isinstance(source, HttpLookup)
    assert ("crm", 3.0, 60, "0.name") == (
        source.name, source.timeout_seconds, source.keep_minutes, source.read.name,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("https:", "http:", "https://"),
        ("{digits}", "{fax}", "there is no blank {fax}"),
        ("crm.example.com", "{digits}.example.com", "without blanks in the host"),
        ('"crm"', '"My CRM"', "name"),
        ('kind = "http"', 'kind = "ldap"', "ldap"),
        ('name = "0.name"', "", "name"),
        ("[source.read]", "passwort = 1\n[source.read]", "passwort"),
        ("[[source]]", "[[source", "valid TOML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, was: str, now: str, said: str) -> None:
    """The file, the place and what is allowed."""
    with pytest.raises(ConfigError, match=r"lookups\.toml") as error:
        load(written(tmp_path, GOOD.replace(was, now)))
    assert said in str(error.value)


@pytest.mark.parametrize(
    "query", ["DELETE FROM x WHERE p = :number", "SELECT 1; DROP TABLE x -- :number", "SELECT 1"]
)
def test_only_one_select_that_asks_for_the_number(tmp_path: Path, query: str) -> None:
    """Nothing else reaches the CRM's database."""
    head = '[[source]]\nkind = "sql"\nname = "db"\nurl = "sqlite:///x"\n'
    text = f'{head}query = "{query}"\n[source.read]\nname = "name"\n'
    with pytest.raises(ConfigError, match="one SELECT"):
        load(written(tmp_path, text))


def test_names_differ_and_the_file_exists(tmp_path: Path) -> None:
    """Two of a name would share their breaker."""
    with pytest.raises(ConfigError, match="different for each"):
        load(written(tmp_path, GOOD + GOOD))
    with pytest.raises(ConfigError, match=r"none\.toml can't be read: No such file"):
        load(tmp_path / "none.toml")


@pytest.mark.parametrize("name", ["zoho", "hubspot", "freshdesk", "salesforce", "rest", "sql"])
def test_the_examples_are_good(name: str) -> None:
    """Each can be used as it stands, but for names of hosts and secrets."""
    (source,) = load(resource(f"lookups/{name}.toml"))
    assert source.name == name
