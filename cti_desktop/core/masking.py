"""What a log may show of text from anywhere: no phone number, no credential."""

from __future__ import annotations

import re
from typing import Final

from cti_desktop.core.numbers import masked

# A number as it is stored, or as it is written for people.
_NUMBERS: Final = re.compile(r"\+\d[\d -]{6,}\d|\d{8,}")
_CREDENTIALS: Final = re.compile(r"(?i)\b(bearer|basic)\s+\S+|\b(token=)[^\s&\"']+|\b(ctid_|whsec_)\w+")


def mask(text: str) -> str:
    """`text` without anything that looks like a phone number or a credential."""
    return _NUMBERS.sub(lambda found: masked(found.group()), _CREDENTIALS.sub(_named, text))


def _named(found: re.Match[str]) -> str:
    scheme, parameter, prefix = found.groups()
    return f"{scheme} …" if scheme else f"{parameter or prefix}…"
