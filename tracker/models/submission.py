"""What a unit reports in a period: lines with figures, narrative, achievements, every step of it kept."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardMethod,
    AwardObject,
    AwardSystem,
    SectionKind,
    SubmissionState,
    SubmissionStep,
)
from tracker.models.account import Account
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.pledge import Movement, PledgeRow
from tracker.models.unit import Unit


class Submission(Versioned, Base):
    """One per unit and period, made when the period opens. Versions that matter are per entry and per section.

    `first_sent_at` decides on lateness; recall clears it, the steps keep every sending. `checked_at`: the secretariat
    began to look, so nobody recalls any more. `with_head_at`: prepared by the officer, waits for the unit's head.
    """

    __tablename__ = "submission"
    __said__ = "Báo cáo của đơn vị"
    __table_args__ = (
        UniqueConstraint("period_id", "unit_id"),
        CheckConstraint("(state = 'accepted') = (accepted_by_id IS NOT NULL)", name="accepted_by_someone"),
        CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name="accepted_some_time"),
        CheckConstraint(
            "(state IN ('sent', 'returned', 'accepted')) = (first_sent_at IS NOT NULL)", name="sent_some_time"
        ),
        CheckConstraint("(first_sent_at IS NULL) = (last_sent_at IS NULL)", name="last_after_first"),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    state: Mapped[SubmissionState] = mapped_column(
        coded(SubmissionState, "state"), default=SubmissionState.NOT_BEGUN, info=said("Trạng thái")
    )
    first_sent_at: Mapped[datetime | None] = mapped_column(info=said("Gửi lần đầu"))
    last_sent_at: Mapped[datetime | None] = mapped_column(info=said("Gửi gần nhất"))
    checked_at: Mapped[datetime | None] = mapped_column(info=said("Bắt đầu kiểm tra"))
    with_head_at: Mapped[datetime | None] = mapped_column(info=said("Trình lãnh đạo lúc"))
    accepted_at: Mapped[datetime | None] = mapped_column(info=said("Tiếp nhận lúc"))
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người tiếp nhận"))

    period: Mapped[ReportingPeriod] = relationship(back_populates="submissions")
    unit: Mapped[Unit] = relationship()
    accepted_by: Mapped[Account | None] = relationship()
    entries: Mapped[list["Entry"]] = relationship(back_populates="submission", order_by="Entry.position, Entry.id")
    sections: Mapped[list["Section"]] = relationship(back_populates="submission", order_by="Section.id")
    achievements: Mapped[list["Achievement"]] = relationship(
        back_populates="submission", order_by="Achievement.position, Achievement.id", cascade="all, delete-orphan"
    )
    steps: Mapped[list["SubmissionTaken"]] = relationship(back_populates="submission", order_by="SubmissionTaken.id")
    comments: Mapped[list["SubmissionComment"]] = relationship(
        back_populates="submission", order_by="SubmissionComment.id"
    )

    def section(self, kind: SectionKind) -> "Section":
        return next(each for each in self.sections if each.kind is kind)


class Entry(Versioned, Base):
    """One line: a leaf criterion, or a row of the pledge that no criterion measures. None is "chưa có số liệu".

    `returned_reason` is set while the line is returned and open again; the steps keep it for ever.
    """

    __tablename__ = "entry"
    __said__ = "Dòng báo cáo"
    __table_args__ = (
        UniqueConstraint("submission_id", "criterion_id"),
        UniqueConstraint("submission_id", "pledge_row_id"),
        CheckConstraint("(criterion_id IS NULL) <> (pledge_row_id IS NULL)", name="one_measure"),
        CheckConstraint("count IS NULL OR count >= 0", name="count_not_negative"),
    )

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True)
    pledge_row_id: Mapped[int | None] = mapped_column(ForeignKey("pledge_row.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[bool] = mapped_column(default=True, info=said("Được giao"))
    target: Mapped[Decimal | None] = mapped_column(info=said("Chỉ tiêu"))
    actual: Mapped[Decimal | None] = mapped_column(info=said("Kết quả"))
    count: Mapped[int | None] = mapped_column(info=said("Số lần"))
    note: Mapped[str | None] = mapped_column(Text, info=said("Ghi chú"))
    returned_reason: Mapped[str | None] = mapped_column(Text, info=said("Lý do trả lại"))

    submission: Mapped[Submission] = relationship(back_populates="entries")
    criterion: Mapped[Criterion | None] = relationship()
    pledge_row: Mapped[PledgeRow | None] = relationship()
    files: Mapped[list["Attachment"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Attachment", back_populates="entry", order_by="Attachment.id"
    )

    def audit_root(self) -> Base:
        return self.submission


class Section(Versioned, Base):
    """A part of the narrative; all five kinds exist from the opening on."""

    __tablename__ = "section"
    __said__ = "Phần báo cáo bằng lời"
    __table_args__ = (UniqueConstraint("submission_id", "kind"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    kind: Mapped[SectionKind] = mapped_column(coded(SectionKind, "kind"), info=said("Phần"))
    text: Mapped[str] = mapped_column(Text, default="", info=said("Nội dung"))
    returned_reason: Mapped[str | None] = mapped_column(Text, info=said("Lý do trả lại"))

    submission: Mapped[Submission] = relationship(back_populates="sections")

    def audit_root(self) -> Base:
        return self.submission


class Achievement(Versioned, Base):
    """A result to be proud of. Award fields (`award` to `conferred_system`) belong to the kind AWARD; value in đồng."""

    __tablename__ = "achievement"
    __said__ = "Thành tích"
    __table_args__ = (CheckConstraint("count IS NULL OR count > 0", name="count_positive"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[AchievementKind] = mapped_column(coded(AchievementKind, "kind"), info=said("Loại"))
    subject: Mapped[str | None] = mapped_column(String(300), info=said("Tập thể, cá nhân"))
    text: Mapped[str] = mapped_column(Text, info=said("Thành tích"))
    field: Mapped[str | None] = mapped_column(String(200), info=said("Lĩnh vực"))
    happened_on: Mapped[date | None] = mapped_column(info=said("Ngày"))
    value: Mapped[Decimal | None] = mapped_column(info=said("Giá trị (đồng)"))
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"), index=True, info=said("Phong trào"))
    award: Mapped[str | None] = mapped_column(String(300), info=said("Danh hiệu, hình thức"))
    award_object: Mapped[AwardObject | None] = mapped_column(
        coded(AwardObject, "award_object"), info=said("Đối tượng khen thưởng")
    )
    award_method: Mapped[AwardMethod | None] = mapped_column(
        coded(AwardMethod, "award_method"), info=said("Phương thức khen thưởng")
    )
    count: Mapped[int | None] = mapped_column(info=said("Số lượng"))
    decision_number: Mapped[str | None] = mapped_column(String(100), info=said("Số quyết định"))
    decided_on: Mapped[date | None] = mapped_column(info=said("Ngày quyết định"))
    conferred_level: Mapped[AwardLevel | None] = mapped_column(
        coded(AwardLevel, "conferred_level"), info=said("Cấp khen thưởng")
    )
    conferred_system: Mapped[AwardSystem | None] = mapped_column(
        coded(AwardSystem, "conferred_system"), info=said("Hệ thống khen thưởng")
    )

    submission: Mapped[Submission] = relationship(back_populates="achievements")
    movement: Mapped[Movement | None] = relationship()
    files: Mapped[list["Attachment"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Attachment", back_populates="achievement", order_by="Attachment.id"
    )

    def audit_root(self) -> Base:
        return self.submission


class SubmissionTaken(Base):
    """A step of a submission: who, when, why. Kept and shown for ever."""

    __tablename__ = "submission_step"
    __said__ = "Bước của báo cáo"
    __table_args__ = (Index("ix_submission_step_submission_step", "submission_id", "step"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    step: Mapped[SubmissionStep] = mapped_column(coded(SubmissionStep, "step"), info=said("Bước"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="", info=said("Lý do"))

    submission: Mapped[Submission] = relationship(back_populates="steps")
    by: Mapped[Account] = relationship()
    returned: Mapped[list["ReturnedPlace"]] = relationship(back_populates="taken", order_by="ReturnedPlace.id")

    def audit_root(self) -> Base:
        return self.submission


class ReturnedPlace(Base):
    """A line or a section that a return named, with its own reason; none named: the whole was returned."""

    __tablename__ = "returned_place"
    __said__ = "Chỗ bị trả lại"
    __table_args__ = (CheckConstraint("(entry_id IS NULL) <> (section_id IS NULL)", name="one_place"),)

    submission_step_id: Mapped[int] = mapped_column(ForeignKey("submission_step.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, info=said("Lý do"))

    taken: Mapped[SubmissionTaken] = relationship(back_populates="returned")
    entry: Mapped[Entry | None] = relationship()
    section: Mapped[Section | None] = relationship()

    def audit_root(self) -> Base:
        return self.taken.submission


class SubmissionComment(Base):
    """What the unit and the secretariat write to each other about the whole or about one line."""

    __tablename__ = "submission_comment"
    __said__ = "Trao đổi"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("section.id"), index=True)
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    submission: Mapped[Submission] = relationship(back_populates="comments")
    entry: Mapped[Entry | None] = relationship()
    section: Mapped[Section | None] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.submission
