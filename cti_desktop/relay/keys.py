"""How tokens, enrolment codes and webhook secrets look: made at random, checked, hashed."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from typing import Final

TOKEN_PREFIX: Final = "ctid_"  # noqa: S105 - what tells a token from other text
SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - the same

# Crockford's base 32: no I, L, O or U.
_DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans("ILO", "110", " -")
_RANDOM_DIGITS: Final = 52  # 5 bits each: 256 bits and 4 to spare
_CHECK_DIGITS: Final = 7
_CODE_DIGITS: Final = 8
_LONGEST_CODE: Final = 40


def new_token() -> str:
    """A fresh token: prefix, 256 random bits, CRC32, all in letters and digits."""
    body = TOKEN_PREFIX + _random_digits(_RANDOM_DIGITS).lower()
    return body + check_digits(body)


def is_token(text: str) -> bool:
    """Whether `text` could be one of our tokens. Mistyped and foreign ones need no look-up."""
    body, check = text[:-_CHECK_DIGITS], text[-_CHECK_DIGITS:]
    return body.startswith(TOKEN_PREFIX) and check == check_digits(body)


def new_secret() -> str:
    """A fresh webhook secret."""
    return SECRET_PREFIX + _random_digits(_RANDOM_DIGITS).lower()


def new_code() -> str:
    """A fresh enrolment code, `ABCD-EFGH`: 40 bits that can be read out on the phone."""
    digits = _random_digits(_CODE_DIGITS)
    return f"{digits[:4]}-{digits[4:]}"


def normal_code(typed: str) -> str:
    """A code as somebody typed it, in its one spelling: case, blanks, dashes, I, L and O don't matter."""
    return typed.strip().upper().translate(_MISREAD)[:_LONGEST_CODE]


def digest(text: str) -> str:
    """What the store keeps of a token or a code, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _random_digits(count: int) -> str:
    return "".join(secrets.choice(_DIGITS) for _ in range(count))


def check_digits(body: str) -> str:
    """What ends a token that begins with `body`: so a mistyped one needs no look-up."""
    crc = zlib.crc32(body.encode("utf-8", "surrogatepass"))
    return "".join(_DIGITS[crc >> shift & 31] for shift in range(5 * (_CHECK_DIGITS - 1), -1, -5)).lower()
