"""The forms of all units of a period in one .zip, sent while it is being made."""

import re
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any
from zipfile import ZIP_STORED, ZipFile

from tracker.domain.form_about import FormAbout
from tracker.domain.submission_seen import SubmissionSeen
from tracker.exports.unit_form import form
from tracker.text import clean_line

LONGEST_UNIT_NAME = 80
_NOT_IN_NAME = re.compile(r'[\\/:*?"<>|]')


class _Outlet(RawIOBase):
    """What the archive writes, until it is taken; it cannot go back, as a response cannot."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, some: Any) -> int:
        self._waiting += some
        return len(some)

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


def form_name(about: FormAbout) -> str:
    """The file name of a unit's form, without what file systems refuse."""
    unit = clean_line(_NOT_IN_NAME.sub(" ", about.unit_name))[:LONGEST_UNIT_NAME].strip(" .")
    return f"Biểu kết quả - {unit} - {about.period.label}.xlsx"


def zipped(forms: Iterable[tuple[SubmissionSeen, FormAbout]]) -> Iterator[bytes]:
    """The pieces of the archive, one form drawn after the other; two units of one name keep two files."""
    outlet = _Outlet()
    taken: set[str] = set()
    with ZipFile(outlet, "w", ZIP_STORED) as archive:  # a workbook is packed already
        for seen, about in forms:
            archive.writestr(_free(form_name(about), taken), form(seen, about))
            yield outlet.take()
    yield outlet.take()


def _free(name: str, taken: set[str]) -> str:
    free, number = name, 2
    while free.casefold() in taken:
        free, number = f"{name.removesuffix('.xlsx')} ({number}).xlsx", number + 1
    taken.add(free.casefold())
    return free
