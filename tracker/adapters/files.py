"""Attachments: a folder with files under random names, each looked at by content before it is kept.

A file is written to one side, flushed to the disk and then moved into place in one step, so that a name in the
database always leads to a whole file. What the sender called it is a value to be kept, never a path.
"""

import hashlib
import os
import re
import secrets
import unicodedata
import zipfile
from collections.abc import Callable, Container, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import filetype

from tracker.adapters.secrecy import secrecy_stamp
from tracker.errors import RuleBroken, TooLarge

__all__ = ["ALLOWED", "FileStore", "StoredFile", "clean_name", "media_type_of", "secrecy_stamp", "strays"]

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

# media type → the endings a name may have, the usual one first, and how users call it
ALLOWED: dict[str, tuple[tuple[str, ...], str]] = {
    PDF: ((".pdf",), "tệp PDF"),
    DOCX: ((".docx",), "tệp Word"),
    XLSX: ((".xlsx",), "tệp Excel"),
    JPEG: ((".jpg", ".jpeg"), "ảnh JPG"),
    PNG: ((".png",), "ảnh PNG"),
    ODT: ((".odt",), "văn bản OpenDocument"),
    ODS: ((".ods",), "bảng tính OpenDocument"),
}

_MAIN_PARTS = {
    "word/document.xml": (DOCX, f"{DOCX}.main+xml"),
    "xl/workbook.xml": (XLSX, f"{XLSX}.main+xml"),
}
_MACROS = re.compile(r"(^|/)(vbaproject\.bin|vbadata\.xml)$|^(xl/macrosheets|basic|scripts)/.", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_MOST_MEMBERS = 5_000
_MOST_UNPACKED = 512 * 1024 * 1024
_SMALL_PART = 4 * 1024 * 1024
_CHUNK = 256 * 1024
_STORED_NAME = re.compile(r"[0-9a-f]{32}")
_ENDINGS = ("", "part", "thumb", "thumb.part")
_LONGEST_NAME = 200


@dataclass(frozen=True)
class StoredFile:
    """`stored_name` is the random name in the store, `original_name` the sender's, cleaned; `size` in bytes."""

    stored_name: str
    original_name: str
    sha256: str
    size: int
    media_type: str


class FileStore:
    """A folder of files under random names, two letters of the name to a subfolder."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)

    def put(
        self, stream: BinaryIO, filename: str, limit: int, kind_of: Callable[[Path, str], str] | None = None
    ) -> StoredFile:
        """Keep what `stream` gives, at most `limit` bytes, if it is of a kind that is taken.

        `kind_of` tells the media type instead of `media_type_of`, from the same things, and refuses as that does.

        Raises TooLarge past the limit, RuleBroken for an empty, damaged, disguised or unknown file or one with
        macros; then nothing is left behind. An OSError (disk full, folder read-only) passes through.
        """
        name = clean_name(filename)
        stored_name = secrets.token_hex(16)
        target = self._place(stored_name)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        try:
            sha256, size = _write(stream, part, name, limit)
            media_type = (kind_of or media_type_of)(part, name)
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        _flush_folder(target.parent)
        return StoredFile(stored_name, name, sha256, size, media_type)

    def path(self, stored_name: str) -> Path:
        """Where the file lies. Raises FileNotFoundError for a name that is not there or not one of ours."""
        place = self._place(stored_name)
        if not place.is_file():
            raise FileNotFoundError(stored_name)
        return place

    def open(self, stored_name: str) -> BinaryIO:
        """The file for reading, to be closed by the caller. Raises FileNotFoundError as `path` does."""
        return self.path(stored_name).open("rb")

    def remove(self, stored_name: str) -> None:
        """Delete the file; one that is already gone is no fault."""
        self._place(stored_name).unlink(missing_ok=True)

    def _place(self, stored_name: str) -> Path:
        if not _STORED_NAME.fullmatch(stored_name):
            raise FileNotFoundError(stored_name)
        return self.root / stored_name[:2] / stored_name


def clean_name(filename: str) -> str:
    """The sender's name as a value: NFC, no folders, no control or direction signs, at most 200 characters."""
    plain = unicodedata.normalize("NFC", filename)
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    last = " ".join(re.split(r"[/\\]", plain)[-1].split()).strip(". ")
    stem, dot, ending = last.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[: _LONGEST_NAME - len(ending) - 1]}.{ending}" if stem else ending
    return last[:_LONGEST_NAME] or "tệp không tên"


def media_type_of(path: Path, name: str) -> str:
    """The media type of the file at `path`, told by its content; `name` is the sender's.

    Raises RuleBroken when the kind is not taken, the ending says otherwise, or macros are inside.
    """
    with path.open("rb") as file:
        head = file.read(8192)
    if not head:
        raise RuleBroken(f"Tệp “{name}” không có nội dung (0 byte). Hãy kiểm tra rồi chọn lại tệp.")
    if head.startswith(_OLE):
        raise RuleBroken(
            f"Tệp “{name}” là tệp Office kiểu cũ hoặc có đặt mật khẩu nên không nhận được. "
            "Hãy lưu lại dạng .docx, .xlsx không đặt mật khẩu rồi gửi lại."
        )
    media_type = _office_type(path, name) if head.startswith(_ZIP) else _plain_type(head)
    if media_type is None:
        raise RuleBroken(
            f"Tệp “{name}” không thuộc loại được nhận. Hãy gửi tệp PDF, Word (.docx), Excel (.xlsx), "
            "OpenDocument (.odt, .ods) hoặc ảnh JPG, PNG."
        )
    endings, kind = ALLOWED[media_type]
    if not name.lower().endswith(endings):
        raise RuleBroken(
            f"Nội dung của tệp “{name}” là {kind}, không khớp với đuôi tên tệp. "
            f"Hãy đổi đuôi thành {endings[0]} hoặc chọn đúng tệp."
        )
    return media_type


def _write(stream: BinaryIO, part: Path, name: str, limit: int) -> tuple[str, int]:
    """Copy to `part` and flush to the disk; the sha256 in hexadecimal and the size in bytes."""
    digest, size = hashlib.sha256(), 0
    with part.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise TooLarge(
                    f"Tệp “{name}” lớn hơn mức {_megabytes(limit)} MB được nhận. "
                    "Hãy giảm dung lượng (nén ảnh, tách tệp) rồi gửi lại."
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _megabytes(size: int) -> str:
    return f"{size / (1024 * 1024):.1f}".removesuffix(".0").replace(".", ",")


def _plain_type(head: bytes) -> str | None:
    found = filetype.guess(head)
    return found.mime if found is not None and found.mime in (PDF, JPEG, PNG) else None


def _office_type(path: Path, name: str) -> str | None:
    """The kind of office file in an archive; None for any other archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            whole = len(names) == len(set(names)) and not any(member.flag_bits & 1 for member in members)
            unpacked = sum(member.file_size for member in members)
            if not whole or len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED:
                raise zipfile.BadZipFile
            contents = _small(archive, "[Content_Types].xml").decode("utf-8", "replace")
            opened = _small(archive, "mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as fault:
        raise RuleBroken(
            f"Tệp “{name}” bị hỏng hoặc có cấu trúc bất thường. Hãy mở, lưu lại rồi gửi lại tệp."
        ) from fault
    if "macroenabled" in contents.lower() or any(_MACROS.search(member) for member in names):
        raise RuleBroken(
            f"Tệp “{name}” có chứa macro nên không nhận được. Hãy lưu lại dạng .docx, .xlsx (không macro) "
            "hoặc PDF rồi gửi lại."
        )
    if opened in (ODT, ODS):
        return opened
    return next((kind for part, (kind, main) in _MAIN_PARTS.items() if part in names and main in contents), None)


def _small(archive: zipfile.ZipFile, part: str) -> bytes:
    """The bytes of a part that is small by nature; empty when it is not there. BadZipFile when it is large."""
    if part not in archive.namelist():
        return b""
    if archive.getinfo(part).file_size > _SMALL_PART:
        raise zipfile.BadZipFile
    return archive.read(part)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut. Windows has no such call for folders."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def strays(root: Path, known: Container[str], before: float) -> Iterator[Path]:
    """Files of the store that no row leads to, and halves of writing, last written before this second since 1970.

    Younger ones may belong to a request that has not ended. Anything else in the folder is not ours and stays.
    """
    for place in sorted(Path(root).glob("[0-9a-f][0-9a-f]/*")):
        stem, _dot, ending = place.name.partition(".")
        ours = _STORED_NAME.fullmatch(stem) and place.parent.name == stem[:2] and ending in _ENDINGS
        if not ours or (stem in known and not ending.endswith("part")):
            continue
        with suppress(FileNotFoundError):
            if place.is_file() and place.stat().st_mtime < before:
                yield place
