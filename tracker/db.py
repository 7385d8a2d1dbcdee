"""The database: handle, naming convention, column types, mixins, and how SQLite is made safe (tech.md, trap 1)."""

import secrets
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    String,
    TypeDecorator,
    and_,
    event,
    or_,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.ext.hybrid import hybrid_method
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.sql import ColumnElement

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
ID_LENGTH = 12
#: An exact decimal is stored as so many whole parts of one.
PARTS = 10_000
WAL_IS_SOUND_FROM = (3, 51, 3)

#: "IMMEDIATE" takes SQLite's write lock at once, for whatever may write; "DEFERRED" is for requests that only read.
sqlite_begin: ContextVar[str] = ContextVar("sqlite_begin", default="IMMEDIATE")


def new_public_id() -> str:
    """Twelve letters for a URL: random, so that nothing can be guessed or counted."""
    return "".join(secrets.choice(ID_LETTERS) for _ in range(ID_LENGTH))


class Moment(TypeDecorator[datetime]):
    """A moment, stored in UTC without a zone, given back aware in UTC. A naive one is refused."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Exact(TypeDecorator[Decimal]):
    """An exact decimal, stored as whole ten-thousandths, because SQLite has no decimals: sums stay exact in SQL."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value) * PARTS
        if scaled != int(scaled):
            raise ValueError(f"{value} has more than four decimals")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / PARTS


def coded(words: type[StrEnum], name: str) -> Enum:
    """A column for one of our enums: its code as text, with a named CHECK on both databases."""
    return Enum(
        words,
        native_enum=False,
        length=24,
        create_constraint=True,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


def said(label: str) -> dict[str, Any]:
    """The Vietnamese name of a column, for the history panel and the page of two texts."""
    return {"label": label}


class Base(DeclarativeBase):
    """Every table has a number for joins and a random id for the world outside."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Moment, Decimal: Exact}

    #: What a row is called in the history panel; None for tables that are not business records.
    __said__: ClassVar[str | None] = None

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    public_id: Mapped[str] = mapped_column(String(ID_LENGTH), unique=True, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("public_id", new_public_id())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name!r}")
            setattr(self, name, value)

    def audit_root(self) -> "Base":
        """The record on whose page this row's changes are shown."""
        return self


class Versioned:
    """An editable record: its version travels in the form, and a stale one is refused (design.md, section 4.3)."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}


class Dated:
    """A fact with a duration: from `starts_on` to the day before `ends_on`; None while nobody knows the end."""

    starts_on: Mapped[date] = mapped_column(info=said("Từ ngày"))
    ends_on: Mapped[date | None] = mapped_column(info=said("Đến trước ngày"))

    @hybrid_method
    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    @holds_on.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _holds_on(cls, day: date) -> ColumnElement[bool]:
        return and_(cls.starts_on <= day, or_(cls.ends_on.is_(None), cls.ends_on > day))

    @hybrid_method
    def meets(self, first: date, end: date | None) -> bool:
        """Whether this and [first, end) share a day; `end` None is open."""
        return (end is None or self.starts_on < end) and (self.ends_on is None or self.ends_on > first)

    @meets.inplace.expression  # type: ignore[attr-defined, untyped-decorator]
    @classmethod
    def _meets(cls, first: date, end: date | None) -> ColumnElement[bool]:
        late = or_(cls.ends_on.is_(None), cls.ends_on > first)
        return late if end is None else and_(cls.starts_on < end, late)


def ends_after_start() -> CheckConstraint:
    """The CHECK that belongs to every Dated table."""
    return CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after_start")


db = SQLAlchemy(metadata=Base.metadata)


@event.listens_for(Engine, "connect")
def set_up_sqlite(connection: Any, _record: Any) -> None:
    """No hidden transactions, foreign keys on, wait for locks, every commit on the disk."""
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    version = tuple(int(part) for part in cursor.execute("select sqlite_version()").fetchone()[0].split("."))
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA busy_timeout = 15000")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute(f"PRAGMA journal_mode = {'WAL' if version >= WAL_IS_SOUND_FROM else 'DELETE'}")
    cursor.close()


@event.listens_for(Engine, "begin")
def begin_sqlite(connection: Connection) -> None:
    """A request that may write takes the lock at once, so that what it read is still so when it writes."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"BEGIN {sqlite_begin.get()}")
