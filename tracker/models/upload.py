"""Workbooks that were sent in and wait for their sender's yes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, coded, said
from tracker.domain.notices import UploadKind
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.unit import Unit


class Upload(Base):
    """The file as it came. Its preview is reckoned anew each time it is asked for; `applied_at` says it was written.

    A form is of one unit: its own people alone see the preview and say yes, whoever sent the file in.
    """

    __tablename__ = "upload"
    __said__ = "Tệp Excel gửi vào"
    __table_args__ = (
        CheckConstraint("(kind = 'form') = (period_id IS NOT NULL)", name="form_of_a_period"),
        CheckConstraint("(kind = 'form') = (unit_id IS NOT NULL)", name="form_of_a_unit"),
        CheckConstraint("size > 0", name="not_empty"),
    )

    kind: Mapped[UploadKind] = mapped_column(coded(UploadKind, "kind"), info=said("Loại"))
    bloc_id: Mapped[int] = mapped_column(ForeignKey("bloc.id"), index=True)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    name: Mapped[str] = mapped_column(String(300), info=said("Tên tệp"))
    stored_name: Mapped[str] = mapped_column(String(80), unique=True)
    size: Mapped[int] = mapped_column(info=said("Cỡ (byte)"))
    sha256: Mapped[str] = mapped_column(String(64), info=said("Mã SHA-256"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    applied_at: Mapped[datetime | None] = mapped_column(info=said("Ghi lúc"))

    bloc: Mapped[Bloc] = relationship()
    period: Mapped[ReportingPeriod | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.period or self.bloc
