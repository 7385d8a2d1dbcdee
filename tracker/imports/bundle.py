"""Several workbooks in one archive, as the secretariat gathers them: taken apart in memory, one by one, with limits."""

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tracker.errors import RuleBroken

MOST_FILES = 200
MOST_EACH = 20 * 1024 * 1024
MOST_WHOLE = 200 * 1024 * 1024
WORKBOOKS = (".xlsx", ".xls", ".ods")


def is_bundle(path: Path) -> bool:
    """An archive that is no office file itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return "[Content_Types].xml" not in names and "mimetype" not in names


def workbooks_in(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """(name without folders, bytes) of each workbook in the archive; other files are left out.

    RuleBroken (field "file") when it is damaged, encrypted or past the limits; what came before was whole.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if _is_workbook(each)]
            too_many = len(members) > MOST_FILES or any(each.file_size > MOST_EACH for each in members)
            if too_many or sum(each.file_size for each in members) > MOST_WHOLE:
                raise RuleBroken(
                    f"Tệp “{name}” chứa quá nhiều hoặc quá lớn (nhiều nhất {MOST_FILES} biểu, mỗi biểu 20 MB). "
                    "Hãy chia thành nhiều tệp nén.",
                    field="file",
                )
            if not members:
                raise RuleBroken(f"Tệp nén “{name}” không có bảng tính nào bên trong.", field="file")
            for member in members:
                yield posixpath.basename(member.filename), archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as fault:
        raise RuleBroken(
            f"Tệp nén “{name}” bị hỏng hoặc có đặt mật khẩu. Hãy nén lại (không mật khẩu), hoặc chọn từng biểu.",
            field="file",
        ) from fault


def _is_workbook(member: zipfile.ZipInfo) -> bool:
    own = posixpath.basename(member.filename)
    return own.lower().endswith(WORKBOOKS) and not own.startswith(("~$", "._"))
