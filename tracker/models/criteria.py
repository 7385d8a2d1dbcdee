"""Criteria sets (bộ tiêu chí, bảng điểm): a tree of groups and leaves, with the function of each leaf."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, new_public_id, said
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, Rounding, ScoreFunction
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.unit import Unit


class CriteriaSet(Versioned, Base):
    """The score table of a bloc for a year. Frozen when its period opens: a change after that is a new `edition`."""

    __tablename__ = "criteria_set"
    __said__ = "Bộ tiêu chí"
    __table_args__ = (
        UniqueConstraint("bloc_id", "year", "edition"),
        CheckConstraint("declared_total IS NULL OR declared_total > 0", name="total_positive"),
        CheckConstraint("edition = 1 OR change_reason IS NOT NULL", name="change_has_reason"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    year: Mapped[int] = mapped_column(info=said("Năm"))
    edition: Mapped[int] = mapped_column(default=1, info=said("Phiên bản"))
    name: Mapped[str] = mapped_column(String(300), info=said("Tên"))
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Văn bản ban hành"))
    declared_total: Mapped[Decimal | None] = mapped_column(info=said("Tổng điểm công bố"))
    rank_by: Mapped[RankBasis] = mapped_column(
        coded(RankBasis, "rank_by"), default=RankBasis.POINTS, info=said("Xếp hạng theo")
    )
    places: Mapped[int] = mapped_column(default=2, info=said("Số chữ số lẻ"))
    rounding: Mapped[Rounding] = mapped_column(
        coded(Rounding, "rounding"), default=Rounding.HALF_UP, info=said("Cách làm tròn")
    )
    frozen_at: Mapped[datetime | None] = mapped_column(info=said("Chốt lúc"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    change_reason: Mapped[str | None] = mapped_column(Text, info=said("Lý do sửa"))

    bloc: Mapped[Bloc] = relationship()
    replaces: Mapped["CriteriaSet | None"] = relationship(remote_side="CriteriaSet.id")
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="criteria_set", order_by="Criterion.position, Criterion.id", cascade="all, delete-orphan"
    )


class Criterion(Versioned, Base):
    """A group (`function` None) or a leaf. `position` runs through the whole set, parents before children.

    `lineage` stays the same through copies and editions, so that a leaf is known again next year.
    `pledge_lineage` names the row of the bloc's pledge whose target this leaf measures, by its lineage.
    """

    __tablename__ = "criterion"
    __said__ = "Tiêu chí"
    __table_args__ = (
        CheckConstraint("maximum IS NULL OR maximum >= 0", name="maximum_not_negative"),
        CheckConstraint("points_each IS NULL OR points_each > 0", name="each_positive"),
        CheckConstraint("limit_points IS NULL OR limit_points > 0", name="limit_positive"),
        CheckConstraint("function IS NOT NULL OR direction IS NULL", name="group_has_no_rule"),
        Index("ix_criterion_set_position", "criteria_set_id", "position"),
    )

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True, info=said("Nằm trong"))
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    lineage: Mapped[str] = mapped_column(String(12), index=True, default=new_public_id)
    number: Mapped[str] = mapped_column(String(20), info=said("Số thứ tự"))
    title: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    part: Mapped[CriterionPart] = mapped_column(
        coded(CriterionPart, "part"), default=CriterionPart.MAIN, info=said("Phần")
    )
    maximum: Mapped[Decimal | None] = mapped_column(info=said("Điểm tối đa"))
    unit_of_measure: Mapped[str | None] = mapped_column(String(60), info=said("Đơn vị tính"))
    function: Mapped[ScoreFunction | None] = mapped_column(coded(ScoreFunction, "function"), info=said("Cách chấm"))
    direction: Mapped[Direction | None] = mapped_column(coded(Direction, "direction"), info=said("Chiều"))
    band_basis: Mapped[BandBasis | None] = mapped_column(coded(BandBasis, "band_basis"), info=said("Bậc tính theo"))
    points_each: Mapped[Decimal | None] = mapped_column(info=said("Điểm mỗi lần"))
    limit_points: Mapped[Decimal | None] = mapped_column(info=said("Giới hạn điểm"))
    floor_points: Mapped[Decimal | None] = mapped_column(info=said("Điểm thấp nhất"))
    evidence_required: Mapped[bool] = mapped_column(default=False, info=said("Cần minh chứng"))
    guidance: Mapped[str | None] = mapped_column(Text, info=said("Hướng dẫn"))
    pledge_lineage: Mapped[str | None] = mapped_column(String(12), index=True)

    criteria_set: Mapped[CriteriaSet] = relationship(back_populates="criteria")
    parent: Mapped["Criterion | None"] = relationship(remote_side="Criterion.id", back_populates="children")
    children: Mapped[list["Criterion"]] = relationship(
        back_populates="parent", order_by="Criterion.position, Criterion.id"
    )
    bands: Mapped[list["Band"]] = relationship(
        back_populates="criterion", order_by="Band.position", cascade="all, delete-orphan"
    )
    exemptions: Mapped[list["Exemption"]] = relationship(
        back_populates="criterion", order_by="Exemption.id", cascade="all, delete-orphan"
    )

    def audit_root(self) -> Base:
        return self.criteria_set


class Band(Base):
    """A step of a banded criterion: from `low` to `high`, each end open or closed; None is without end."""

    __tablename__ = "band"
    __said__ = "Bậc điểm"
    __table_args__ = (CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name="low_first"),)

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    low: Mapped[Decimal | None] = mapped_column(info=said("Từ"))
    low_closed: Mapped[bool] = mapped_column(default=True, info=said("Kể cả đầu dưới"))
    high: Mapped[Decimal | None] = mapped_column(info=said("Đến"))
    high_closed: Mapped[bool] = mapped_column(default=False, info=said("Kể cả đầu trên"))
    points: Mapped[Decimal] = mapped_column(info=said("Điểm"))

    criterion: Mapped[Criterion] = relationship(back_populates="bands")

    def audit_root(self) -> Base:
        return self.criterion.criteria_set


class Exemption(Base):
    """A criterion that is not assigned (không được giao) to a unit; only the bloc or the board sets it."""

    __tablename__ = "exemption"
    __said__ = "Không được giao"
    __table_args__ = (UniqueConstraint("criterion_id", "unit_id"),)

    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    reason: Mapped[str] = mapped_column(Text, info=said("Lý do"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    criterion: Mapped[Criterion] = relationship(back_populates="exemptions")
    unit: Mapped[Unit] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.criterion.criteria_set
