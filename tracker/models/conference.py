"""A conference of a bloc: when, where, who presides, where it stands."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.conferences import ConferenceKind, ConferenceState, ConferenceStep, DayPart, Precision
from tracker.domain.periods import Period, PeriodKind
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.unit import Unit


class Conference(Versioned, Base):
    """Venue, host unit and chair are three facts. Only a day, a month or a half-year may be known of its date."""

    __tablename__ = "conference"
    __said__ = "Hội nghị"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="ends_after_start"),
        CheckConstraint("(period_kind IS NULL) = (period_year IS NULL)", name="whole_period"),
        CheckConstraint("(state = 'approved') = (approved_by_id IS NOT NULL)", name="approved_by_someone"),
        CheckConstraint("(state = 'approved') = (approved_at IS NOT NULL)", name="approved_some_time"),
        CheckConstraint("state <> 'minutes_sent' OR minutes_sent_at IS NOT NULL", name="sent_some_time"),
        Index("ix_conference_bloc_day", "bloc_id", "first_day"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    title: Mapped[str] = mapped_column(String(300), info=said("Tên hội nghị"))
    title_fold: Mapped[str] = mapped_column(String(700))
    subject: Mapped[str | None] = mapped_column(String(300), info=said("Trích yếu"))
    period_kind: Mapped[PeriodKind | None] = mapped_column(coded(PeriodKind, "period_kind"), info=said("Kỳ"))
    period_year: Mapped[int | None] = mapped_column(info=said("Năm của kỳ"))
    precision: Mapped[Precision] = mapped_column(
        coded(Precision, "precision"), default=Precision.DAY, info=said("Mức biết về ngày")
    )
    first_day: Mapped[date] = mapped_column(info=said("Ngày họp"))
    last_day: Mapped[date] = mapped_column(info=said("Ngày cuối"))
    day_part: Mapped[DayPart | None] = mapped_column(coded(DayPart, "day_part"), info=said("Buổi"))
    starts_at: Mapped[time | None] = mapped_column(info=said("Giờ bắt đầu"))
    ends_at: Mapped[time | None] = mapped_column(info=said("Giờ kết thúc"))
    venue: Mapped[str | None] = mapped_column(String(300), info=said("Địa điểm"))
    host_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị đăng cai"))
    secretary_name: Mapped[str | None] = mapped_column(String(120), info=said("Thư ký"))
    secretary_post: Mapped[str | None] = mapped_column(String(200), info=said("Chức vụ của thư ký"))
    source_note: Mapped[str | None] = mapped_column(String(300), info=said("Ghi chú nguồn"))
    source_text: Mapped[str | None] = mapped_column(Text, info=said("Văn bản gốc"))
    state: Mapped[ConferenceState] = mapped_column(
        coded(ConferenceState, "state"), default=ConferenceState.PLANNED, info=said("Trạng thái")
    )
    minutes_sent_at: Mapped[datetime | None] = mapped_column(info=said("Gửi biên bản lúc"))
    comments_due_on: Mapped[date | None] = mapped_column(info=said("Hạn góp ý"))
    approved_at: Mapped[datetime | None] = mapped_column(info=said("Thông qua lúc"))
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người thông qua"))

    bloc: Mapped[Bloc] = relationship()
    host_unit: Mapped[Unit | None] = relationship()
    approved_by: Mapped[Account | None] = relationship()
    kinds: Mapped[list["ConferenceKindRow"]] = relationship(
        back_populates="conference", order_by="ConferenceKindRow.id", cascade="all, delete-orphan"
    )
    chairs: Mapped[list["Chair"]] = relationship(
        back_populates="conference", order_by="Chair.position, Chair.id", cascade="all, delete-orphan"
    )
    steps: Mapped[list["ConferenceTaken"]] = relationship(
        back_populates="conference", order_by="ConferenceTaken.at, ConferenceTaken.id"
    )
    letterhead: Mapped["ConferenceLetterhead | None"] = relationship(back_populates="conference")

    @property
    def period(self) -> Period | None:
        if self.period_kind is None or self.period_year is None:
            return None
        return Period(self.period_year, self.period_kind)

    @property
    def kind_set(self) -> tuple[ConferenceKind, ...]:
        """Its kinds in the order of the enum."""
        held = {row.kind for row in self.kinds}
        return tuple(kind for kind in ConferenceKind if kind in held)

    @property
    def is_review(self) -> bool:
        return any(kind in ConferenceKind.reviews() for kind in self.kind_set)


class ConferenceKindRow(Base):
    """One of the ends a conference serves."""

    __tablename__ = "conference_kind"
    __said__ = "Loại hội nghị"
    __table_args__ = (UniqueConstraint("conference_id", "kind"),)

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"))
    kind: Mapped[ConferenceKind] = mapped_column(coded(ConferenceKind, "kind"), info=said("Loại"))

    conference: Mapped[Conference] = relationship(back_populates="kinds")

    def audit_root(self) -> Base:
        return self.conference


class Chair(Versioned, Base):
    """One who presides: a unit, a named person, or a person of a unit."""

    __tablename__ = "chair"
    __said__ = "Chủ trì"
    __table_args__ = (CheckConstraint("unit_id IS NOT NULL OR person_name IS NOT NULL", name="someone"),)

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    person_name: Mapped[str | None] = mapped_column(String(120), info=said("Họ và tên"))
    person_post: Mapped[str | None] = mapped_column(String(200), info=said("Chức vụ"))

    conference: Mapped[Conference] = relationship(back_populates="chairs")
    unit: Mapped[Unit | None] = relationship()

    def audit_root(self) -> Base:
        return self.conference


class ConferenceTaken(Base):
    """A step that was taken: who, when, why. Kept for ever."""

    __tablename__ = "conference_step"
    __said__ = "Bước của hội nghị"

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    step: Mapped[ConferenceStep] = mapped_column(coded(ConferenceStep, "step"), info=said("Bước"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="", info=said("Lý do"))

    conference: Mapped[Conference] = relationship(back_populates="steps")
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.conference


class ConferenceLetterhead(Versioned, Base):
    """What the office sets on the papers of one conference: lines of the head, numbers, date, recipients.

    Blank fields are filled from the leader unit and the bloc as they were on the conference's day.
    """

    __tablename__ = "conference_letterhead"
    __said__ = "Thể thức văn bản"

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), unique=True)
    superior_lines: Mapped[str | None] = mapped_column(String(400), info=said("Cơ quan chủ quản"))
    issuing_lines: Mapped[str | None] = mapped_column(String(400), info=said("Cơ quan ban hành"))
    place: Mapped[str | None] = mapped_column(String(100), info=said("Địa danh"))
    signed_on: Mapped[date | None] = mapped_column(info=said("Ngày ký"))
    report_number: Mapped[str | None] = mapped_column(String(20), info=said("Số báo cáo"))
    report_sign: Mapped[str | None] = mapped_column(String(40), info=said("Ký hiệu báo cáo"))
    minutes_number: Mapped[str | None] = mapped_column(String(20), info=said("Số biên bản"))
    minutes_sign: Mapped[str | None] = mapped_column(String(40), info=said("Ký hiệu biên bản"))
    signer_name: Mapped[str | None] = mapped_column(String(120), info=said("Người ký"))
    signer_post: Mapped[str | None] = mapped_column(String(300), info=said("Chức vụ người ký"))
    recipients: Mapped[str | None] = mapped_column(Text, info=said("Nơi nhận"))

    conference: Mapped[Conference] = relationship(back_populates="letterhead")

    def audit_root(self) -> Base:
        return self.conference
