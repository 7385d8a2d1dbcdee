"""Backups as one zip: a database, the files it leads to, and a manifest with the SHA-256 of each member.

A restored archive is looked at whole before anything is touched: its members, their places, sizes and sums.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tracker.errors import RuleBroken

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1024 * 1024
_FILE = re.compile(r"files/[0-9a-f]{2}/[0-9a-f]{32}(\.thumb)?")
DATABASES = ("database.sqlite3", "database.dump")
WRONG = "Tệp sao lưu không dùng được, chưa có gì bị thay đổi: "


@dataclass(frozen=True)
class Manifest:
    """`revision` is the schema's; `made_at` ISO in UTC; `members` name → SHA-256, without the manifest itself."""

    made_at: str
    revision: str
    members: Mapping[str, str]

    @property
    def database(self) -> str:
        return next(name for name in self.members if name in DATABASES)


def write(target: Path, members: Mapping[str, Path], *, made_at: str, revision: str) -> Iterator[str]:
    """Pack `members` (name in the archive → file) and yield each name when it is in. An unfinished one is no archive.

    The file gets its name last, so that a crash leaves a .part and never half a backup under the real name.
    """
    part = target.with_name(f"{target.name}.part")
    sums = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, place in members.items():
            sums[name] = _sum_of(place)
            archive.write(place, name)
            yield name
        told = {"format": FORMAT, "made_at": made_at, "revision": revision, "members": sums}
        archive.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True))
    part.replace(target)


def check(source: Path) -> Iterator[str | Manifest]:
    """Yield each member's name when its sum is right, at last the manifest. RuleBroken says what is wrong."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive)
            for name, expected in manifest.members.items():
                with archive.open(name) as stream:
                    if _sum(stream) != expected:
                        raise RuleBroken(f"{WRONG}“{name}” không khớp mã SHA-256 đã ghi.")
                yield name
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError) as fault:
        raise RuleBroken(f"{WRONG}tệp bị hỏng hoặc không phải bản sao lưu ({type(fault).__name__}).") from fault
    yield manifest


def unpack(source: Path, manifest: Manifest, folder: Path) -> Iterator[str]:
    """Write every member of a checked archive below `folder`; yield each name."""
    with zipfile.ZipFile(source) as archive:
        for name in manifest.members:
            place = folder / name
            place.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as stream, place.open("wb") as kept:
                while chunk := stream.read(CHUNK):
                    kept.write(chunk)
            yield name


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    """What the archive says of itself; every member is named in it, once, at a place of ours."""
    names = archive.namelist()
    if len(names) != len(set(names)) or MANIFEST not in names:
        raise RuleBroken(f"{WRONG}thiếu bản kê hoặc có thành phần trùng tên.")
    told = json.loads(archive.read(MANIFEST))
    if told["format"] != FORMAT:
        raise RuleBroken(f"{WRONG}bản kê thuộc phiên bản khác của chương trình.")
    members = dict(told["members"])
    strange = sorted({*names, *members} - ({*members} & {*names}) - {MANIFEST})
    strange += [name for name in members if name not in DATABASES and not _FILE.fullmatch(name)]
    if strange:
        raise RuleBroken(f"{WRONG}thành phần “{strange[0]}” thiếu, thừa hoặc nằm sai chỗ.")
    if sum(name in DATABASES for name in members) != 1:
        raise RuleBroken(f"{WRONG}phải có đúng một cơ sở dữ liệu.")
    return Manifest(str(told["made_at"]), str(told["revision"]), members)


def _sum_of(place: Path) -> str:
    with place.open("rb") as stream:
        return _sum(stream)


def _sum(stream: IO[bytes]) -> str:
    found = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        found.update(chunk)
    return found.hexdigest()
