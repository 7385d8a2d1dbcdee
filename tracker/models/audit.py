"""Who changed what, when and why: one row a change, in the same transaction, chained by hash per authority."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base
from tracker.models.account import Account


class AuditEntry(Base):
    """`before` and `after` are JSON objects of column → value; only changed columns for an update."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("chain", "number"),
        Index("ix_audit_entry_root", "root_table", "root_id"),
        Index("ix_audit_entry_record", "table_name", "record_id"),
    )

    chain: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    actor: Mapped[str] = mapped_column(String(300))
    table_name: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[str] = mapped_column(String(12))
    root_table: Mapped[str] = mapped_column(String(40))
    root_id: Mapped[str] = mapped_column(String(12))
    action: Mapped[str] = mapped_column(String(10))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    hash: Mapped[str] = mapped_column(String(64))

    account: Mapped[Account | None] = relationship()


class AuditHead(Base):
    """The end of an authority's chain: locked last in each transaction, so that entries follow one another."""

    __tablename__ = "audit_head"

    chain: Mapped[str] = mapped_column(String(12), unique=True)
    number: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default="")
