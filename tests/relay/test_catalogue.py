"""The dispositions file: ours is good, and a bad one is explained."""

import tomllib
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Catalogue, Code, SubCode
from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.catalogue import load, parse

ONE = """
version = 3
[[codes]]
code = "sold"
label = "Sold"
"""


def refusal(text: str) -> str:
    """What is said about a catalogue that can't be used."""
    with pytest.raises(ConfigError) as caught:
        parse(tomllib.loads(text), "ours.toml")
    return str(caught.value)


def contrast(color: str, ground: str) -> float:
    """The WCAG contrast ratio of two #RRGGBB colours."""

    def luminance(text: str) -> float:
        channels = [int(text[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lower, higher = sorted((luminance(color), luminance(ground)))
    return (higher + 0.05) / (lower + 0.05)


def test_the_default_has_the_usual_outcomes() -> None:
    """The default offers what a support or sales team records, in this order, by digit."""
    codes = load().codes

    assert [(c.key, c.label) for c in codes] == [
        ("1", "Interested"),
        ("2", "Follow-up"),
        ("3", "Not Interested"),
        ("4", "Not Connected"),
        ("5", "Wrong Number"),
        ("6", "Resolved"),
        ("7", "Escalated"),
        ("8", "Do Not Call"),
        ("9", "Language Barrier"),
    ]
    assert {c.code: c.requires for c in codes if c.requires} == {
        "follow_up": ("follow_up",),
        "not_interested": ("sub_code",),
        "escalated": ("notes",),
    }


@pytest.mark.parametrize("code", load().codes, ids=lambda c: c.code)
def test_default_colours_stand_out(code: Code) -> None:
    """Each colour is readable as text on white and visible as a mark on the dark theme."""
    assert contrast(code.color, "#FFFFFF") >= 4.5
    assert contrast(code.color, "#1E1E1E") >= 3.0


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    """A team's own file replaces the default."""
    path = tmp_path / "ours.toml"
    path.write_text(ONE, encoding="utf-8")

    assert load(path) == Catalogue(3, (Code("sold", "Sold"),))


def test_all_keys_are_read() -> None:
    """Nothing that may be written is ignored."""
    text = """
    [[codes]]
    code = "not-sold"
    label = " Nicht verkauft "
    color = "#abcdef"
    key = "0"
    requires = ["notes", "sub_code", "notes"]
    sub = [{code = "a", label = "A"}, {code = "b", label = "B", retired = true}]
    [[codes]]
    code = "old"
    label = "Old"
    key = "0"
    retired = true
    """
    subs = (SubCode("a", "A"), SubCode("b", "B", retired=True))
    expected = Code("not-sold", "Nicht verkauft", "#abcdef", "0", subs, ("notes", "sub_code"))

    assert parse(tomllib.loads(text), "f").codes == (expected, Code("old", "Old", key="0", retired=True))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ours.toml: codes is [], but must be a list with at least one code"),
        ("codes = 3", "codes is 3, but must be a list of tables"),
        ("version = 0", "version is 0, but must be a whole number from 1"),
        ("version = true", "version is True"),
        (ONE + ONE.replace("version = 3", ""), "codes.code is 'sold', but must be used once only"),
        (ONE + "retired = true", "at least one code that is not retired"),
        (ONE + 'retired = "no"', "codes[1].retired is 'no', but must be true or false"),
        (ONE + 'key = "F1"', "codes[1].key is 'F1', but must be one digit"),
        (ONE + "key = 1", "codes[1].key is 1, but must be one digit"),
        (ONE + 'color = "red"', "codes[1].color is 'red', but must be #RRGGBB"),
        (ONE + 'requires = ["name"]', "codes[1].requires is ['name'], but must be a list of sub_code, notes"),
        (ONE + 'requires = "notes"', "codes[1].requires is 'notes'"),
        (ONE + 'requires = ["sub_code"]', "without sub_code, as there is none to choose"),
        (ONE + 'colour = "#ffffff"', "codes[1].colour is '#ffffff', but must be left out"),
        (ONE + 'sub = [{code = "a", label = "A"}, {code = "a", label = "B"}]', "codes[1].sub.code is 'a'"),
        (ONE + 'sub = [{code = "A", label = "A"}]', "codes[1].sub[1].code is 'A', but must be small letters"),
        (ONE + 'sub = [{code = "a"}]', "codes[1].sub[1].label is None, but must be a line of text"),
        (ONE.replace('"Sold"', '" "'), "codes[1].label is ' '"),
        (ONE.replace('"Sold"', '"a\\u202Eb"'), "codes[1].label is"),
        (ONE.replace('"Sold"', f'"{"x" * 61}"'), "at most 60 characters"),
        (ONE.replace("version", "versoin"), "versoin is 3, but must be left out: only version, codes"),
        (
            ONE + 'key = "1"\n[[codes]]\ncode = "b"\nlabel = "B"\nkey = "1"',
            "codes.key is '1', but must be used once only",
        ),
    ],
)
def test_a_mistake_is_explained(text: str, said: str) -> None:
    """Every refusal names the key, what was found and what is allowed."""
    assert said in refusal(text)


def test_a_catalogue_must_fit_into_a_frame() -> None:
    """A welcome that no desktop can take would keep all of them out."""
    said = refusal("".join(f'[[codes]]\ncode = "c{n}"\nlabel = "{n:060}"\n' for n in range(500)))

    assert "'500 codes, " in said
    assert "in one frame" in said


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is the catalogue's error."""
    with pytest.raises(ConfigError, match=r"none\.toml can't be read: No such file"):
        load(tmp_path / "none.toml")


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    """A typing error is found at once."""
    path = tmp_path / "ours.toml"
    path.write_text("[[codes", encoding="utf-8")

    with pytest.raises(ConfigError, match=r"ours\.toml is no valid TOML in UTF-8: "):
        load(path)
