"""Blocs, who belongs to them and who leads them, each from a day to the day before another."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Dated, Versioned, coded, ends_after_start, said
from tracker.domain.blocs import Appointment, BlocKind, TermRole
from tracker.models.authority import Authority
from tracker.models.unit import Unit

OPEN = text("ends_on IS NULL")
OPEN_LEADER = text("ends_on IS NULL AND role = 'leader'")


class Bloc(Versioned, Base):
    """Units that compete with and learn from each other: by function (khối) or by area (cụm)."""

    __tablename__ = "bloc"
    __said__ = "Khối, cụm thi đua"
    __table_args__ = (UniqueConstraint("authority_id", "code"),)

    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    kind: Mapped[BlocKind] = mapped_column(coded(BlocKind, "kind"), info=said("Loại"))
    code: Mapped[str] = mapped_column(String(20), info=said("Mã khối, cụm"))
    founding_decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định thành lập"))
    founded_on: Mapped[date | None] = mapped_column(info=said("Ngày thành lập"))
    dissolved_on: Mapped[date | None] = mapped_column(info=said("Ngày giải thể"))

    authority: Mapped[Authority] = relationship()
    names: Mapped[list["BlocName"]] = relationship(back_populates="bloc", order_by="BlocName.starts_on")
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="bloc", order_by="Membership.position, Membership.id"
    )
    terms: Mapped[list["Term"]] = relationship(back_populates="bloc", order_by="Term.starts_on, Term.id")

    def named_on(self, day: date) -> "BlocName":
        """The name it bore on `day`; before its first known name the first."""
        held = [name for name in self.names if name.starts_on <= day]
        return held[-1] if held else self.names[0]


class BlocName(Dated, Versioned, Base):
    """What the bloc was called for a time; `letterhead` keeps the office's line breaks."""

    __tablename__ = "bloc_name"
    __said__ = "Tên khối, cụm"
    __table_args__ = (
        ends_after_start(),
        Index("ux_bloc_name_open", "bloc_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), info=said("Tên"))
    letterhead: Mapped[str | None] = mapped_column(String(400), info=said("Dòng tên trên văn bản"))
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định"))
    name_fold: Mapped[str] = mapped_column(String(700), index=True)
    name_key: Mapped[str] = mapped_column(String(700))

    bloc: Mapped[Bloc] = relationship(back_populates="names")

    def audit_root(self) -> Base:
        return self.bloc


class Membership(Dated, Versioned, Base):
    """A unit belongs to a bloc. `position` is its place in the bloc's own list order."""

    __tablename__ = "membership"
    __said__ = "Tư cách thành viên"
    __table_args__ = (
        ends_after_start(),
        Index("ux_membership_open", "bloc_id", "unit_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định kết nạp"))
    release_decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định cho thôi"))

    bloc: Mapped[Bloc] = relationship(back_populates="memberships")
    unit: Mapped[Unit] = relationship()

    def audit_root(self) -> Base:
        return self.bloc


class Term(Dated, Versioned, Base):
    """A unit leads its bloc, deputises, or judges in their place, from one day to the day before another.

    `start_known` is False where no paper gives the first day: rights need one, papers then leave it blank.
    """

    __tablename__ = "term"
    __said__ = "Nhiệm kỳ"
    __table_args__ = (
        ends_after_start(),
        Index("ux_term_open_leader", "bloc_id", unique=True, sqlite_where=OPEN_LEADER, postgresql_where=OPEN_LEADER),
        Index("ix_term_unit_role", "unit_id", "role"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    role: Mapped[TermRole] = mapped_column(coded(TermRole, "role"), info=said("Vai trò"))
    start_known: Mapped[bool] = mapped_column(default=True, info=said("Ngày bắt đầu có văn bản"))
    appointment: Mapped[Appointment] = mapped_column(
        coded(Appointment, "appointment"), default=Appointment.UNKNOWN, info=said("Cách giao")
    )
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định, văn bản"))
    holder_name: Mapped[str | None] = mapped_column(String(120), info=said("Người giữ vai trò"))
    holder_post: Mapped[str | None] = mapped_column(String(200), info=said("Chức vụ"))

    bloc: Mapped[Bloc] = relationship(back_populates="terms")
    unit: Mapped[Unit] = relationship()

    def audit_root(self) -> Base:
        return self.bloc
