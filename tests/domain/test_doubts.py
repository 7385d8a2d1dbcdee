"""Slips of a source text are shown where they stand and never corrected."""

import pytest

from tracker.domain.doubts import CLOSED_WITHOUT_OPEN, OPEN_WITHOUT_CLOSE, DoubtKind, doubts

PARAGRAPH = "Sáu tháng qua các đơn vị trong khối đã làm được nhiều việc có ích cho nhân dân."


def kinds(text: str) -> list[DoubtKind]:
    return [doubt.kind for doubt in doubts(text)]


def test_blank_text_has_none():
    assert doubts(None) == doubts("") == []


def test_clean_text_has_none():
    assert kinds(f"{PARAGRAPH}\nPhong trào “Cả nước chung sức” - kinh tế - xã hội, quốc phòng; chiến sĩ thi đua.") == []


def test_paragraph_that_stands_twice_is_found_once():
    found = doubts(f"{PARAGRAPH}\nKhác.\n{PARAGRAPH}")
    assert [doubt.kind for doubt in found] == [DoubtKind.REPEATED]
    assert found[0].start == len(PARAGRAPH) + 7


def test_short_line_may_stand_twice():
    assert kinds("Sở Tư pháp\nSở Tư pháp") == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("thực hiện văn hóa công sở” và quan tâm", CLOSED_WITHOUT_OPEN),
        ("thực hiện “văn hóa công sở và quan tâm", OPEN_WITHOUT_CLOSE),
        ('thực hiện "văn hóa công sở', DoubtKind.QUOTES.label),
    ],
)
def test_quotes_without_their_pair(text: str, sentence: str):
    assert [doubt.sentence for doubt in doubts(text)] == [sentence]


def test_quote_does_not_reach_into_the_next_paragraph():
    assert kinds("mở “ở đây\nđóng” ở đây") == [DoubtKind.QUOTES, DoubtKind.QUOTES]


def test_space_before_a_comma_shows_its_place():
    found = doubts("ghi nhận , biểu dương")
    assert [(doubt.kind, doubt.excerpt) for doubt in found] == [(DoubtKind.SPACE, "ghi nhận , biểu dương")]


def test_two_dashes_in_one_name():
    assert kinds("Khối Nội chính - Lực lượng vũ trang; Khối Nội chính – Lực lượng vũ trang") == [DoubtKind.DASHES]
    assert kinds("thể dục – thể thao; kinh tế - xã hội") == []


def test_one_word_with_y_and_with_i():
    found = doubts("cán bộ, chiến sỹ và các chiến sĩ")
    assert [doubt.sentence for doubt in found] == [
        "Viết cả “chiến sỹ” và “chiến sĩ”; khi tìm kiếm coi là một."
    ]


def test_lost_word():
    found = doubts("Phong trào thi đua yêu của Khối. Phong trào thi đua yêu nước.")
    assert [(doubt.kind, doubt.start) for doubt in found] == [(DoubtKind.LOST_WORD, 11)]


def test_doubled_word():
    assert kinds("các phong trào của của khối") == [DoubtKind.DOUBLED]


def test_findings_stand_in_the_order_of_the_text():
    assert kinds("thi đua yêu của khối , rồi công sở”") == [DoubtKind.LOST_WORD, DoubtKind.SPACE, DoubtKind.QUOTES]


def test_long_paragraph_is_cut_between_words():
    found = doubts(f"{PARAGRAPH} ghi nhận , biểu dương {PARAGRAPH}")
    assert found[0].excerpt == "…việc có ích cho nhân dân. ghi nhận , biểu dương Sáu tháng qua các đơn…"
