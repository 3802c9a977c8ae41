from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QRawFont
from PySide6.QtWidgets import QApplication

from cti_desktop.assets import resource
from cti_desktop.desktop.colours import contrast
from cti_desktop.desktop.ui import fonts
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
GROUNDS = ("surface", "sunken", "backdrop", "hover")
SCHEMES = pytest.mark.parametrize(
    "colors", [LIGHT, DARK, SHARP_LIGHT, SHARP_DARK], ids=["light", "dark", "sharp-light", "sharp-dark"]
)
SHARP = pytest.mark.parametrize("colors", [SHARP_LIGHT, SHARP_DARK], ids=["light", "dark"])


def test_contrast_knows_the_extremes() -> None:
    """Black on white is 21, anything on itself 1."""
    assert 21 == round(contrast("#000000", "#ffffff"), 2)
    assert 1 == contrast("#808080", "#808080")


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), list(product(("text", "muted"), GROUNDS)))
def test_text_reads_on_every_ground(colors: Colors, ink: str, ground: str) -> None:
    """WCAG AA for text."""
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= TEXT


@SCHEMES
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_accent", "accent_pressed"),
        ("text", "accent_soft"),
        ("accent", "accent_soft"),
        ("accent", "surface"),
        ("accent", "backdrop"),
        ("text", "chip"),
        ("good", "good_soft"),
        ("warn", "warn_soft"),
        ("alert", "alert_soft"),
        ("alert", "surface"),
        ("text", "pressed"),
    ],
)
def test_words_of_meaning_read(colors: Colors, ink: str, ground: str) -> None:
    """WCAG AA for buttons, chips, errors and banners."""
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= TEXT


@SCHEMES
@pytest.mark.parametrize("tone", list(Tone))
def test_headlines_read(colors: Colors, tone: Tone) -> None:
    """Each state's colour is a text colour."""
    assert contrast(colors.of_tone(tone), colors.surface) >= TEXT


@SCHEMES
@pytest.mark.parametrize("tone", list(Badge))
def test_badges_read(colors: Colors, tone: Badge) -> None:
    """Each badge's words read on its ground."""
    ground, ink = badge_colors(tone, colors)
    assert contrast(ink, ground) >= TEXT


@SCHEMES
def test_callers_colours(colors: Colors) -> None:
    """There is one for each hue, no two alike; initials read on each, and each edge shows on the card."""
    assert HUES == len(colors.callers) == len(set(colors.callers))
    for color in colors.callers:
        assert contrast(colors.on_caller, color) >= TEXT
        assert contrast(color, colors.surface) >= SHAPE


@SCHEMES
def test_inputs_and_focus_can_be_seen(colors: Colors) -> None:
    """WCAG AA for shapes: borders of inputs, focus rings."""
    for border in (colors.border_strong, colors.accent):
        assert contrast(border, colors.surface) >= SHAPE


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
        for name in ("Inter-Regular.otf", "CTIDevanagari-Regular.ttf")
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
