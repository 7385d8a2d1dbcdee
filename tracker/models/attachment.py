"""Files that belong to a record: stored under a random name, their own name kept as text."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, said
from tracker.models.account import Account
from tracker.models.action_item import ProgressNote
from tracker.models.conference import Conference
from tracker.models.pledge import Movement, Pledge
from tracker.models.scoring import Explanation
from tracker.models.submission import Achievement, Entry

OWNERS = tuple(
    f"{owner}_id"
    for owner in ("conference", "progress_note", "entry", "achievement", "movement", "pledge", "explanation")
)


class Attachment(Base):
    """`stored_name` is where the bytes lie; `name` what the user called them. One owner, whose rights it takes."""

    __tablename__ = "attachment"
    __said__ = "Tệp đính kèm"
    __table_args__ = (
        CheckConstraint(
            " + ".join(f"(CASE WHEN {owner} IS NULL THEN 0 ELSE 1 END)" for owner in OWNERS) + " = 1",
            name="one_owner",
        ),
        CheckConstraint("size > 0", name="not_empty"),
    )

    conference_id: Mapped[int | None] = mapped_column(ForeignKey("conference.id"), index=True)
    progress_note_id: Mapped[int | None] = mapped_column(ForeignKey("progress_note.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    achievement_id: Mapped[int | None] = mapped_column(ForeignKey("achievement.id"), index=True)
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movement.id"), index=True)
    pledge_id: Mapped[int | None] = mapped_column(ForeignKey("pledge.id"), index=True)
    explanation_id: Mapped[int | None] = mapped_column(ForeignKey("explanation.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), info=said("Tên tệp"))
    stored_name: Mapped[str] = mapped_column(String(80), unique=True)
    media_type: Mapped[str] = mapped_column(String(100), info=said("Loại tệp"))
    size: Mapped[int] = mapped_column(info=said("Cỡ (byte)"))
    sha256: Mapped[str] = mapped_column(String(64), info=said("Mã SHA-256"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(info=said("Thêm lúc"))

    added_by: Mapped[Account] = relationship()
    conference: Mapped[Conference | None] = relationship()
    progress_note: Mapped[ProgressNote | None] = relationship(back_populates="files")
    entry: Mapped[Entry | None] = relationship(back_populates="files")
    achievement: Mapped[Achievement | None] = relationship(back_populates="files")
    movement: Mapped[Movement | None] = relationship()
    pledge: Mapped[Pledge | None] = relationship()
    explanation: Mapped[Explanation | None] = relationship(back_populates="files")

    def audit_root(self) -> Base:
        owner = (
            self.conference or self.progress_note or self.entry or self.achievement or self.movement or self.pledge
            or self.explanation
        )
        assert owner is not None
        return owner.audit_root()
