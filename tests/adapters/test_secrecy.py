"""Secrecy stamps are found where they stand as a line of their own in a text layer, and only there."""

from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from tests.adapters.test_files import packed
from tests.exports.pdf_reading import a_paper
from tracker.adapters.files import DOCX, ODT, PDF, PNG, XLSX, secrecy_stamp
from tracker.exports import pdf


def word(path: Path, *lines: str) -> Path:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(path)
    return path


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_each_stamp_is_found_in_word(tmp_path: Path, stamp: str):
    assert secrecy_stamp(word(tmp_path / "a", "Kính gửi", f"  {stamp} ", "Nội dung"), DOCX) == stamp


@pytest.mark.parametrize("line", ["Bí mật", "mật", "MẬT ONG", "Công tác BẢO MẬT", "Độ MẬT của văn bản"])
def test_the_word_inside_a_line_is_no_stamp(tmp_path: Path, line: str):
    assert secrecy_stamp(word(tmp_path / "a", line), DOCX) is None


def test_a_stamp_in_pieces_a_table_a_head_or_after_a_break_is_found(tmp_path: Path):
    pieces, table, head, broken = (docx.Document() for _ in range(4))
    paragraph = pieces.add_paragraph("TUYỆT")
    paragraph.add_run(" M")
    paragraph.add_run("ẬT").bold = True
    table.add_table(1, 2).cell(0, 1).text = "MẬT"
    head.sections[0].header.paragraphs[0].text = "TỐI MẬT"
    broken.add_paragraph("Số: 01/BC").add_run().add_break()
    broken.paragraphs[0].add_run("MẬT")
    found = []
    for document in (pieces, table, head, broken):
        document.save(tmp_path / "a")
        found.append(secrecy_stamp(tmp_path / "a", DOCX))
    assert found == ["TUYỆT MẬT", "MẬT", "TỐI MẬT", "MẬT"]


def test_a_stamp_in_a_cell_or_a_head_of_excel_is_found(tmp_path: Path):
    cell, rich, head, none = (openpyxl.Workbook() for _ in range(4))
    cell.active["C3"] = "MẬT"
    rich.active["A1"] = CellRichText("TỐI ", TextBlock(InlineFont(b=True), "MẬT"))
    head.active.oddHeader.right.text = "TUYỆT MẬT"
    none.active["A1"] = "Bảo mật"
    found = []
    for book in (cell, rich, head, none):
        book.save(tmp_path / "a")
        found.append(secrecy_stamp(tmp_path / "a", XLSX))
    assert found == ["MẬT", "TỐI MẬT", "TUYỆT MẬT", None]


def test_a_stamp_in_an_opendocument_text_is_found(tmp_path: Path):
    text = '<o xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><text:p>{}</text:p></o>'
    (tmp_path / "a").write_bytes(packed({"content.xml": text.format("MẬT")}))
    (tmp_path / "b").write_bytes(packed({"content.xml": text.format("Bảo MẬT")}))
    assert secrecy_stamp(tmp_path / "a", ODT) == "MẬT"
    assert secrecy_stamp(tmp_path / "b", ODT) is None


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_stamp_in_the_text_layer_of_a_pdf_is_found(tmp_path: Path, stamp: str):
    (tmp_path / "a").write_bytes(pdf.draw(a_paper(opening=("Mở đầu.", stamp, "Nội dung."))))
    assert secrecy_stamp(tmp_path / "a", PDF) == stamp


def test_a_pdf_without_a_stamp_and_a_picture_show_none(tmp_path: Path):
    (tmp_path / "a").write_bytes(pdf.draw(a_paper(opening=("Thực hiện BẢO MẬT thông tin, giữ bí mật nhà nước.",))))
    assert secrecy_stamp(tmp_path / "a", PDF) is None
    assert secrecy_stamp(tmp_path / "a", PNG) is None


@pytest.mark.parametrize("content", [b"", b"x", b"PK\x03\x04", b"%PDF-1.7 stream\nBT ET\nendstream"])
@pytest.mark.parametrize("media_type", [PDF, DOCX])
def test_what_cannot_be_read_shows_none(tmp_path: Path, content: bytes, media_type: str):
    (tmp_path / "a").write_bytes(content)
    assert secrecy_stamp(tmp_path / "a", media_type) is None


def test_a_part_that_declares_entities_is_not_read(tmp_path: Path):
    text = '<!DOCTYPE p [<!ENTITY m "MẬT">]><w xmlns:w="urn:w"><w:p><w:t>&m;</w:t></w:p></w>'
    (tmp_path / "a").write_bytes(packed({"word/document.xml": text}))
    assert secrecy_stamp(tmp_path / "a", DOCX) is None
