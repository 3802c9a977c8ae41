"""The words for choosing a language. Each language is called by its own name, whatever is spoken now."""

from __future__ import annotations

from typing import Final

from cti_desktop.desktop.viewmodels.words.language import translate

SYSTEM: Final = translate("Languages", "As on this computer")
