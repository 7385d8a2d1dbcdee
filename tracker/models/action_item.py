"""What is to be done after a conference, by whom, how far it is, and what each later review said of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.action_items import ItemSource, ItemState, PartStep, Priority
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.unit import Unit


class ActionItem(Versioned, Base):
    """Due date and unit are optional. `state` sums up the parts and is kept by the service; overdue is computed."""

    __tablename__ = "action_item"
    __said__ = "Nhiệm vụ"
    __table_args__ = (
        CheckConstraint("state <> 'merged' OR merged_into_id IS NOT NULL", name="merged_into_something"),
        CheckConstraint("due_on IS NULL OR due_on >= made_on", name="due_after_made"),
        Index("ix_action_item_bloc_state", "bloc_id", "state"),
    )

    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"))
    conference_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"), index=True)
    remark_id: Mapped[int | None] = mapped_column(ForeignKey("remark.id"), index=True)
    limitation_id: Mapped[int | None] = mapped_column(ForeignKey("limitation.id"), index=True)
    source: Mapped[ItemSource] = mapped_column(coded(ItemSource, "source"), info=said("Nguồn"))
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    text_fold: Mapped[str] = mapped_column(Text)
    owner_text: Mapped[str | None] = mapped_column(String(200), info=said("Đơn vị như văn bản nêu"))
    made_on: Mapped[date] = mapped_column(info=said("Ngày giao"))
    due_on: Mapped[date | None] = mapped_column(info=said("Thời hạn"))
    priority: Mapped[Priority] = mapped_column(
        coded(Priority, "priority"), default=Priority.NORMAL, info=said("Mức ưu tiên")
    )
    all_units: Mapped[bool] = mapped_column(default=False, info=said("Tất cả đơn vị"))
    state: Mapped[ItemState] = mapped_column(
        coded(ItemState, "state"), default=ItemState.OPEN, info=said("Trạng thái")
    )
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), info=said("Gộp vào"))
    closing_reason: Mapped[str | None] = mapped_column(Text, info=said("Lý do hủy, gộp"))
    closed_on: Mapped[date | None] = mapped_column(info=said("Ngày kết thúc"))

    bloc: Mapped[Bloc] = relationship()
    conference: Mapped[Conference | None] = relationship()
    merged_into: Mapped["ActionItem | None"] = relationship(remote_side="ActionItem.id")
    parts: Mapped[list["Assignment"]] = relationship(back_populates="item", order_by="Assignment.id")
    reviews: Mapped[list["ActionReview"]] = relationship(back_populates="item", order_by="ActionReview.id")
    due_moves: Mapped[list["DueMove"]] = relationship(back_populates="item", order_by="DueMove.id")


class Assignment(Versioned, Base):
    """One unit's part of an action item."""

    __tablename__ = "assignment"
    __said__ = "Phần việc của đơn vị"
    __table_args__ = (
        UniqueConstraint("action_item_id", "unit_id"),
        CheckConstraint("percent IS NULL OR (percent >= 0 AND percent <= 100)", name="percent_range"),
        CheckConstraint("(state = 'done') = (closed_by_id IS NOT NULL)", name="closed_by_someone"),
        Index("ix_assignment_unit_state", "unit_id", "state"),
    )

    action_item_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), info=said("Đơn vị"))
    state: Mapped[ItemState] = mapped_column(
        coded(ItemState, "state"), default=ItemState.OPEN, info=said("Trạng thái")
    )
    percent: Mapped[int | None] = mapped_column(info=said("Tiến độ %"))
    closed_at: Mapped[datetime | None] = mapped_column(info=said("Xác nhận lúc"))
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người xác nhận"))

    item: Mapped[ActionItem] = relationship(back_populates="parts")
    unit: Mapped[Unit] = relationship()
    closed_by: Mapped[Account | None] = relationship()
    notes: Mapped[list["ProgressNote"]] = relationship(back_populates="part", order_by="ProgressNote.id")

    def audit_root(self) -> Base:
        return self.item


class ProgressNote(Base):
    """A step on a unit's part: what was reported, asked, closed or sent back, with its words and files."""

    __tablename__ = "progress_note"
    __said__ = "Ghi nhận tiến độ"

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignment.id"), index=True)
    step: Mapped[PartStep] = mapped_column(coded(PartStep, "step"), info=said("Việc"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    text: Mapped[str] = mapped_column(Text, default="", info=said("Nội dung"))
    percent: Mapped[int | None] = mapped_column(info=said("Tiến độ %"))

    part: Mapped[Assignment] = relationship(back_populates="notes")
    by: Mapped[Account] = relationship()
    files: Mapped[list["Attachment"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Attachment", back_populates="progress_note", order_by="Attachment.id"
    )

    def audit_root(self) -> Base:
        return self.part.item


class DueMove(Base):
    """A moved due date: from, to, why."""

    __tablename__ = "due_move"
    __said__ = "Đổi thời hạn"

    action_item_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), index=True)
    old_due_on: Mapped[date | None] = mapped_column(info=said("Hạn cũ"))
    new_due_on: Mapped[date | None] = mapped_column(info=said("Hạn mới"))
    reason: Mapped[str] = mapped_column(Text, info=said("Lý do"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    item: Mapped[ActionItem] = relationship(back_populates="due_moves")
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.item


class ActionReview(Versioned, Base):
    """What a conference said of an open item. Age counts the reviews that said something of it (settled.md)."""

    __tablename__ = "action_review"
    __said__ = "Ý kiến của hội nghị về nhiệm vụ"
    __table_args__ = (UniqueConstraint("action_item_id", "conference_id"),)

    action_item_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"))
    conference_id: Mapped[int] = mapped_column(ForeignKey("conference.id"), index=True)
    text: Mapped[str] = mapped_column(Text, info=said("Hội nghị nêu"))
    state_then: Mapped[ItemState] = mapped_column(coded(ItemState, "state_then"), info=said("Trạng thái khi họp"))
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    item: Mapped[ActionItem] = relationship(back_populates="reviews")
    conference: Mapped[Conference] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.conference
