"""Papers to draw, and what a PDF says when it is read back: its text, and where each run stands."""

import io
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdf

from tracker.domain.paper import Clause, Paper, Signature
from tracker.exports import pdf

MM = 72 / 25.4
PRINTED = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


def a_paper(**given: Any) -> Paper:
    """A short report; what a test speaks of is given."""
    plain: dict[str, Any] = {
        "superior": ("UBND TỈNH MINH HỌA",),
        "issuing": ("KHỐI THI ĐUA SỐ 1",),
        "number_line": "Số: 01/BC-KTĐ",
        "date_line": "Minh Họa, ngày 05 tháng 02 năm 2026",
        "type_name": "BÁO CÁO",
        "subject": ("Sơ kết công tác thi đua",),
        "opening": ("Mở đầu.",),
        "sections": (),
        "clauses": (),
        "closing": ("Hết./.",),
        "recipients": ("- Lưu: VT.",),
        "signatures": (Signature(("KHỐI TRƯỞNG",), (), "Nguyễn Văn Bình"),),
        "title": "Báo cáo sơ kết",
        "draft": False,
        "illustration": False,
    }
    return Paper(**{**plain, **given})


def read(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(content))


def pages(paper: Paper) -> list[str]:
    return [page.extract_text() for page in read(pdf.draw(paper)).pages]


def told(paper: Paper) -> Iterator[str]:
    """Every string of the paper in reading order; Nơi nhận before one signature, after several."""
    yield from (*paper.superior, *paper.issuing, *PRINTED, paper.number_line, paper.date_line, paper.type_name)
    yield from (*paper.subject, *paper.opening)
    for section in paper.sections:
        yield from (f"{section.number}. {section.title}", *section.paragraphs)
        yield from clauses(section.clauses)
    yield from clauses(paper.clauses)
    yield from paper.closing
    posts = [text for signed in paper.signatures for text in signed.lines]
    names = [text for signed in paper.signatures for text in (*signed.posts, signed.name)]
    recipients = ["Nơi nhận:", *paper.recipients]
    yield from (*recipients, *posts, *names) if len(paper.signatures) == 1 else (*posts, *names, *recipients)


def clauses(each: tuple[Clause, ...]) -> Iterator[str]:
    for clause in each:
        yield from (f"{clause.number}. {clause.title}", *clause.paragraphs)
        for point in clause.points:
            yield from (f"{point.letter}) {point.text}", *point.paragraphs)


def bare(text: str) -> str:
    """Without white space (a line may end at any space or hyphen) and places to break; a dotted leader is one sign."""
    text = re.sub(r"[^\S\t]|\u200b", "", unicodedata.normalize("NFC", text))
    return re.sub(r"\t[\t.]*|[\t.]{6,}", "\N{TWO DOT LEADER}", text)


def without_numbers(text: list[str]) -> str:
    """The pages one after the other, without the page number that opens each but the first."""
    assert [re.match(r"\d*", page)[0] for page in text[1:]] == [str(place) for place in range(2, len(text) + 1)]
    return "\n".join([text[0], *(re.sub(r"^\d+\n", "", page) for page in text[1:])])


def positions(page: pypdf.PageObject) -> list[tuple[str, float, float, float]]:
    """Text, left edge and baseline in mm from the page's upper left corner, and size in points, run by run."""
    found: list[tuple[str, float, float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            found.append((text.strip(), x / MM, 297 - y / MM, size))

    page.extract_text(visitor_text=note)
    return found
