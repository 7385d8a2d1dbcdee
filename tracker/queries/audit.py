"""Shared reads of the audit itself: its chains, each in its order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.models.audit import AuditEntry, AuditHead
from tracker.models.authority import Authority

PER_FETCH = 1000
HASHED = ("chain", "at", "account_id", "actor", "table_name", "record_id", "root_table", "root_id", "action",
          "before", "after", "reason")


@dataclass(frozen=True)
class Kept:
    """An entry as it stands in the database: its number, its hash and what the hash is made of."""

    number: int
    hash: str
    kept: dict[str, Any]


def chains() -> list[tuple[str, str]]:
    """(chain, name) of every chain: one an authority, and that of the operator's commands. Heads and entries both
    count, so that a chain whose head was taken away is still found."""
    names = {public_id: name for public_id, name in db.session.execute(select(Authority.public_id, Authority.name))}
    known = set(db.session.scalars(select(AuditHead.chain))) | set(
        db.session.scalars(select(AuditEntry.chain).distinct())
    )
    return sorted((chain, names.get(chain, "Lệnh quản trị trên máy chủ")) for chain in known)


def entries_of(chain: str) -> Iterator[Kept]:
    """The entries of a chain by number, fetched in portions."""
    columns = [AuditEntry.number, AuditEntry.hash, *(getattr(AuditEntry, name) for name in HASHED)]
    found = select(*columns).where(AuditEntry.chain == chain).order_by(AuditEntry.number)
    for row in db.session.execute(found.execution_options(yield_per=PER_FETCH)):
        yield Kept(row.number, row.hash, {name: getattr(row, name) for name in HASHED})


def head_of(chain: str) -> tuple[int, str]:
    """(number, hash) of the chain's last entry as its head keeps it; (0, "") without a head."""
    row = db.session.execute(select(AuditHead.number, AuditHead.hash).where(AuditHead.chain == chain)).first()
    return (row.number, row.hash) if row else (0, "")
