"""Secrecy stamps in attachments: a paper stamped MẬT, TỐI MẬT or TUYỆT MẬT does not belong in this program.

The stamp is looked for in text layers alone. A scan shows nothing here, so finding no stamp never means that a
file was checked (settled.md): the sender's own statement stays necessary.
"""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

STAMPS: Final = ("TUYỆT MẬT", "TỐI MẬT", "MẬT")

_OFFICE_PARTS = re.compile(
    r"^(word/(document|header\d*|footer\d*|footnotes)\.xml"
    r"|xl/(sharedStrings|worksheets/[^/]+|drawings/[^/]+)\.xml"
    r"|content\.xml|styles\.xml)$"
)
# The elements that end a line of text (paragraphs of Word, Excel's cells and drawings, OpenDocument), and a break.
_LINES = frozenset({"p", "si", "is", "h", "oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter"})
_TEXTS = frozenset({"t", "span", "s", "a", *_LINES})
_BREAKS = frozenset({"br", "cr", "line-break", "tab"})
_CODES = re.compile(r"&(?:[LCRBIUSXYE]|\d+|\"[^\"]*\"|K[0-9A-F]{6})")
_MOST_PART = 64 * 1024 * 1024
_MOST_UNPACKED = 128 * 1024 * 1024
_MOST_TEXT_OBJECTS = 2_000

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_MAP_ROWS = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f]+)>")
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_TEXT_OBJECT = re.compile(r"\bBT\b(.*?)\bET\b", re.DOTALL)
# a string in either writing, or a move whose second number, if not 0, begins another line
_SHOWN = re.compile(r"<([0-9A-Fa-f\s]+)>|\(((?:[^\\()]|\\.)*)\)|(-?(?:\d+\.?\d*|\.\d+)\s+T[dD]\b|T\*)", re.DOTALL)
_ESCAPE = re.compile(r"\\([0-7]{1,3}|.)", re.DOTALL)


def secrecy_stamp(path: Path, media_type: str) -> str | None:
    """MẬT, TỐI MẬT or TUYỆT MẬT when it stands, in capitals, as a line of its own in the text; else None.

    Word, Excel and OpenDocument: text, heads, feet and text boxes, parts up to 64 MB. PDF: the first 2,000 text
    objects, read with every ToUnicode table of the file, as Word, LibreOffice and typst write Vietnamese;
    encrypted files and those without a text layer or such tables show nothing.
    """
    if media_type == "application/pdf":
        return _stamp_in(_pdf_lines(path.read_bytes()))
    if "officedocument" in media_type or "opendocument" in media_type:
        return _stamp_in(_office_lines(path))
    return None


def _stamp_in(lines: Iterable[str]) -> str | None:
    for line in lines:
        plain = " ".join(unicodedata.normalize("NFC", line).split()).strip("[]().-– ")
        if plain in STAMPS:
            return plain
    return None


def _office_lines(path: Path) -> Iterator[str]:
    """The lines of an office file; what cannot be read gives none (put() has judged the archive before)."""
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if _OFFICE_PARTS.match(member.filename) and member.file_size <= _MOST_PART:
                    yield from _part_lines(archive.read(member))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        return


def _part_lines(part: bytes) -> Iterator[str]:
    """The lines of one part; none when it is no XML, declares entities, or nests without end."""
    if b"<!DOCTYPE" in part[:4096]:
        return
    with suppress(ElementTree.ParseError, RecursionError):
        for element in ElementTree.fromstring(part).iter():
            if _tag(element) in _LINES:
                yield from _CODES.sub("\n", "".join(_own_text(element))).split("\n")


def _own_text(element: Element) -> Iterator[str]:
    """The text of one line, without that of lines nested in it (a text box inside a paragraph)."""
    if _tag(element) in _TEXTS:
        yield element.text or ""
    for child in element:
        tag = _tag(child)
        if tag in _BREAKS:
            yield "\n"
        elif tag not in _LINES:
            yield from _own_text(child)
        if _tag(element) in _TEXTS:
            yield child.tail or ""


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _pdf_lines(content: bytes) -> Iterator[str]:
    """What each of the first text objects shows, a line at a time, read with each table of the file in turn."""
    streams = list(_streams(content))
    tables = [_table(stream) for stream in streams if "begincmap" in stream]
    drawn = (stream for stream in streams if "Tj" in stream or "TJ" in stream)
    shown = (found.group(1) for stream in drawn for found in _TEXT_OBJECT.finditer(stream))
    for text_object in islice(shown, _MOST_TEXT_OBJECTS if tables else 0):
        for codes in _code_lines(text_object):
            yield from (_decoded(codes, table) for table in tables)


def _streams(content: bytes) -> Iterator[str]:
    """The streams as Latin-1 text, unpacked where they are deflated; 128 MB in all, the rest is left."""
    room = _MOST_UNPACKED
    for found in _STREAM.finditer(content):
        try:
            unpacked = zlib.decompressobj().decompress(found.group(1), room)
        except zlib.error:
            unpacked = found.group(1)
        room -= len(unpacked)
        if room <= 0:
            return
        yield unpacked.decode("latin-1")


def _code_lines(text_object: str) -> Iterator[str]:
    """The codes of each line as hexadecimal digits, whether they stand as <…> or as (…)."""
    line = ""
    for digits, signs, down in _SHOWN.findall(text_object):
        if digits:
            line += "".join(digits.split()).upper()
        elif down:
            if down == "T*" or float(down.split()[0]) != 0:
                yield line
                line = ""
        else:
            line += _ESCAPE.sub(_unescaped, signs).encode("latin-1", "replace").hex().upper()
    yield line


def _unescaped(found: re.Match[str]) -> str:
    sign = found.group(1)
    if sign.isdigit():
        return chr(int(sign, 8) & 0xFF)
    return {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": ""}.get(sign, sign)


def _table(stream: str) -> dict[str, str]:
    """Code in hexadecimal → text, from the rows of a ToUnicode table."""
    table: dict[str, str] = {}
    for kind, rows in _MAP_ROWS.findall(stream):
        if kind == "char":
            table |= {code.upper(): _utf16(text) for code, text in _PAIR.findall(rows)}
        else:
            for first, last, text, texts in _RANGE.findall(rows):
                table |= _span(first, last, text, texts)
    return table


def _span(first: str, last: str, text: str, texts: str) -> dict[str, str]:
    """A row of codes that follow each other: to texts that do so too, or to a list of texts."""
    start, width = int(first, 16), len(first)
    count = min(int(last, 16) - start + 1, 0x10000)
    if texts:
        each = [_utf16(digits) for digits in _HEX.findall(texts)]
    else:
        head = _utf16(text) or "\ufffd"
        each = [head[:-1] + chr(min(ord(head[-1]) + step, 0x10FFFF)) for step in range(count)]
    return {f"{start + step:0{width}X}": shown for step, shown in enumerate(each[:count])}


def _utf16(digits: str) -> str:
    return bytes.fromhex(digits.zfill(len(digits) + len(digits) % 2)).decode("utf-16-be", "replace")


def _decoded(code: str, table: dict[str, str]) -> str:
    width = len(next(iter(table), "0000"))
    return "".join(table.get(code[at : at + width], "\ufffd") for at in range(0, len(code), width))
