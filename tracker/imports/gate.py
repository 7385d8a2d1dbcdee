"""The gate before any reading: an archive is looked at from outside, and what is not a plain workbook stays out.

`kind_of` reads the directory of the archive and its smallest parts; `look_inside` runs in the child process and goes
through the packed bytes once, without building anything. Each refusal is one sentence with the way out.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import RuleBroken

XLSX, ODS, XLS = "xlsx", "ods", "xls"
MOST_MEMBERS = 2_000
MOST_UNPACKED = 160 * 1024 * 1024
MOST_RATIO = 300
SMALL_UNPACKED = 16 * 1024 * 1024
RATIO_FROM = 4 * 1024 * 1024
MOST_SHEETS = 60
MOST_ROW, MOST_COLUMN = 200_000, 500
MOST_CELLS = 600_000
MOST_TEXT = 32 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_SMALL = 4 * 1024 * 1024
_CHUNK = 256 * 1024
_OVERLAP = 64
_SHEET = re.compile(r"^xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_CODE = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^xl/(macrosheets|activex)/.|^(basic|scripts)/.", re.I)
_OUTSIDE = re.compile(r"^xl/(externallinks/.|connections\.xml$|querytables/.)", re.IGNORECASE)
_FAR = re.compile(
    rb'<(?:\w+:)?c\s[^>]{0,200}?\br="([A-Za-z]{1,4})(\d{1,9})"|<(?:\w+:)?row\s[^>]{0,200}?\br="(\d{1,9})"'
)
_DECLARES = (b"<!doctype", b"<!entity")


def _of(name: str) -> str:
    return f"Tệp “{name}”"


def kind_of(path: Path, name: str) -> str:
    """"xlsx", "ods" or "xls", told by content. RuleBroken (field "file") for anything else, or for a hostile archive.

    `name` is the sender's, for the sentence.
    """
    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise _refused(f"{_of(name)} không có nội dung (0 byte). Hãy kiểm tra rồi chọn lại tệp.")
    if head.startswith(_OLE):
        return _old_kind(path, name)
    if not head.startswith(_ZIP):
        raise _refused(
            f"{_of(name)} không phải là bảng tính. Hãy gửi tệp Excel (.xlsx); tệp .xls và .ods cũng đọc được. "
            "Tệp .csv hay trang web lưu về: hãy mở bằng Excel rồi lưu lại dạng .xlsx."
        )
    return _archive_kind(path, name)


def _refused(sentence: str) -> RuleBroken:
    return RuleBroken(sentence, field="file")


def _damaged(name: str) -> RuleBroken:
    return _refused(
        f"{_of(name)} bị hỏng hoặc có cấu trúc bất thường nên không đọc được. "
        "Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi gửi lại."
    )


def too_large(name: str) -> RuleBroken:
    """More than a form of a unit can need; the child never gets to see it."""
    return _refused(
        f"{_of(name)} khai ra quá nhiều dữ liệu so với một biểu báo cáo nên không được mở. "
        "Hãy tải lại biểu từ chương trình, chép số liệu vào và gửi biểu đó."
    )


def _old_kind(path: Path, name: str) -> str:
    """An OLE file: a workbook of Excel 97, or anything with a password."""
    with path.open("rb") as file:
        content = file.read(64 * 1024 * 1024)

    def names(word: str) -> bool:
        return word.encode("utf-16-le") in content

    if names("EncryptedPackage") or names("EncryptionInfo"):
        raise _refused(f"{_of(name)} có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi lại.")
    if names("_VBA_PROJECT"):
        raise _macros(name)
    if not (names("Workbook") or names("Book")):
        raise _no_workbook(name)
    return XLS


def _no_workbook(name: str) -> RuleBroken:
    return _refused(f"{_of(name)} không phải là bảng tính. Hãy gửi tệp Excel (.xlsx); tệp .xls và .ods cũng đọc được.")


def _macros(name: str) -> RuleBroken:
    return _refused(
        f"{_of(name)} có chứa macro nên không được nhận, kể cả khi macro không chạy. "
        "Hãy lưu lại dạng .xlsx (không macro) rồi gửi lại."
    )


def _archive_kind(path: Path, name: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _judge_directory(members, name)
            names = [member.filename for member in members]
            contents = _part(archive, "[Content_Types].xml").lower()
            opened = _part(archive, "mimetype").strip()
            manifest = _part(archive, "META-INF/manifest.xml")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as fault:
        raise _damaged(name) from fault
    if b"macroenabled" in contents or any(_CODE.search(each) for each in names):
        raise _macros(name)
    if any(_OUTSIDE.search(each) for each in names):
        raise _refused(
            f"{_of(name)} có liên kết lấy số liệu từ tệp khác nên không được nhận: số liệu có thể đổi mà không ai "
            "biết. Trong Excel, hãy vào Dữ liệu, Sửa liên kết, Ngắt liên kết (chép ô dưới dạng giá trị), lưu rồi gửi."
        )
    if b"encryption-data" in manifest:
        raise _refused(f"{_of(name)} có đặt mật khẩu nên không đọc được. Hãy bỏ mật khẩu, lưu lại rồi gửi lại.")
    if opened.startswith(b"application/vnd.oasis.opendocument.spreadsheet") and "content.xml" in names:
        return ODS
    if b"sheet.binary" in contents or "xl/workbook.bin" in names:
        raise _refused(f"{_of(name)} là tệp .xlsb, không đọc được. Hãy lưu lại dạng .xlsx rồi gửi lại.")
    if any(each.lower() == "xl/workbook.xml" for each in names):
        if sum(1 for each in names if _SHEET.match(each)) > MOST_SHEETS:
            raise _refused(f"{_of(name)} có hơn {MOST_SHEETS} trang tính. Hãy gửi đúng biểu đã tải về.")
        return XLSX
    raise _no_workbook(name)


def _judge_directory(members: list[zipfile.ZipInfo], name: str) -> None:
    """Names, count, sizes, ratios, as the directory declares them. Reading stops at a declared size, so they bind."""
    names = [member.filename.lower() for member in members]
    odd = any(each.startswith("/") or "\\" in each or ".." in each.split("/") or "\0" in each for each in names)
    if odd or len(set(names)) != len(names) or any(member.flag_bits & 1 for member in members):
        raise _damaged(name)
    unpacked = sum(member.file_size for member in members)
    packed_tight = any(
        member.file_size > RATIO_FROM and member.file_size > MOST_RATIO * max(1, member.compress_size)
        for member in members
    )
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or packed_tight:
        raise too_large(name)


def _part(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part that is small by nature; empty when it is not there. BadZipFile when it is large."""
    if part not in archive.namelist():
        return b""
    if archive.getinfo(part).file_size > _SMALL:
        raise zipfile.BadZipFile(part)
    return archive.read(part)


def is_small(path: Path) -> bool:
    """Whether the whole of an archive unpacks to little enough to be opened as it is, to mark cells in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(member.file_size for member in archive.infolist()) <= SMALL_UNPACKED
    except (zipfile.BadZipFile, OSError):
        return False


def look_inside(path: Path, name: str) -> None:
    """Go through every part once: declared types and entities, cells far outside. RuleBroken; BadZipFile passes."""
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            sheet = _SHEET.match(member.filename) is not None
            xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
            for chunk in _chunks(archive, member):
                plain = chunk.replace(b"\0", b"").lower() if xml else b""
                if any(word in plain for word in _DECLARES):
                    raise _damaged(name)
                if sheet:
                    _near(chunk, name)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The unpacked part in pieces, each with the end of the one before it."""
    with archive.open(member) as part:
        last = b""
        while piece := part.read(_CHUNK):
            yield last + piece
            last = piece[-_OVERLAP:]


def _near(chunk: bytes, name: str) -> None:
    for letters, row, alone in _FAR.findall(chunk):
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - 64
        if int(row or alone) > MOST_ROW or column > MOST_COLUMN:
            raise far_out(name, f"{letters.decode().upper()}{(row or alone).decode()}")


def far_out(name: str, place: str) -> RuleBroken:
    """A cell nobody put there on purpose: a workbook that would fill the memory."""
    return _refused(
        f"{_of(name)} có ô rất xa ngoài biểu ({place}). Hãy xóa các dòng, cột thừa ở cuối trang tính "
        "(hoặc chép số liệu vào biểu tải lại từ chương trình) rồi gửi lại."
    )
