"""Papers as PDF: the same text object as Word, set by typst in the form of NĐ 30/2020 (Phụ lục I).

A4, margins 20, 20, 30 and 15 mm, Liberation Serif from tracker/documents/fonts and from nowhere else. The result
is tagged, in Vietnamese, with title and author; equal papers give equal bytes, so no date is written into it.
"""

import json
import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst
from PIL import ImageFont

from tracker.domain.paper import Annex, Clause, Paper, Point, Section, Signature, Table, TableColumn
from tracker.domain.record import ConferenceRecord
from tracker.exports import minutes_text, review_text

DOCUMENTS = Path(__file__).resolve().parent.parent / "documents"
TEMPLATE = "van-ban.typ"
WORDS = {
    "nation": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "motto": "Độc lập - Tự do - Hạnh phúc",
    "recipients": "Nơi nhận:",
    "draft": "DỰ THẢO",
    "illustration": "SỐ LIỆU MINH HỌA",
}

# A run without a place to break: longer than this it would leave the page (14 pt on 165 mm, 13 pt on 66 mm).
_WIDE, _NARROW = 30, 12
_BREAK_HERE = "\u200b"
_NO_SIGN = "\uffff"

_one_at_a_time = Lock()


def report(record: ConferenceRecord) -> bytes:
    """The review report of a conference."""
    return draw(review_text.review_report(record), author=record.bloc_name)


def minutes(record: ConferenceRecord) -> bytes:
    """The minutes of a conference (Mẫu 1.9)."""
    return draw(minutes_text.minutes(record), author=record.bloc_name)


def draw(paper: Paper, author: str | None = None) -> bytes:
    """Any paper as PDF. `author` goes into the properties of the file; without it, the issuing body does."""
    text = json.dumps(_values(paper, author or " ".join(paper.issuing)), ensure_ascii=False)
    with _one_at_a_time:
        pages = _compiler().compile(format="pdf", sys_inputs={"paper": text})
    if not isinstance(pages, bytes):
        raise TypeError("typst gave no single document")
    return pages


@cache
def _compiler() -> typst.Compiler:
    """Made once: the fonts are read, the template is kept. It serves one thread at a time."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(DOCUMENTS / "fonts")])
    return typst.Compiler(str(DOCUMENTS / TEMPLATE), root=str(DOCUMENTS), font_paths=fonts, ignore_system_fonts=True)


def _values(paper: Paper, author: str) -> dict[str, Any]:
    """What van-ban.typ reads: strings, lists of strings and two flags, under the names of the Paper."""
    return {
        "title": _plain(paper.title),
        "author": _plain(author),
        "words": WORDS,
        "draft": paper.draft,
        "illustration": paper.illustration,
        "superior": _rows(paper.superior, _NARROW),
        "issuing": _rows(paper.issuing, _NARROW),
        "number_line": _row(paper.number_line, _NARROW),
        "date_line": _row(paper.date_line, _NARROW),
        "type_name": _row(paper.type_name),
        "subject": _rows(paper.subject),
        "opening": _paragraphs(paper.opening),
        "sections": [_section(section) for section in paper.sections],
        "clauses": [_clause(clause) for clause in paper.clauses],
        "closing": _paragraphs(paper.closing),
        "recipients": _rows(paper.recipients, _NARROW),
        "signatures": [_signature(signature) for signature in paper.signatures],
        "annexes": [_annex(annex) for annex in paper.annexes],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "heading": _row(f"{section.number}. {section.title}"),
        "paragraphs": _paragraphs(section.paragraphs),
        "clauses": [_clause(clause) for clause in section.clauses],
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "heading": _row(f"{clause.number}. {clause.title}"),
        "paragraphs": _paragraphs(clause.paragraphs),
        "points": [_point(point) for point in clause.points],
    }


def _point(point: Point) -> dict[str, Any]:
    """A point without a final stop is a title, and stays with what follows it."""
    first, *others = _paragraphs((point.text,)) or [""]
    return {
        "words": f"{point.letter}) {first}",
        "heading": bool(point.paragraphs) and not first.endswith((".", ";", ":", "!", "?", "…")),
        "paragraphs": [*others, *_paragraphs(point.paragraphs)],
    }


def _signature(signature: Signature) -> dict[str, Any]:
    return {
        "lines": _rows(signature.lines, _NARROW),
        "posts": _rows(signature.posts, _NARROW),
        "name": _row(signature.name, _NARROW),
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {
        "heading": [_row(annex.number), *_rows(annex.title)],
        "sent_with": _row(annex.sent_with),
        "landscape": annex.landscape,
        "tables": [_table(table) for table in annex.tables],
        "again": _row(f"{annex.number} (tiếp theo)"),
        "notes": [f"Ghi chú: {_row(note)}" if place == 0 else _row(note) for place, note in enumerate(annex.notes)],
    }


def _table(table: Table) -> dict[str, Any]:
    """Columns, head cells (text, columns and rows they reach over), rows; `span`: over how many the last cell goes."""
    grouped = any(column.group for column in table.columns)
    first, second, place = [], [], 0
    for name, span in table.groups:
        if name:
            first.append({"text": _row(name), "columns": span, "rows": 1})
        else:
            first.append({"text": _head(table.columns[place]), "columns": 1, "rows": 2 if grouped else 1})
        place += span
    second = [{"text": _head(column), "columns": 1, "rows": 1} for column in table.columns if column.group]
    return {
        "widths": [column.width for column in table.columns],
        "sides": [column.side.value for column in table.columns],
        "head": [*first, *second],
        "rows": [
            {
                "cells": [_cell(text, table.columns[at]) for at, text in enumerate(row.cells)],
                "strong": row.strong,
                "span": len(table.columns) - len(row.cells) + 1,
            }
            for row in table.rows
        ],
    }


def _head(column: TableColumn) -> str:
    return _row(column.head, _signs(column))


def _cell(text: str, column: TableColumn) -> str:
    """A line break inside a cell stays one."""
    return "\n".join(_row(part, _signs(column)) for part in text.split("\n"))


def _signs(column: TableColumn) -> int:
    """How many signs of 12 points certainly fit side by side in a column."""
    return max(4, int((column.width - 2.4) / 2.13))


def _paragraphs(texts: tuple[str, ...]) -> list[str]:
    """A line break inside a text is a paragraph of its own; blank lines vanish."""
    lines = (line for text in texts for line in _plain(text).split("\n"))
    return [_breakable(line, _WIDE) for line in lines if line.strip(" ")]


def _rows(texts: tuple[str, ...], longest: int = _WIDE) -> list[str]:
    return [_row(text, longest) for text in texts]


def _row(text: str, longest: int = _WIDE) -> str:
    return _breakable(_plain(text).replace("\n", " ").replace("\t", " "), longest)


def _plain(text: str) -> str:
    """NFC, without what is never drawn (controls, half surrogates, joiners, variation signs).

    A sign the document font lacks, an emoji say, stands as □: Word and Excel, which have more fonts, keep it.
    """
    return "".join(_drawn(c) for c in unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _drawn(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in "\n\t" or kind == "Zs":
        return sign
    if kind in ("Cc", "Cf", "Cs") or "VARIATION SELECTOR" in unicodedata.name(sign, ""):
        return ""
    if _shape(sign) != _shape(_NO_SIGN):
        return sign
    return "" if kind == "Mn" else "□"


def _shape(sign: str) -> bytes:
    return bytes(_font().getmask(sign))


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(DOCUMENTS / "fonts" / "LiberationSerif-Regular.ttf"), 24)


def _breakable(text: str, longest: int) -> str:
    """A run without spaces longer than `longest` may break after every eighth sign, or it leaves the page."""
    return re.sub(rf"[^ \t]{{{longest + 1},}}", _with_breaks, text)


def _with_breaks(run: re.Match[str]) -> str:
    signs = run.group()
    return _BREAK_HERE.join(signs[start : start + 8] for start in range(0, len(signs), 8))
