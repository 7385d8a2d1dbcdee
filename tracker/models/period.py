"""Reporting periods of a bloc: dates, state, steps taken, extensions; what was published of earlier years."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodDates, PeriodState, PeriodStep
from tracker.domain.submissions import AwardObject, AwardSystem
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.unit import Unit


class ReportingPeriod(Versioned, Base):
    """A kỳ báo cáo. `asks_figures`: lines of the criteria set and of the pledge; without it narrative only.

    Locked (state REVIEWING and after) is a recorded fact: no clock undoes it. `prepared_at`: put forward for
    publication (an unscored period; a scored one is published by its ranking).
    """

    __tablename__ = "period"
    __said__ = "Kỳ báo cáo"
    __table_args__ = (
        UniqueConstraint("bloc_id", "year", "kind"),
        CheckConstraint("due_at < locks_at", name="due_before_lock"),
        CheckConstraint("explain_by IS NULL OR explain_by >= locks_at", name="explain_after_lock"),
        CheckConstraint("scores_close_at IS NULL OR scores_close_at >= locks_at", name="scores_after_lock"),
        CheckConstraint("scored OR (explain_by IS NULL AND scores_close_at IS NULL)", name="dates_of_scoring"),
        CheckConstraint("NOT scored OR criteria_set_id IS NOT NULL OR state = 'planned'", name="scored_by_criteria"),
        CheckConstraint(
            "(state IN ('reviewing', 'published', 'closed')) = (locked_at IS NOT NULL)", name="locked_some_time"
        ),
        CheckConstraint("(state IN ('published', 'closed')) = (published_at IS NOT NULL)", name="published_some_time"),
        CheckConstraint("(prepared_at IS NULL) = (prepared_by_id IS NULL)", name="prepared_by_someone"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    kind: Mapped[PeriodKind] = mapped_column(coded(PeriodKind, "kind"), info=said("Kỳ"))
    opens_on: Mapped[date] = mapped_column(info=said("Ngày mở"))
    due_at: Mapped[datetime] = mapped_column(info=said("Hạn gửi"))
    locks_at: Mapped[datetime] = mapped_column(info=said("Khóa số liệu"))
    explain_by: Mapped[datetime | None] = mapped_column(info=said("Hạn giải trình"))
    scores_close_at: Mapped[datetime | None] = mapped_column(info=said("Kết thúc chấm điểm"))
    scored: Mapped[bool] = mapped_column(default=False, info=said("Có chấm điểm"))
    asks_figures: Mapped[bool] = mapped_column(default=True, info=said("Yêu cầu số liệu"))
    criteria_set_id: Mapped[int | None] = mapped_column(
        ForeignKey("criteria_set.id"), index=True, info=said("Bộ tiêu chí")
    )
    note: Mapped[str | None] = mapped_column(Text, info=said("Hướng dẫn cho đơn vị"))
    state: Mapped[PeriodState] = mapped_column(
        coded(PeriodState, "state"), default=PeriodState.PLANNED, info=said("Trạng thái")
    )
    opened_at: Mapped[datetime | None] = mapped_column(info=said("Mở lúc"))
    locked_at: Mapped[datetime | None] = mapped_column(info=said("Đã khóa lúc"))
    prepared_at: Mapped[datetime | None] = mapped_column(info=said("Trình công bố lúc"))
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người trình công bố"))
    published_at: Mapped[datetime | None] = mapped_column(info=said("Công bố lúc"))
    points_shared_at: Mapped[datetime | None] = mapped_column(info=said("Cho đơn vị xem điểm lúc"))

    bloc: Mapped[Bloc] = relationship()
    criteria_set: Mapped[CriteriaSet | None] = relationship()
    prepared_by: Mapped[Account | None] = relationship()
    steps: Mapped[list["PeriodTaken"]] = relationship(back_populates="period", order_by="PeriodTaken.id")
    extensions: Mapped[list["Extension"]] = relationship(back_populates="period", order_by="Extension.id")
    submissions: Mapped[list["Submission"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Submission", back_populates="period", order_by="Submission.id"
    )

    @property
    def period(self) -> Period:
        return Period(self.year, self.kind)

    @property
    def dates(self) -> PeriodDates:
        return PeriodDates(self.opens_on, self.due_at, self.locks_at, self.explain_by, self.scores_close_at)

    @property
    def is_locked(self) -> bool:
        return self.state in PeriodState.locked()

    def extension_of(self, unit_id: int) -> "Extension | None":
        """The extension in force for a unit: the last one granted."""
        granted = [each for each in self.extensions if each.unit_id == unit_id]
        return granted[-1] if granted else None


class PeriodTaken(Base):
    """A step of a period: who, when, why. `by` None: the program itself, when the time had come."""

    __tablename__ = "period_step"
    __said__ = "Bước của kỳ báo cáo"

    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    step: Mapped[PeriodStep] = mapped_column(coded(PeriodStep, "step"), info=said("Bước"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="", info=said("Lý do"))

    period: Mapped[ReportingPeriod] = relationship(back_populates="steps")
    by: Mapped[Account | None] = relationship()

    def audit_root(self) -> Base:
        return self.period


class Extension(Base):
    """A unit may send until the due hour of `until` without being late. The last one granted holds."""

    __tablename__ = "extension"
    __said__ = "Gia hạn"

    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    until: Mapped[date] = mapped_column(info=said("Gia hạn đến ngày"))
    reason: Mapped[str] = mapped_column(Text, info=said("Lý do"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    period: Mapped[ReportingPeriod] = relationship(back_populates="extensions")
    unit: Mapped[Unit] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.period


class PastResult(Versioned, Base):
    """A unit's published result of a year before the program was used."""

    __tablename__ = "past_result"
    __said__ = "Kết quả năm trước"
    __table_args__ = (
        UniqueConstraint("bloc_id", "year", "kind", "unit_id"),
        CheckConstraint("rank IS NULL OR rank > 0", name="rank_positive"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    kind: Mapped[PeriodKind] = mapped_column(coded(PeriodKind, "kind"), info=said("Kỳ"))
    points: Mapped[Decimal | None] = mapped_column(info=said("Điểm"))
    maximum: Mapped[Decimal | None] = mapped_column(info=said("Điểm tối đa"))
    rank: Mapped[int | None] = mapped_column(info=said("Hạng"))
    class_name: Mapped[str | None] = mapped_column(String(100), info=said("Xếp loại"))

    bloc: Mapped[Bloc] = relationship()
    unit: Mapped[Unit] = relationship()


class PastValue(Versioned, Base):
    """A unit's figure of an earlier year; found again for a line by the folded name of what was measured."""

    __tablename__ = "past_value"
    __said__ = "Số liệu năm trước"
    __table_args__ = (UniqueConstraint("bloc_id", "year", "kind", "unit_id", "name_fold"),)

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    kind: Mapped[PeriodKind] = mapped_column(coded(PeriodKind, "kind"), info=said("Kỳ"))
    name: Mapped[str] = mapped_column(String(500), info=said("Chỉ tiêu"))
    name_fold: Mapped[str] = mapped_column(String(700))
    unit_of_measure: Mapped[str | None] = mapped_column(String(60), info=said("Đơn vị tính"))
    value: Mapped[Decimal] = mapped_column(info=said("Kết quả"))

    bloc: Mapped[Bloc] = relationship()
    unit: Mapped[Unit] = relationship()


class PastAward(Versioned, Base):
    """An award of an earlier year."""

    __tablename__ = "past_award"
    __said__ = "Khen thưởng năm trước"
    __table_args__ = (Index("ix_past_award_bloc_year", "bloc_id", "year"),)

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    year: Mapped[int] = mapped_column(info=said("Năm"))
    object: Mapped[AwardObject] = mapped_column(coded(AwardObject, "object"), info=said("Đối tượng"))
    award: Mapped[str] = mapped_column(String(300), info=said("Danh hiệu, hình thức"))
    count: Mapped[int] = mapped_column(default=1, info=said("Số lượng"))
    decision_number: Mapped[str | None] = mapped_column(String(100), info=said("Số quyết định"))
    decided_on: Mapped[date | None] = mapped_column(info=said("Ngày quyết định"))
    system: Mapped[AwardSystem | None] = mapped_column(coded(AwardSystem, "system"), info=said("Hệ thống"))

    bloc: Mapped[Bloc] = relationship()
    unit: Mapped[Unit] = relationship()
