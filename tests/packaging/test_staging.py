"""What a product carries: our resources, with the team lead's in their places."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from cti_desktop.assets import resource
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import branding
from cti_desktop.desktop.branding import FILE
from cti_desktop.packaging import icons, staging
from tests.helpers.acme import acme

LOGO = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><rect width='9' height='9' fill='red'/></svg>"
)


def product(folder: Path, text: str) -> branding.Branding:
    """A branding, with a logo beside it."""
    (folder / "logo.svg").write_text(LOGO, encoding="utf-8")
    picture = QImage(256, 256, QImage.Format.Format_RGB32)
    picture.fill(0xFF0000)
    picture.save(str(folder / "logo.png"))
    (folder / "branding.toml").write_text(text, encoding="utf-8")
    return branding.load(folder / "branding.toml")


def test_the_team_leads_files_are_in_our_places(tmp_path: Path) -> None:
    """Icon, dispositions, and a branding that reads the same; nothing that only the build needs."""
    (tmp_path / "ours.toml").write_text('[[codes]]\ncode = "sold"\nlabel = "Sold"\n')
    ours = product(
        tmp_path,
        '[product]\nname = "Acme “Calls”"\nicon = "logo.svg"\n[dispositions]\nfile = "ours.toml"\n'
        '[relay]\nurl = "https://relay.example.com"\n[settings]\nlocked = ["relay_url"]\n',
    )

    staged = staging.stage(ours, tmp_path / "stage")

    assert LOGO == (staged / "icons/app.svg").read_text()
    assert "sold" in (staged / "dispositions.toml").read_text()
    assert not (staged / "packaging").exists()
    assert (staged / "fonts").is_dir()
    again = branding.load(staged / "branding.toml")
    assert ("Acme “Calls”", ours.managed, ours.accent) == (again.name, again.managed, again.accent)
    assert str(tmp_path) not in (staged / "branding.toml").read_text()


def test_the_example_of_the_manual_can_be_built_and_tried(tmp_path: Path) -> None:
    """As it stands there; and with another relay, which is how a fixed one is tried out."""
    built = branding.load(staging.stage(branding.load(acme(tmp_path / "acme")), tmp_path / "stage") / FILE)
    assert {"relay_url": "https://relay.acme.example"} == built.managed.fixed
    built.file.write_text(staging.document(replace(built, relay_url="http://127.0.0.1:1")), encoding="utf-8")
    assert {"relay_url": "http://127.0.0.1:1"} == branding.load(built.file).managed.fixed


@pytest.mark.parametrize("logo", ["logo.svg", "logo.png"])
def test_the_tray_shows_the_team_leads_icon(tmp_path: Path, logo: str) -> None:
    """In its colours while there is a link, in grey while there is none. Ours stays as it is."""
    staged = staging.stage(product(tmp_path, f'[product]\nicon = "{logo}"\n'), tmp_path / "stage")
    assert "#ff0000" == shown(staged / "icons/mark.svg").name()
    assert 0 == shown(staged / "icons/mark-off.svg").hsvSaturation()
    plain = staging.stage(product(tmp_path, ""), tmp_path / "stage")
    for name in ("app", "mark", "mark-off"):
        assert resource(f"icons/{name}.svg").read_bytes() == (plain / f"icons/{name}.svg").read_bytes()


def shown(drawing: Path) -> QColor:
    """The colour in the middle of a drawing."""
    image = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(image)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    return image.pixelColor(8, 8)


@pytest.mark.parametrize(("offered", "texts"), [('["en"]', []), ('["en", "hi"]', ["cti_desktop_hi.qm"])])
def test_only_the_offered_languages_come_along(tmp_path: Path, offered: str, texts: list[str]) -> None:
    """English needs no file; what translators work on stays here."""
    staged = staging.stage(product(tmp_path, f"[languages]\noffered = {offered}\n"), tmp_path / "stage")
    assert texts == [path.name for path in (staged / "translations").iterdir()]


def test_staging_twice_gives_the_same(tmp_path: Path) -> None:
    """Byte by byte, with nothing left of what was there before."""
    ours = product(tmp_path, '[product]\nicon = "logo.png"\n')

    def contents() -> dict[str, bytes]:
        staging.stage(ours, tmp_path / "stage")
        files = [path for path in (tmp_path / "stage").rglob("*") if path.is_file()]
        return {str(path): path.read_bytes() for path in files}

    first = contents()
    (tmp_path / "stage" / "leftover").touch()
    assert first == contents()


def test_a_picture_becomes_the_drawing_that_the_program_shows(tmp_path: Path) -> None:
    """Windows load app.svg."""
    staged = staging.stage(product(tmp_path, '[product]\nicon = "logo.png"\n'), tmp_path / "stage")
    assert QSvgRenderer(str(staged / "icons/app.svg")).isValid()


def test_icons_are_what_systems_read(tmp_path: Path) -> None:
    """PNG of each size; the containers of Windows and macOS with PNG inside."""
    made = icons.make(resource("icons/app.svg"), tmp_path)
    assert [(s, s) for s in icons.SIZES] == [
        (image.width(), image.height())
        for image in (QImage(str(made[f"app-{size}.png"])) for size in icons.SIZES)
    ]
    ico, icns = made["app.ico"].read_bytes(), made["app.icns"].read_bytes()
    assert (b"\0\0\1\0", 6) == (ico[:4], ico[4])
    assert (b"icns", len(icns)) == (icns[:4], int.from_bytes(icns[4:8], "big"))
    assert not QImage(str(made["app.ico"])).isNull()


@pytest.mark.qt_log_ignore("Cannot read file .*bad.svg")
@pytest.mark.parametrize(
    ("name", "content", "found"),
    [("bad.svg", b"<svg", "bad.svg"), ("bad.png", b"no picture", "0 by 0 pixels")],
)
def test_a_bad_icon_stops_the_build(tmp_path: Path, name: str, content: bytes, found: str) -> None:
    """With what was found, and what is allowed."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError, match=r"product\.icon") as refused:
        icons.make(tmp_path / name, tmp_path / "icons")
    assert found == refused.value.found


def test_bad_dispositions_stop_the_build(tmp_path: Path) -> None:
    """By their own file and key."""
    (tmp_path / "ours.toml").write_text('[[codes]]\ncode = "Sold"\nlabel = "Sold"\n')
    with pytest.raises(ConfigError, match=r"ours\.toml"):
        staging.stage(product(tmp_path, '[dispositions]\nfile = "ours.toml"\n'), tmp_path / "stage")
