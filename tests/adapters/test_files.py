"""Attachments: known kinds alone, told by content; whole or not at all; names that lead nowhere else."""

import hashlib
import io
import unicodedata
import warnings
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from PIL import Image

from tracker.adapters import files
from tracker.adapters.files import FileStore, clean_name, media_type_of
from tracker.errors import RuleBroken, TooLarge

LIMIT = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def picture(kind: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, kind)
    return content.getvalue()


def packed(parts: dict[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return content.getvalue()


def word() -> bytes:
    content = io.BytesIO()
    docx.Document().save(content)
    return content.getvalue()


def excel() -> bytes:
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def opendocument(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<a/>"})


def with_part(content: bytes, name: str, text: str = "x") -> bytes:
    """The archive with one part more; a name that is there already stands in it twice."""
    longer = io.BytesIO(content)
    with zipfile.ZipFile(longer, "a") as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        made.writestr(name, text)
    return longer.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "kept")


def lying_in(store: FileStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def refusal(store: FileStore, content: bytes, name: str, limit: int = LIMIT) -> str:
    with pytest.raises(RuleBroken) as refused:
        store.put(io.BytesIO(content), name, limit)
    assert lying_in(store) == []
    return refused.value.sentence


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Báo cáo.pdf", PDF, files.PDF),
        ("ảnh.JPG", picture("JPEG"), files.JPEG),
        ("ảnh.jpeg", picture("JPEG"), files.JPEG),
        ("ảnh.png", picture("PNG"), files.PNG),
        ("Đề án.docx", word(), files.DOCX),
        ("Số liệu.xlsx", excel(), files.XLSX),
        ("văn bản.odt", opendocument("text"), files.ODT),
        ("bảng.ods", opendocument("spreadsheet"), files.ODS),
    ],
)
def test_each_kind_taken_comes_out_as_it_went_in(store: FileStore, name: str, content: bytes, media_type: str):
    kept = store.put(io.BytesIO(content), name, LIMIT)
    with store.open(kept.stored_name) as file:
        assert file.read() == content
    assert (kept.original_name, kept.media_type, kept.size) == (name, media_type, len(content))
    assert kept.sha256 == hashlib.sha256(content).hexdigest()


def test_the_same_file_twice_lies_under_two_random_names(store: FileStore):
    first, second = (store.put(io.BytesIO(PDF), "a.pdf", LIMIT) for _ in range(2))
    assert first.stored_name != second.stored_name
    assert sorted(path.name for path in lying_in(store)) == sorted([first.stored_name, second.stored_name])


def test_a_removed_file_is_gone_and_removing_it_again_is_no_fault(store: FileStore):
    kept = store.put(io.BytesIO(PDF), "a.pdf", LIMIT)
    store.remove(kept.stored_name)
    store.remove(kept.stored_name)
    assert lying_in(store) == []
    with pytest.raises(FileNotFoundError):
        store.open(kept.stored_name)


@pytest.mark.parametrize(
    "name",
    ["../secret", "/etc/passwd", "", ".", "ab/../../secret", "A" * 32, "0" * 31, "0" * 32 + "\n", "..\\secret"],
)
def test_no_name_leads_out_of_the_store(store: FileStore, name: str):
    store.root.mkdir()
    (store.root.parent / "secret").write_text("hidden")
    for use in (store.open, store.remove, store.path):
        with pytest.raises(FileNotFoundError):
            use(name)
    assert (store.root.parent / "secret").read_text() == "hidden"


def test_a_file_of_the_limit_is_taken_and_one_byte_more_is_not(store: FileStore):
    content = PDF.ljust(2 * 1024 * 1024, b"\n")
    with pytest.raises(TooLarge) as refused:
        store.put(io.BytesIO(content + b"\n"), "to.pdf", len(content))
    assert refused.value.sentence == (
        "Tệp “to.pdf” lớn hơn mức 2 MB được nhận. Hãy giảm dung lượng (nén ảnh, tách tệp) rồi gửi lại."
    )
    assert lying_in(store) == []
    assert store.put(io.BytesIO(content), "vừa.pdf", len(content)).size == len(content)


def test_a_stream_that_breaks_leaves_nothing_behind(store: FileStore):
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(Broken(), "a.pdf", LIMIT)
    assert lying_in(store) == []


def test_an_empty_file_is_refused(store: FileStore):
    assert refusal(store, b"", "rỗng.pdf") == (
        "Tệp “rỗng.pdf” không có nội dung (0 byte). Hãy kiểm tra rồi chọn lại tệp."
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chạy.exe", b"MZ\x90\x00" + bytes(60)),
        ("trang.pdf", b"<html><script>alert(1)</script></html>"),
        ("hình.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("ảnh.gif", b"GIF89a" + bytes(20)),
        ("ghi chú.txt", "chữ".encode()),
        ("gói.zip", packed({"a.txt": "x"})),
        ("bài.pptx", packed({"[Content_Types].xml": "presentationml", "ppt/presentation.xml": "<a/>"})),
        ("vẽ.odg", opendocument("graphics")),
        ("giả.docx", packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<a/>"})),
    ],
)
def test_other_kinds_are_refused_and_those_taken_are_named(store: FileStore, name: str, content: bytes):
    assert refusal(store, content, name) == (
        f"Tệp “{name}” không thuộc loại được nhận. Hãy gửi tệp PDF, Word (.docx), Excel (.xlsx), "
        "OpenDocument (.odt, .ods) hoặc ảnh JPG, PNG."
    )


def test_a_name_that_says_otherwise_is_refused_with_the_right_ending(store: FileStore):
    assert refusal(store, picture("PNG"), "Báo cáo.pdf") == (
        "Nội dung của tệp “Báo cáo.pdf” là ảnh PNG, không khớp với đuôi tên tệp. "
        "Hãy đổi đuôi thành .png hoặc chọn đúng tệp."
    )
    assert "Hãy đổi đuôi thành .xlsx" in refusal(store, excel(), "Số liệu.docx")
    assert "Hãy đổi đuôi thành .pdf" in refusal(store, PDF, "báo cáo.pdf.exe")
    assert "Hãy đổi đuôi thành .pdf" in refusal(store, PDF, "pdf")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bảng.xlsx", with_part(excel(), "xl/vbaProject.bin")),
        ("bảng.xlsx", with_part(excel(), "xl/macrosheets/sheet1.xml")),
        ("văn bản.docx", with_part(word(), "word/VBAPROJECT.BIN")),
        ("văn bản.odt", with_part(opendocument("text"), "Basic/Standard/Module1.xml")),
        ("bảng.ods", with_part(opendocument("spreadsheet"), "Scripts/python/a.py")),
        (
            "văn bản.docx",
            packed(
                {
                    "[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml",
                    "word/document.xml": "<a/>",
                }
            ),
        ),
    ],
)
def test_macros_are_refused_with_the_way_out(store: FileStore, name: str, content: bytes):
    assert refusal(store, content, name) == (
        f"Tệp “{name}” có chứa macro nên không nhận được. Hãy lưu lại dạng .docx, .xlsx (không macro) "
        "hoặc PDF rồi gửi lại."
    )


def test_old_and_locked_office_files_are_refused_with_the_way_out(store: FileStore):
    assert refusal(store, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "cũ.doc") == (
        "Tệp “cũ.doc” là tệp Office kiểu cũ hoặc có đặt mật khẩu nên không nhận được. "
        "Hãy lưu lại dạng .docx, .xlsx không đặt mật khẩu rồi gửi lại."
    )


@pytest.mark.parametrize(
    "content",
    [
        word()[:2000],
        with_part(word(), "word/document.xml", "<b/>"),
        b"PK\x03\x04" + bytes(500),
        packed({f"{place}.xml": "" for place in range(5001)}),
        packed({"[Content_Types].xml": " " * (4 * 1024 * 1024 + 1)}),
    ],
    ids=["cut short", "a part twice", "no archive", "too many parts", "huge table of contents"],
)
def test_damaged_and_odd_archives_are_refused(store: FileStore, content: bytes):
    assert refusal(store, content, "hỏng.docx", limit=8 * LIMIT) == (
        "Tệp “hỏng.docx” bị hỏng hoặc có cấu trúc bất thường. Hãy mở, lưu lại rồi gửi lại tệp."
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (unicodedata.normalize("NFD", "Đề án số 1.docx"), "Đề án số 1.docx"),
        ("C:\\Users\\nam\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00b\r\nc\u202egpj.pdf", "abcgpj.pdf"),
        ("  nhiều   dấu cách .pdf ", "nhiều dấu cách .pdf"),
        ("...", "tệp không tên"),
        ("", "tệp không tên"),
        ("=cmd|' /C calc'!A0.xlsx", " C calc'!A0.xlsx".strip()),
    ],
)
def test_the_senders_name_is_a_value_without_folders_or_hidden_signs(given: str, kept: str):
    assert clean_name(given) == kept


def test_a_very_long_name_keeps_its_ending():
    assert clean_name("dài " * 200 + ".pdf") == ("dài " * 49)[:196] + ".pdf"


def test_the_type_of_a_file_already_there_can_be_asked(tmp_path: Path):
    path = tmp_path / "x"
    path.write_bytes(PDF)
    assert media_type_of(path, "x.pdf") == files.PDF
