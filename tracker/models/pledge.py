"""The bloc's year beside its submissions: pledges, registrations, movements, joint activities."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Dated, Versioned, coded, ends_after_start, new_public_id, said
from tracker.domain.criteria import Direction
from tracker.domain.reporting import ActivityKind, MovementKind, MovementLevel
from tracker.domain.submissions import AwardObject
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.unit import Unit


class Pledge(Versioned, Base):
    """Giao ước thi đua: what the bloc signed for a year."""

    __tablename__ = "pledge"
    __said__ = "Giao ước thi đua"
    __table_args__ = (UniqueConstraint("bloc_id", "year"),)

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    signed_on: Mapped[date | None] = mapped_column(info=said("Ngày ký"))
    conference_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"), index=True, info=said("Hội nghị"))
    preamble: Mapped[str | None] = mapped_column(Text, info=said("Nội dung chung"))

    bloc: Mapped[Bloc] = relationship()
    conference: Mapped[Conference | None] = relationship()
    rows: Mapped[list["PledgeRow"]] = relationship(
        back_populates="pledge", order_by="PledgeRow.position, PledgeRow.id", cascade="all, delete-orphan"
    )


class PledgeRow(Versioned, Base):
    """A row of Mẫu 1a: content, unit of measure, year plan, note. `lineage` joins it to criteria and to other years.

    `year_plan` is the plan of each unit, unless its own UnitTarget says otherwise; None is "no figure".
    """

    __tablename__ = "pledge_row"
    __said__ = "Chỉ tiêu giao ước"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledge.id"), index=True)
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    lineage: Mapped[str] = mapped_column(String(12), index=True, default=new_public_id)
    content: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    unit_of_measure: Mapped[str | None] = mapped_column(String(60), info=said("Đơn vị tính"))
    year_plan: Mapped[Decimal | None] = mapped_column(info=said("Kế hoạch năm"))
    direction: Mapped[Direction] = mapped_column(
        coded(Direction, "direction"), default=Direction.MORE, info=said("Chiều")
    )
    note: Mapped[str | None] = mapped_column(Text, info=said("Ghi chú"))

    pledge: Mapped[Pledge] = relationship(back_populates="rows")
    targets: Mapped[list["UnitTarget"]] = relationship(
        back_populates="row", order_by="UnitTarget.id", cascade="all, delete-orphan"
    )

    def audit_root(self) -> Base:
        return self.pledge


class UnitTarget(Versioned, Base):
    """What one unit registered for a row of the pledge; `assigned` False: the row is not the unit's."""

    __tablename__ = "unit_target"
    __said__ = "Chỉ tiêu đăng ký"
    __table_args__ = (UniqueConstraint("pledge_row_id", "unit_id"),)

    pledge_row_id: Mapped[int] = mapped_column(ForeignKey("pledge_row.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    target: Mapped[Decimal | None] = mapped_column(info=said("Chỉ tiêu"))
    assigned: Mapped[bool] = mapped_column(default=True, info=said("Được giao"))
    note: Mapped[str | None] = mapped_column(Text, info=said("Ghi chú"))

    row: Mapped[PledgeRow] = relationship(back_populates="targets")
    unit: Mapped[Unit] = relationship()

    def audit_root(self) -> Base:
        return self.row.pledge


class RegistrationRule(Dated, Versioned, Base):
    """Whether units must register titles and targets: required by the 2003 law, no longer by that of 2022."""

    __tablename__ = "registration_rule"
    __said__ = "Quy định đăng ký thi đua"
    __table_args__ = (ends_after_start(),)

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    required: Mapped[bool] = mapped_column(info=said("Bắt buộc đăng ký"))
    basis: Mapped[str | None] = mapped_column(String(300), info=said("Căn cứ"))

    bloc: Mapped[Bloc] = relationship()

    def audit_root(self) -> Base:
        return self.bloc


class Registration(Versioned, Base):
    """A title or form of award that a unit aims at in a year, for how many."""

    __tablename__ = "registration"
    __said__ = "Đăng ký danh hiệu"
    __table_args__ = (Index("ix_registration_bloc_year", "bloc_id", "year"),)

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    object: Mapped[AwardObject] = mapped_column(coded(AwardObject, "object"), info=said("Đối tượng"))
    title: Mapped[str] = mapped_column(String(300), info=said("Danh hiệu, hình thức"))
    count: Mapped[int | None] = mapped_column(info=said("Số lượng"))
    note: Mapped[str | None] = mapped_column(Text, info=said("Ghi chú"))

    bloc: Mapped[Bloc] = relationship()
    unit: Mapped[Unit] = relationship()


class Movement(Versioned, Base):
    """A phong trào thi đua. Without a bloc it is the authority's: shown in all its blocs, kept by the board."""

    __tablename__ = "movement"
    __said__ = "Phong trào thi đua"
    __table_args__ = (CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),)

    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    bloc_id: Mapped[int | None] = mapped_column(ForeignKey("bloc.id"), index=True, info=said("Khối, cụm"))
    name: Mapped[str] = mapped_column(String(300), info=said("Tên phong trào"))
    name_fold: Mapped[str] = mapped_column(String(700))
    level: Mapped[MovementLevel] = mapped_column(coded(MovementLevel, "level"), info=said("Cấp phát động"))
    kind: Mapped[MovementKind] = mapped_column(coded(MovementKind, "kind"), info=said("Loại"))
    starts_on: Mapped[date] = mapped_column(info=said("Từ ngày"))
    ends_on: Mapped[date | None] = mapped_column(info=said("Đến ngày"))
    document: Mapped[str | None] = mapped_column(String(300), info=said("Văn bản phát động"))
    content: Mapped[str | None] = mapped_column(Text, info=said("Nội dung"))

    authority: Mapped[Authority] = relationship()
    bloc: Mapped[Bloc | None] = relationship()


class Activity(Versioned, Base):
    """A joint activity of the bloc, with the units that took part; `value` in đồng."""

    __tablename__ = "activity"
    __said__ = "Hoạt động chung"
    __table_args__ = (
        CheckConstraint("last_on >= held_on", name="ends_after_start"),
        Index("ix_activity_bloc_day", "bloc_id", "held_on"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    kind: Mapped[ActivityKind] = mapped_column(coded(ActivityKind, "kind"), info=said("Loại"))
    title: Mapped[str] = mapped_column(String(300), info=said("Tên hoạt động"))
    held_on: Mapped[date] = mapped_column(info=said("Ngày"))
    last_on: Mapped[date] = mapped_column(info=said("Đến ngày"))
    place: Mapped[str | None] = mapped_column(String(300), info=said("Địa điểm"))
    result: Mapped[str | None] = mapped_column(Text, info=said("Kết quả"))
    value: Mapped[Decimal | None] = mapped_column(info=said("Giá trị (đồng)"))

    bloc: Mapped[Bloc] = relationship()
    units: Mapped[list["ActivityUnit"]] = relationship(
        back_populates="activity", order_by="ActivityUnit.id", cascade="all, delete-orphan"
    )


class ActivityUnit(Base):
    """A unit that took part."""

    __tablename__ = "activity_unit"
    __said__ = "Đơn vị tham gia"
    __table_args__ = (UniqueConstraint("activity_id", "unit_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))

    activity: Mapped[Activity] = relationship(back_populates="units")
    unit: Mapped[Unit] = relationship()

    def audit_root(self) -> Base:
        return self.activity
