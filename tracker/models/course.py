"""What a conference consists of: agenda, delegates, assessment, limitations, remarks, numbers, papers, pictures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.conferences import AssessmentKind, Attendance, CountSubject, DelegateKind, RemarkKind
from tracker.models.account import Account
from tracker.models.attachment import Attachment
from tracker.models.conference import Conference
from tracker.models.unit import Unit


class Part(Versioned):
    """A row of a conference, at its place in a list."""

    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))

    @declared_attr
    def conference(cls) -> Mapped[Conference]:
        return relationship(Conference)

    def audit_root(self) -> Base:
        return self.conference


class AgendaItem(Part, Base):
    """Minutes is how long it is planned to take."""

    __tablename__ = "agenda_item"
    __said__ = "Mục chương trình"
    __table_args__ = (CheckConstraint("minutes IS NULL OR minutes > 0", name="some_minutes"),)

    title: Mapped[str] = mapped_column(String(500), info=said("Nội dung"))
    presenter: Mapped[str | None] = mapped_column(String(200), info=said("Người trình bày"))
    minutes: Mapped[int | None] = mapped_column(info=said("Số phút"))


class Delegate(Part, Base):
    """A person with posts, or a body without a name; of a member unit or a guest."""

    __tablename__ = "delegate"
    __said__ = "Đại biểu"
    __table_args__ = (
        CheckConstraint("person_name IS NOT NULL OR body IS NOT NULL OR unit_id IS NOT NULL", name="someone"),
        CheckConstraint("people IS NULL OR people >= 0", name="people_counted"),
        CheckConstraint("attendance <> 'substitute' OR person_name IS NOT NULL", name="substitute_named"),
    )

    kind: Mapped[DelegateKind] = mapped_column(coded(DelegateKind, "kind"), info=said("Thành phần"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    body: Mapped[str | None] = mapped_column(String(300), info=said("Cơ quan"))
    person_name: Mapped[str | None] = mapped_column(String(120), info=said("Họ và tên"))
    party_post: Mapped[str | None] = mapped_column(String(300), info=said("Chức vụ Đảng"))
    state_post: Mapped[str | None] = mapped_column(String(300), info=said("Chức vụ chính quyền"))
    attendance: Mapped[Attendance | None] = mapped_column(coded(Attendance, "attendance"), info=said("Tham dự"))
    substitute_for: Mapped[str | None] = mapped_column(String(200), info=said("Dự thay"))
    people: Mapped[int | None] = mapped_column(info=said("Số người"))

    unit: Mapped[Unit | None] = relationship()


class Assessment(Part, Base):
    """A piece of the review's own account; narrative, no number required."""

    __tablename__ = "assessment"
    __said__ = "Đánh giá"

    kind: Mapped[AssessmentKind] = mapped_column(coded(AssessmentKind, "kind"), info=said("Phần"))
    topic: Mapped[str | None] = mapped_column(String(200), info=said("Lĩnh vực"))
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    scope: Mapped[str | None] = mapped_column(String(200), info=said("Nói về"))
    assessor: Mapped[str | None] = mapped_column(String(200), info=said("Người đánh giá"))


class Limitation(Part, Base):
    """A weak point; it may name a unit, speak of "một số đơn vị", or of none. The cause is optional."""

    __tablename__ = "limitation"
    __said__ = "Hạn chế"

    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    topic: Mapped[str | None] = mapped_column(String(200), info=said("Lĩnh vực"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    scope: Mapped[str | None] = mapped_column(String(200), info=said("Nói về"))
    cause: Mapped[str | None] = mapped_column(Text, info=said("Nguyên nhân"))
    assessor: Mapped[str | None] = mapped_column(String(200), info=said("Người nêu"))

    unit: Mapped[Unit | None] = relationship()


class Remark(Part, Base):
    """What a speaker said: a report, a word in discussion, a directive, a conclusion."""

    __tablename__ = "remark"
    __said__ = "Phát biểu"

    kind: Mapped[RemarkKind] = mapped_column(coded(RemarkKind, "kind"), info=said("Loại"))
    heading: Mapped[str | None] = mapped_column(String(120), info=said("Ý"))
    speaker_name: Mapped[str | None] = mapped_column(String(120), info=said("Người phát biểu"))
    speaker_post: Mapped[str | None] = mapped_column(String(300), info=said("Chức vụ"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    task_group: Mapped[bool] = mapped_column(default=False, info=said("Là một nhóm nhiệm vụ trọng tâm"))

    unit: Mapped[Unit | None] = relationship()


class DeclaredCount(Part, Base):
    """A number that a paper states, kept beside what is recorded; blank when the paper states none."""

    __tablename__ = "declared_count"
    __said__ = "Số nêu"
    __table_args__ = (
        UniqueConstraint("conference_id", "subject"),
        CheckConstraint("declared IS NULL OR declared >= 0", name="declared_counted"),
    )

    subject: Mapped[CountSubject] = mapped_column(coded(CountSubject, "subject"), info=said("Mục"))
    label: Mapped[str | None] = mapped_column(String(300), info=said("Tên mục trong văn bản"))
    declared: Mapped[int | None] = mapped_column(info=said("Số nêu"))
    note: Mapped[str | None] = mapped_column(String(300), info=said("Ghi chú"))


class AdoptedDocument(Part, Base):
    """A paper that the conference adopted: rules, a score table, a pledge."""

    __tablename__ = "adopted_document"
    __said__ = "Văn bản thông qua"

    title: Mapped[str] = mapped_column(String(300), info=said("Tên văn bản"))
    number: Mapped[str | None] = mapped_column(String(60), info=said("Số, ký hiệu"))
    issued_on: Mapped[date | None] = mapped_column(info=said("Ngày"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), info=said("Tệp"))

    attachment: Mapped[Attachment | None] = relationship()


class Photograph(Part, Base):
    """A caption, and the picture when there is one: published news often leaves only the caption."""

    __tablename__ = "photograph"
    __said__ = "Ảnh"

    caption: Mapped[str] = mapped_column(String(300), info=said("Chú thích"))
    attachment_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"), info=said("Tệp"))

    attachment: Mapped[Attachment | None] = relationship()


class MinutesComment(Part, Base):
    """What a member (or the board: no unit) says of the minutes sent for comment, and what the secretariat answered."""

    __tablename__ = "minutes_comment"
    __said__ = "Góp ý biên bản"

    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text, info=said("Góp ý"))
    agreed: Mapped[bool] = mapped_column(default=False, info=said("Nhất trí"))
    answer: Mapped[str | None] = mapped_column(Text, info=said("Trả lời"))
    taken_over: Mapped[bool | None] = mapped_column(info=said("Tiếp thu"))

    unit: Mapped[Unit | None] = relationship()
    by: Mapped[Account] = relationship()
