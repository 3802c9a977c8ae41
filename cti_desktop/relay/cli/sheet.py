"""A sheet of enrolment codes to cut up and hand out: a PDF with a QR code, name and code for each agent."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

import segno

# Points: A4, two columns of five.
_WIDTH: Final = 595
_HEIGHT: Final = 842
_COLUMNS: Final = 2
_ROWS: Final = 5
_MARGIN: Final = 40
_QR: Final = 96
_QUIET: Final = 12


def link(relay_url: str, code: str) -> str:
    """What a QR code says: everything that the sign-in page asks for."""
    return f"cti-desktop:enrol?{urlencode({'relay': relay_url, 'code': code})}"


def pdf(agents: Sequence[Mapping[str, Any]], relay_url: str, good_until: str) -> bytes:
    """The sheet. `agents` have `id`, `name`, `phones` and `code`."""
    each = _COLUMNS * _ROWS
    pages = [
        _page(agents[first : first + each], relay_url, good_until) for first in range(0, len(agents), each)
    ]
    return _document(pages)


def _page(agents: Sequence[Mapping[str, Any]], relay_url: str, good_until: str) -> bytes:
    drawn = []
    for place, agent in enumerate(agents):
        row, column = divmod(place, _COLUMNS)
        left = _MARGIN + column * (_WIDTH - 2 * _MARGIN) / _COLUMNS
        top = _HEIGHT - _MARGIN - row * (_HEIGHT - 2 * _MARGIN) / _ROWS
        drawn.append(_code(link(relay_url, agent["code"]), left, top - _QR))
        lines = [
            (12, shown(agent)),
            (16, agent["code"]),
            (8, relay_url),
            (8, f"good until {good_until}, once"),
        ]
        drawn += _lines(lines, left + _QR + _QUIET, top - 14)
    return "\n".join(drawn).encode("cp1252", "replace")


def shown(agent: Mapping[str, Any]) -> str:
    """The agent's name, or what stands for it where the letters are none of a PDF's built-in fonts."""
    name = str(agent["name"])
    try:
        name.encode("cp1252")
    except UnicodeEncodeError:
        return f"{agent['id']} {' '.join(agent['phones'][:1])}".strip()
    return name


def _code(text: str, left: float, bottom: float) -> str:
    matrix = segno.make(text, error="m", micro=False).matrix
    side = _QR / len(matrix)
    squares = [
        f"{left + x * side:.2f} {bottom + _QR - (y + 1) * side:.2f} {side:.2f} {side:.2f} re"
        for y, line in enumerate(matrix)
        for x, dark in enumerate(line)
        if dark
    ]
    return "\n".join([*squares, "f"])


def _lines(lines: Sequence[tuple[int, str]], left: float, top: float) -> list[str]:
    drawn = []
    for size, text in lines:
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        drawn.append(f"BT /F1 {size} Tf {left:.2f} {top:.2f} Td ({escaped}) Tj ET")
        top -= size + 10
    return drawn


def _document(pages: Sequence[bytes]) -> bytes:
    """The smallest PDF around some pages' contents: objects, then where each begins."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
    ]
    for number, content in enumerate(pages):
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents {5 + 2 * number} 0 R"
        )
        objects.append(f"{page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    file = io.BytesIO()
    file.write(b"%PDF-1.4\n")
    starts = []
    for number, body in enumerate(objects, 1):
        starts.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.writelines(b"%010d 00000 n \n" % start for start in starts)
    file.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table))
    return file.getvalue()
