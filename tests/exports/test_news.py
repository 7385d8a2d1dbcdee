"""The news item: the same facts as the papers, photographs with captions, nothing that the record does not hold."""

import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn

from tests.exports.records import bare_review, full_review, review_2022
from tests.exports.records_full import EMOJI, SIGNS
from tracker.domain.conferences import RemarkKind
from tracker.exports.news import news_text, news_word

GOLDEN = Path(__file__).parent / "golden"


def word_texts(content: bytes) -> list[str]:
    return [row.text.replace("\u00a0", " ") for row in Document(BytesIO(content)).paragraphs if row.text]


def test_the_news_of_2022_reads_as_the_golden_file() -> None:
    assert news_text(review_2022()) == (GOLDEN / "tin-2022.txt").read_text(encoding="utf-8")


def test_word_and_plain_text_tell_the_same() -> None:
    told = [text for text in news_text(review_2022()).strip().split("\n\n")]
    in_word = [text.replace("[Ảnh: ", "Ảnh: ").replace("]", " (chưa có tệp ảnh)") for text in told]
    assert word_texts(news_word(review_2022())) == in_word


def test_a_photograph_stands_in_the_file_with_its_caption_and_description() -> None:
    content = news_word(full_review())
    pictures = [name for name in zipfile.ZipFile(BytesIO(content)).namelist() if name.startswith("word/media/")]
    described = [shape.get("descr") for shape in Document(BytesIO(content)).element.body.iter(qn("wp:docPr"))]
    assert len(pictures) == 1
    assert described == ["Toàn cảnh Hội nghị & trao cờ <thi đua>"]
    assert "Toàn cảnh Hội nghị & trao cờ <thi đua>" in word_texts(content)


def test_photographs_keep_their_proportions_and_fit_the_page() -> None:
    shape = Document(BytesIO(news_word(full_review()))).inline_shapes[0]
    assert round(shape.width.mm) == 150
    assert round(shape.height.mm) == round(150 * 200 / 320)


def test_a_caption_without_a_file_says_so() -> None:
    assert "Ảnh: Các đơn vị ký giao ước (chưa có tệp ảnh)" in word_texts(news_word(full_review()))


def test_the_photograph_of_a_speaker_stands_before_the_speech() -> None:
    texts = news_text(review_2022()).split("\n\n")
    place = next(i for i, text in enumerate(texts) if text.startswith("Phát biểu tại Hội nghị, đồng chí Lê Hồng Vinh"))
    assert texts[place - 1].startswith("[Ảnh: Đồng chí Lê Hồng Vinh")


def test_a_bare_conference_makes_a_short_item() -> None:
    meeting = "Khối thi đua Các cơ quan tham mưu tỉnh Minh Họa tổ chức Hội nghị sơ kết công tác thi đua"
    texts = news_text(bare_review()).strip().split("\n\n")[1:]
    assert texts == [meeting, "Tháng 7/2026", f"Trong tháng 7/2026, {meeting}."]
    assert len(word_texts(news_word(bare_review()))) == 3


def test_drafts_and_illustrations_are_marked() -> None:
    assert news_text(full_review()).startswith("DỰ THẢO - SỐ LIỆU MINH HỌA\n\n")
    assert not news_text(review_2022()).startswith("DỰ THẢO")


def test_without_a_report_at_the_meeting_the_assessment_is_told_whole() -> None:
    remarks = tuple(row for row in full_review().remarks if row.kind is not RemarkKind.REPORT)
    record = replace(full_review(), remarks=remarks)
    assert SIGNS in news_text(record) and SIGNS in word_texts(news_word(record))
    assert f"{EMOJI}." in news_text(record) and f"{EMOJI}." in word_texts(news_word(record))
