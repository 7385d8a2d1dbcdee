"""What the program tells people: notices on their own page, and mail that waits to be sent."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, coded, said
from tracker.domain.notices import NoticeKind
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission


class Notice(Base):
    """One sentence for one account, with the record it speaks of. Seeing it is noted by the reader's own click."""

    __tablename__ = "notice"
    __said__ = "Thông báo"
    __table_args__ = (Index("ix_notice_account_read", "account_id", "read_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    kind: Mapped[NoticeKind] = mapped_column(coded(NoticeKind, "kind"), info=said("Loại"))
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    by: Mapped[Account | None] = relationship(foreign_keys=[by_id])
    period: Mapped[ReportingPeriod | None] = relationship()
    submission: Mapped[Submission | None] = relationship()

    def audit_root(self) -> Base:
        return self.period or self.submission or self


class OutgoingMail(Base):
    """A letter that waits for the mail server; `sent_at` None and `tries` say how far it is."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_sent", "sent_at"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str | None] = mapped_column(String(500))

    account: Mapped[Account] = relationship()
