"""PDF: whatever was typed stands on the page whole, as text, and nothing else does."""

import unicodedata
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exports.pdf_reading import PRINTED, a_paper, bare, pages, positions, read, told, without_numbers
from tests.exports.records import bare_review, full_review, review_2022
from tracker.domain.paper import Clause, Point, Section
from tracker.exports import minutes_text, pdf, review_text


@pytest.mark.parametrize("record", [review_2022, bare_review])
@pytest.mark.parametrize(
    ("draw", "build"), [(pdf.report, review_text.review_report), (pdf.minutes, minutes_text.minutes)]
)
def test_a_conference_in_pdf_says_what_its_text_says(record: Any, draw: Any, build: Any):
    paper = replace(build(record()), draft=False, illustration=False)
    drawn = draw(replace(record(), draft=False, illustration=False))
    text = without_numbers([page.extract_text() for page in read(drawn).pages])
    assert bare(text) == bare("".join(told(paper)))


def test_a_full_conference_loses_nothing_but_signs_the_font_lacks():
    paper = replace(review_text.review_report(full_review()), draft=False, illustration=False)
    said = "".join(pdf._plain(text) for text in told(paper))
    assert bare(without_numbers(pages(paper))) == bare(said)
    lost = Counter("".join(told(paper))) - Counter(said)
    assert {unicodedata.category(sign) for sign in lost} <= {"So", "Sk", "Cf", "Mn", "Lo"}


def test_a_line_break_in_a_text_begins_a_paragraph():
    (text,) = pages(a_paper(opening=("Dòng một\n\nDòng hai\r\nDòng ba",)))
    assert "\nDòng một\nDòng hai\nDòng ba\n" in text


def test_nothing_typed_is_read_as_markup():
    code = '#read("van-ban.typ") #panic("x") $x^2$ *đậm* _nghiêng_ `mã` <nhãn> @nguồn = Mục // ghi chú \\ "nháy" -- ...'
    (text,) = pages(a_paper(opening=(code,), title=code, subject=("#let x",), number_line="Số: #1/BC_*"))
    assert bare(code) in bare(text)
    assert "\n#let x\n" in text
    assert "Số: #1/BC_*" in text
    assert read(pdf.draw(a_paper(title=code))).metadata.title == code


def test_spaces_left_for_a_number_stay():
    (text,) = pages(a_paper(number_line="Số:          /BC-…", date_line="Minh Họa, ngày       tháng 7 năm 2026"))
    assert "Số:          /BC-…" in text
    assert "ngày       tháng 7" in text


def test_a_run_without_spaces_breaks_instead_of_leaving_the_page():
    runs = positions(read(pdf.draw(a_paper(opening=("W" * 200,), superior=("W" * 40,)))).pages[0])
    drawn = [text.replace("\u200b", "") for text, *_ in runs if set(text) <= {"W", "\u200b"}]
    assert "".join(drawn) == "W" * 240
    assert max(map(len, drawn)) <= 32


def test_signs_the_font_lacks_stand_as_boxes_and_hidden_ones_vanish():
    (text,) = pages(a_paper(opening=("A 😀 B 漢字 C\u00ad\u200d\u202e\x07 D ❤\ufe0f E",)))
    assert "A □ B □□ C D □ E" in text


def test_text_in_decomposed_form_comes_out_composed():
    (text,) = pages(a_paper(opening=(unicodedata.normalize("NFD", "Đường đến Quảng Ngãi"),)))
    assert "Đường đến Quảng Ngãi" in text


def test_a_paper_with_everything_left_out_is_still_drawn():
    empty = a_paper(
        superior=(), issuing=(), number_line="", date_line="", type_name="", subject=(), opening=("", " ", "\n"),
        closing=(), recipients=(), signatures=(), title="",
    )  # fmt: skip
    assert pages(empty) == ["\n".join(PRINTED)]
    assert "Nơi nhận" not in pages(a_paper(recipients=()))[0]


VIETNAMESE = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
LETTERS = VIETNAMESE + VIETNAMESE.upper() + "bcghklmnpqrstvx"
SIGNS = "0123456789&<>\"{}%#$*_[]@\\`'=+-/~^|;:,.!?()“”–…  \u00a0"
TEXTS = st.text(alphabet=st.sampled_from(LETTERS * 2 + SIGNS * 4), min_size=1, max_size=120)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(TEXTS, min_size=10, max_size=10))
def test_500_vietnamese_texts_come_out_as_they_went_in(texts: list[str]):
    """50 papers of 10 texts, each in another place. White space is not compared: a line may end at it."""
    made = [f"«{place}{text}»" for place, text in enumerate(texts)]
    point = Point("đ", made[5], (made[6],))
    paper = a_paper(
        superior=(made[0],),
        subject=(made[1],),
        opening=(made[2],),
        sections=(Section("I", made[3], (made[4],), (Clause("1", "Khoản", (), (point,)),)),),
        clauses=(Clause("1", made[7], (made[8],)),),
        recipients=(made[9],),
    )
    assert bare(without_numbers(pages(paper))) == bare("".join(told(paper)))
