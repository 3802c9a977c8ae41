"""The file in which a team lead makes the program theirs."""

from pathlib import Path

import pytest

from cti_desktop.assets import resource
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop.branding import Branding, load
from cti_desktop.desktop.managed import NOTHING

KEY = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbL"


def written(folder: Path, text: str) -> Path:
    """A branding file of `text`."""
    file = folder / "branding.toml"
    file.write_text(text, encoding="utf-8")
    return file


def refusal(folder: Path, text: str) -> ConfigError:
    """What is said against `text`."""
    with pytest.raises(ConfigError) as refused:
        load(written(folder, text))
    assert str(folder / "branding.toml") == refused.value.where
    return refused.value


def test_ours_is_sound_and_means_the_defaults() -> None:
    """The file that comes with the program changes nothing, and names no relay."""
    ours = load()
    made = Branding(
        file=resource("branding.toml"),
        icon=resource("icons/app.svg"),
        dispositions=resource("dispositions.toml"),
    )
    assert made == ours
    assert {"crm_open": "click", "updates": "tell"} == ours.managed.defaults


def test_an_empty_file_is_ours(tmp_path: Path) -> None:
    """Everything may be left out."""
    assert "CTI Desktop" == load(written(tmp_path, "")).name


def test_everything_can_be_chosen(tmp_path: Path) -> None:
    """Files are looked for beside the branding; what is locked is fixed, the rest only to begin with."""
    (tmp_path / "logo.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "ours.toml").touch()
    made = load(
        written(
            tmp_path,
            f"""
            [product]
            name = "Acme Calls – मुंबई"
            publisher = "Acme & Sons"
            icon = "logo.svg"
            [colours]
            accent = "#7A1FA2"
            accent_dark = "#CE93D8"
            [relay]
            url = "relay.acme.example/cti/"
            [crm]
            url = "https://crm.acme.example/?q={{number}}&call={{call_id}}"
            unknown_url = "https://crm.acme.example/new?phone={{digits}}"
            open = "answer"
            [dispositions]
            file = "ours.toml"
            [languages]
            offered = ["hi"]
            [settings]
            locked = ["relay_url"]
            [updates]
            url = "https://get.acme.example/update.json"
            public_key = "{KEY[:43]}="
            policy = "off"
            """,
        )
    )

    assert ("Acme Calls – मुंबई", "Acme & Sons", "#7a1fa2") == (made.name, made.publisher, made.accent)
    assert (tmp_path / "logo.svg", tmp_path / "ours.toml") == (made.icon, made.dispositions)
    assert {"relay_url": "https://relay.acme.example/cti"} == made.managed.fixed
    assert {"crm_url": made.crm_url, "crm_open": "answer", "updates": "off"} == made.managed.defaults
    assert made.crm_url.endswith("{call_id} https://crm.acme.example/new?phone={digits}")
    assert ("hi",) == made.languages


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[product]\nname = ''", "product.name", "1 to 40 characters"),
        ("[product]\nname = 5", "product.name", "text in quotes"),
        ("[product]\nname = 'a/b'", "product.name", "none of"),
        ("[product]\npublisher = 'x$(y)'", "product.publisher", "none of"),
        ("[product]\nicon = 'logo.svg'", "product.icon", "it is looked for in"),
        ("[product]\nicon = 'branding.toml'", "product.icon", "ending in .svg or .png"),
        ("[colours]\naccent = 'blue'", "colours.accent", "such as #1d5fd1"),
        ("[colours]\naccent = '#ffff00'", "colours.accent", "darker: beside #ffffff"),
        ("[colours]\naccent_dark = '#102040'", "colours.accent_dark", "lighter: beside"),
        ("[relay]\nurl = 'http://relay.example.com'", "relay.url", "https://relay.example.com"),
        ("[crm]\nurl = 'https://crm.example.com/'", "crm.url", "{number}"),
        ("[crm]\nurl = 'https://crm.example.com/{phone}'", "crm.url", "and no others"),
        ("[crm]\nurl = 'https://{name}.example.com/'", "crm.url", "without blanks in the host"),
        ("[crm]\nunknown_url = 'https://crm.example.com/{digits}'", "crm.unknown_url", "with crm.url"),
        ("[crm]\nopen = 'always'", "crm.open", "one of click, ring, answer"),
        ("[crm]\nurl = 'file:///etc/{number}'", "crm.url", "begins with https://"),
        ("[languages]\noffered = ['fr']", "languages.offered", "en, hi"),
        ("[settings]\nlocked = ['colour']", "settings.locked", "relay_url"),
        ("[settings]\nlocked = ['relay_url']", "settings.locked", "could never enter it"),
        ("[updates]\nurl = 'https://get.example.com/u'", "updates.public_key", "forged"),
        ("[updates]\npublic_key = 'short'", "updates.public_key", "--new-key"),
        ("[updates]\npolicy = 'always'", "updates.policy", "off, tell, download"),
        ("[colors]\naccent = '#000000'", "colors", "colours"),
        ("[product]\ntitle = 'x'", "product.title", "only name, publisher, icon"),
        ("product = 1", "product", "one of the tables"),
        ("[product", "the file", "valid TOML"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, text: str, key: str, words: str) -> None:
    """The file, the key, what was found, and what is allowed."""
    error = refusal(tmp_path, text)
    assert key == error.key
    assert words in error.allowed


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A typing error on the command line."""
    with pytest.raises(ConfigError, match=r"absent\.toml can't be read: No such file or directory$"):
        load(tmp_path / "absent.toml")


def test_nothing_is_fixed_unless_it_is_locked() -> None:
    """An agent may go to another relay, unless the team lead says no."""
    assert {} == load().managed.fixed
    assert not NOTHING.is_locked("relay_url")
