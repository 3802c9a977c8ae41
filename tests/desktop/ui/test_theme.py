import re
from dataclasses import dataclass, fields, replace
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from cti_desktop.assets import resource
from cti_desktop.desktop.colours import contrast
from cti_desktop.desktop.ui import fonts
from cti_desktop.desktop.ui.paint import shades
from cti_desktop.desktop.ui.rows import badge_colors
from cti_desktop.desktop.ui.theme import (
    DARK,
    LIGHT,
    SHARP_DARK,
    SHARP_LIGHT,
    Colors,
    Theme,
    Type,
    accented,
    colors_for,
    readable_on,
    style_sheet,
)
from cti_desktop.desktop.viewmodels.caller import HUES
from cti_desktop.desktop.viewmodels.card import Tone
from cti_desktop.desktop.viewmodels.rows import Badge
from tests.helpers.situations import CATALOGUE

TEXT = 4.5
SHAPE = 3.0
GROUNDS = ("surface", "sunken", "backdrop")
WORDLESS = {"QFrame", "QWidget", "QScrollArea", "QMenu", "QScrollBar"}
PARTS = {"QTabBar::tab", "QMenu::item"}
# What stands on a ground of its own although its rule names none.
STANDS_ON = {"notice": ["warn_soft", "alert_soft", "good_soft"], "chip": ["chip"]}
SCHEMES = pytest.mark.parametrize(
    "colors", [LIGHT, DARK, SHARP_LIGHT, SHARP_DARK], ids=["light", "dark", "sharp-light", "sharp-dark"]
)
SHARP = pytest.mark.parametrize("colors", [SHARP_LIGHT, SHARP_DARK], ids=["light", "dark"])


@dataclass(frozen=True)
class Selector:
    """One selector of the style sheet, as it looks once all rules that reach it are applied."""

    text: str
    widget: str
    attributes: dict[str, str]
    pseudo: frozenset[str]
    rules: tuple[tuple["Selector", dict[str, str]], ...] = ()

    def covers(self, other: "Selector") -> bool:
        """Whether this one's rule counts for `other`, too."""
        return (
            self.widget == other.widget
            and self.attributes.items() <= other.attributes.items()
            and self.pseudo <= other.pseudo
        )

    def value(self, name: str) -> str:
        """The token of a property, the most particular rule's; empty for none."""
        fitting = [
            (len(by.attributes) + len(by.pseudo), order, style[name])
            for order, (by, style) in enumerate(self.rules)
            if name in style and by.covers(self)
        ]
        return max(fitting)[2] if fitting else ""

    def grounds(self) -> list[str]:
        """Its own, or all that it may stand on."""
        own = self.value("background")
        if own and own != "transparent":
            return [own]
        return STANDS_ON.get(self.attributes.get("role", ""), list(GROUNDS))


def selectors() -> list[Selector]:
    """All that show words, of the style sheet."""
    source = re.sub(r"/\*.*?\*/", "", resource("style.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    rules = []
    for names, body in re.findall(r"([^{}]+)\{([^}]*)\}", source):
        style = {
            name: token or word
            for name, token, word in re.findall(
                r"(?:^|[;\s])((?:placeholder-text-)?color|background|border):[^;]*?(?:\$(\w+)|(transparent))",
                body,
            )
        }
        for name in names.split(","):
            found = re.fullmatch(r"\s*(\w+(?:::[\w-]+)?)((?:\[[^\]]+\])*)((?::[\w!-]+)*)\s*", name)
            if found and found[1] not in WORDLESS and ("::" not in found[1] or found[1] in PARTS):
                attributes = dict(re.findall(r'\[(\w+)="([^"]+)"\]', found[2]))
                rules.append(
                    (
                        Selector(name.strip(), found[1], attributes, frozenset(found[3].split(":")) - {""}),
                        style,
                    )
                )
    return [replace(selector, rules=tuple(rules)) for selector, _ in rules]


def tokens(colors: Colors) -> dict[str, str]:
    """Every colour by its name."""
    return {f.name: getattr(colors, f.name) for f in fields(colors)}


def test_contrast_knows_the_extremes() -> None:
    """Black on white is 21, anything on itself 1."""
    assert 21 == round(contrast("#000000", "#ffffff"), 2)
    assert 1 == contrast("#808080", "#808080")


@SCHEMES
def test_every_rule_of_the_style_sheet_can_be_read(colors: Colors) -> None:
    """WCAG AA for the words of each selector on each ground that it may stand on, disabled ones, too."""
    found = [
        (selector.text, ink, ground, round(contrast(tokens(colors)[ink], tokens(colors)[ground]), 2))
        for selector in selectors()
        for ink in (selector.value("color") or "text", selector.value("placeholder-text-color"))
        if ink
        for ground in selector.grounds()
    ]
    assert len(found) > 100
    assert [] == [pair for pair in found if pair[3] < TEXT]


@SCHEMES
def test_every_ring_of_the_keyboard_can_be_seen(colors: Colors) -> None:
    """WCAG AA for shapes: against what is inside of it, and outside. A primary button's lies inside of it."""
    rings = [selector for selector in selectors() if "focus" in selector.pseudo]
    assert len(rings) > 10
    for selector in rings:
        ring = tokens(colors)[selector.value("border") or "border"]
        if selector.attributes.get("kind") == "primary":
            ring = colors.on_accent
            grounds = ["accent"]
        else:
            grounds = [*selector.grounds(), *GROUNDS]
        for ground in grounds:
            assert contrast(ring, tokens(colors)[ground]) >= SHAPE, (selector.text, ground)


@SCHEMES
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        # What is painted by hand: rows, choices, glyphs, the words of cards.
        *product(("text", "muted"), ("surface", "hover", "accent_soft", "sunken", "backdrop")),
        *product(("good", "accent", "alert", "warn"), ("surface", "sunken")),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
    ],
)
def test_words_that_are_painted_read(colors: Colors, ink: str, ground: str) -> None:
    """WCAG AA for what the style sheet does not reach."""
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= TEXT


@SCHEMES
@pytest.mark.parametrize("tone", list(Tone))
def test_headlines_read(colors: Colors, tone: Tone) -> None:
    """Each state's colour is a text colour."""
    assert contrast(colors.of_tone(tone), colors.surface) >= TEXT


@SCHEMES
@pytest.mark.parametrize("tone", list(Badge))
def test_badges_read(colors: Colors, tone: Badge) -> None:
    """Each badge's words read on its ground, which is another one than the chosen row's."""
    for chosen in (False, True):
        ground, ink = badge_colors(tone, colors, chosen=chosen)
        assert contrast(ink, ground) >= TEXT
        assert not chosen or colors.accent_soft != ground


@SCHEMES
def test_the_colours_of_a_team_s_list_can_be_seen(theme: Theme, colors: Colors) -> None:
    """WCAG AA for shapes, in themes for which the team lead did not pick them, too."""
    theme.use(colors)
    for code in CATALOGUE.codes:
        assert contrast(theme.outcome(code.color), colors.chip) >= SHAPE


@SCHEMES
def test_callers_colours(colors: Colors) -> None:
    """There is one for each hue, no two alike; initials read on each, and each edge shows on the card."""
    assert HUES == len(colors.callers) == len(set(colors.callers))
    for color in (*colors.callers, colors.disabled):  # that of who is faded
        for shade in shades(color):
            assert contrast(colors.on_caller, shade.name()) >= TEXT
        assert contrast(color, colors.surface) >= SHAPE


@SCHEMES
def test_inputs_can_be_seen(colors: Colors) -> None:
    """WCAG AA for shapes: borders of inputs, and the ring of a list's row."""
    for border, ground in product((colors.border_strong, colors.accent), GROUNDS):
        assert contrast(border, getattr(colors, ground)) >= SHAPE
    assert contrast(colors.accent, colors.accent_soft) >= SHAPE


@SCHEMES
def test_what_empties_an_input_can_be_seen(colors: Colors) -> None:
    """One drawing for all themes, as Qt does not draw it anew for another one."""
    (ink,) = re.findall(r'stroke="(#\w+)"', resource("icons/clear.svg").read_text(encoding="utf-8"))
    assert contrast(ink, colors.surface) >= SHAPE


@SHARP
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "good", "warn", "alert", "disabled"])
def test_high_contrast_is_high(colors: Colors, ink: str) -> None:
    """WCAG AAA for every word on every ground, and borders as clear as text, for who asked for it."""
    for ground in ("surface", "backdrop", "sunken", "chip", "accent_soft", "alert_soft"):
        assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 7
    assert contrast(colors.border, colors.surface) >= 7


@pytest.mark.parametrize(
    ("scheme", "wish", "expected"),
    [
        (Qt.ColorScheme.Light, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Unknown, Qt.ContrastPreference.NoPreference, LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.NoPreference, DARK),
        (Qt.ColorScheme.Light, Qt.ContrastPreference.HighContrast, SHARP_LIGHT),
        (Qt.ColorScheme.Dark, Qt.ContrastPreference.HighContrast, SHARP_DARK),
    ],
)
def test_the_system_chooses(scheme: Qt.ColorScheme, wish: Qt.ContrastPreference, expected: Colors) -> None:
    """Light or dark, and high contrast, are the system's choice."""
    assert expected is colors_for(scheme, wish)


@pytest.mark.parametrize("code", CATALOGUE.codes, ids=lambda code: code.code)
def test_keys_read_on_the_catalogues_colours(code: object) -> None:
    """Whatever colour a team lead chooses, the key on it is dark or light enough."""
    color = getattr(code, "color")  # noqa: B009 - parametrised
    assert contrast(readable_on(color), color) >= TEXT


@SCHEMES
def test_style_sheet_uses_tokens_only(colors: Colors) -> None:
    """No colour stands in the style sheet itself, and no token is left unfilled."""
    source = resource("style.qss").read_text(encoding="utf-8")
    assert "#" not in source.replace("$", "")
    filled = style_sheet(colors)
    assert "$" not in filled
    assert colors.surface in filled


@SCHEMES
def test_icons_of_the_style_sheet_exist(colors: Colors) -> None:
    """A missing picture would be silently nothing."""
    sheet = style_sheet(colors)
    paths = [part.split(")")[0] for part in sheet.split("url(")[1:]]
    assert paths
    assert [] == [path for path in paths if not resource(path.rpartition("resources/")[2]).is_file()]


def test_follows_the_system_live(theme: Theme, qapp: QApplication) -> None:
    """When the system turns dark, everything does, at once."""
    changes: list[bool] = []
    theme.changed.connect(lambda: changes.append(theme.is_dark))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert (True, QColor(DARK.text)) == (theme.is_dark, qapp.palette().color(QPalette.ColorRole.WindowText))
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert [True, False] == changes


def test_unknown_scheme_is_light(theme: Theme, qapp: QApplication) -> None:
    """A desktop that says nothing gets the light look."""
    theme.use(DARK)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Unknown)
    assert LIGHT is theme.colors


def test_fonts_come_along(theme: Theme) -> None:
    """Every file can be used, both licences lie beside them, and all of it stays small."""
    fonts._loaded.clear()
    assert [] == fonts.load()
    folder = resource("fonts")
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(file.stat().st_size for file in folder.iterdir()) < 2_500_000


def test_type_scale_uses_the_bundled_families(theme: Theme) -> None:
    """Latin first, then Devanagari, then whatever the system has."""
    assert ["Inter", "CTI Devanagari"] == Type.BODY.font().families()


def test_devanagari_stands_on_the_line_of_latin(theme: Theme) -> None:
    """Both scripts have their middle at the same height above the line, and write the same figures."""
    latin, devanagari = (
        QRawFont(str(resource("fonts") / name), 100)
        for name in ("Inter-Regular.otf", "CTIDevanagari-Regular.otf")
    )
    assert abs((latin.ascent() - latin.descent()) - (devanagari.ascent() - devanagari.descent())) < 1
    for figure in "0123456789:+":
        (one,), (other,) = (
            font.advancesForGlyphIndexes(font.glyphIndexesForString(figure)) for font in (latin, devanagari)
        )
        assert abs(one.x() - other.x()) < 1


def test_a_team_leads_accent_changes_what_follows_from_it() -> None:
    """And nothing else; what is written on it stays readable. Our own accent changes nothing."""
    assert LIGHT is accented(LIGHT, LIGHT.accent)
    for colors, accent in ((LIGHT, "#7a1fa2"), (DARK, "#ce93d8")):
        ours = accented(colors, accent)
        assert (accent, colors.surface, colors.alert) == (ours.accent, ours.surface, ours.alert)
        assert len({ours.accent, ours.accent_hover, ours.accent_pressed}) == 3
        for fill in (ours.accent, ours.accent_hover, ours.accent_pressed):
            assert contrast(ours.on_accent, fill) >= 4.5
