"""How text is kept (NFC, one space), compared (without accents) and sorted (Vietnamese order)."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def clean_line(text: str | None) -> str:
    """NFC, trimmed, every run of white space (line breaks too) as one space; control characters removed."""
    return " ".join(_CONTROL.sub("", unicodedata.normalize("NFC", text or "")).split())


def clean_block(text: str | None) -> str:
    """NFC, lines trimmed and kept, at most one blank line between paragraphs; control characters removed."""
    plain = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    lines = [_SPACES.sub(" ", line).strip() for line in _CONTROL.sub("", plain).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fold(text: str | None) -> str:
    """For search and matching: no accents, đ = d, y = i at a syllable's end, dashes and spaces as one space.

    So "chiến sỹ" = "chien si", "hoà" = "hòa", "Nội chính – Lực lượng" = "Noi chinh - luc luong".
    """
    plain = unicodedata.normalize("NFD", (text or "").lower().replace("đ", "d"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = _NOT_WORD.sub(" ", _DASHES.sub("-", plain)).split()
    return " ".join(_one_y(word) for word in words)


def _one_y(word: str) -> str:
    """sỹ = sĩ, kỹ = kĩ, lý = lí, but not y inside ay, uy, ây, whose sound differs."""
    if len(word) > 1 and word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "i"
    return word


def sort_key(text: str | None) -> str:
    """A string whose plain binary order is the Vietnamese dictionary's: letters first, tones second.

    SQLite and PostgreSQL's C order place Â, Đ, Ư after Z; this key goes into a column of its own.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in unicodedata.normalize("NFC", (text or "").lower()):
        base, tone = _split_tone(char)
        place = _LETTERS.find(base)
        if place >= 0:
            letters.append(chr(ord("A") + place) if place < 26 else chr(ord("a") + place - 26))
            tones.append(str(tone))
        elif base.isdigit():
            letters.append(base)
        elif letters and letters[-1] != " ":
            letters.append(" ")
    return "".join(letters).strip() + "|" + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    """A letter without its tone mark, and the tone's place in huyền, hỏi, ngã, sắc, nặng (0: none)."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES.index(c) + 1 for c in parts if c in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tone


def shorten(text: str, most: int = 80) -> str:
    """The beginning of a text for titles and messages, cut between words, with … when something is left out."""
    line = clean_line(text)
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
