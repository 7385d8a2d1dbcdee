"""Passwords: argon2id hashes, the same time for everybody, and the rules a new one must meet.

argon2id with 19 MiB, two passes, one lane: the least OWASP names, so that signing in stays quick.
Rules: length and a list of common ones; no composition rules, which only move people to "Matkhau@123".
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tracker.text import fold

SHORTEST, LONGEST = 12, 256
COMMON = Path(__file__).with_name("common_passwords.txt")

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

# The hash of a random password that nobody kept, with the costs above: verifying it takes the usual time.
_NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$aiE41SFkQioQi3FNUN/QsQ$dEKCXY5hnD063+oY0TqkY4NZX1kmpydw9jU8kwL41fk"

_TAIL = re.compile(r"[\W\d_]+$")


def hash_password(text: str) -> str:
    """The argon2id hash of the NFC form, salt and costs included."""
    return _hasher.hash(_composed(text))


def matches(hash: str, text: str) -> bool:
    """Whether `text` is the password behind `hash`; a hash that cannot be read takes as long and matches nothing."""
    if len(text) > LONGEST:
        spend_time()
        return False
    try:
        return _hasher.verify(hash, _composed(text))
    except InvalidHashError:
        spend_time()
        return False
    except VerificationError:
        return False


def needs_rehash(hash: str) -> bool:
    """Whether `hash` was made with other costs than today's; hash anew at the next successful sign-in."""
    try:
        return _hasher.check_needs_rehash(hash)
    except InvalidHashError:
        return True


def spend_time() -> None:
    """As long as checking a password takes: for a user who does not exist."""
    try:
        _hasher.verify(_NOBODY, "")
    except VerificationError:
        return


def password_fault(text: str, *, names: Sequence[str]) -> str | None:
    """Why `text` may not become a password, as a sentence for the user; None when it may.

    `names` are the user's own: full name, sign-in name, e-mail address. Common passwords are recognised in any
    case, with or without accents and spaces, and with digits or signs added at the end.
    """
    plain = _composed(text)
    if len(plain) < SHORTEST:
        return f"Mật khẩu cần ít nhất {SHORTEST} ký tự; có thể dùng một câu dễ nhớ, có dấu và dấu cách."
    if len(plain) > LONGEST:
        return f"Mật khẩu dài nhất {LONGEST} ký tự."
    if not _common().isdisjoint(_guises(plain)):
        return "Mật khẩu này quá phổ biến, dễ bị đoán ra. Hãy chọn một câu khác mà chỉ bạn biết."
    if not _own(names).isdisjoint(_guises(plain)):
        return "Mật khẩu không được là họ tên, tên đăng nhập hay thư điện tử của bạn, kể cả khi thêm chữ số."
    return None


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _guises(text: str) -> Iterator[str]:
    """As typed, and without accents and spaces; both also without their tail of digits and signs."""
    for form in (text.lower(), _letters(text)):
        yield form
        yield _TAIL.sub("", form)


def _letters(text: str) -> str:
    """No accents, no spaces, no signs; with the y of "ly" as i, as everywhere in searching."""
    return fold(text).replace(" ", "")


@cache
def _common() -> frozenset[str]:
    words = COMMON.read_text(encoding="utf-8").split()
    return (frozenset(words) | frozenset(_letters(word) for word in words)) - {""}


def _own(names: Sequence[str]) -> set[str]:
    """Each name and the part of an address before @, as guises; the empty one is nobody's."""
    parts = [part for name in names for part in (name, name.split("@")[0])]
    return {form for part in parts for form in _guises(_composed(part))} - {""}
