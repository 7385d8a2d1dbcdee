"""Published rankings: frozen copies of everything shown, one edition after another, none ever changed."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, coded, said
from tracker.domain.scores import RankingState
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.unit import Unit

PUBLISHED = text("state = 'published'")


class Ranking(Base):
    """`content` is the canonical JSON of all that was shown; `sha256` is of its bytes; `code` is for paper.

    Prepared by one account, confirmed by another. A correction is a new `edition` with its `reason`.
    """

    __tablename__ = "ranking"
    __said__ = "Bảng xếp hạng"
    __table_args__ = (
        UniqueConstraint("period_id", "edition"),
        CheckConstraint("edition = 1 OR reason <> ''", name="correction_has_reason"),
        CheckConstraint(
            "(state IN ('published', 'revoked')) = (published_at IS NOT NULL AND published_by_id IS NOT NULL)",
            name="published_by_someone",
        ),
        CheckConstraint("published_by_id IS NULL OR published_by_id <> prepared_by_id", name="two_persons"),
        CheckConstraint("(state = 'revoked') = (revoked_at IS NOT NULL)", name="revoked_some_time"),
        Index("ux_ranking_published", "period_id", unique=True, sqlite_where=PUBLISHED, postgresql_where=PUBLISHED),
    )

    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    edition: Mapped[int] = mapped_column(default=1, info=said("Phiên bản"))
    state: Mapped[RankingState] = mapped_column(
        coded(RankingState, "state"), default=RankingState.PREPARED, info=said("Trạng thái")
    )
    reason: Mapped[str] = mapped_column(Text, default="", info=said("Lý do đính chính"))
    decision_number: Mapped[str | None] = mapped_column(String(100), info=said("Số văn bản"))
    decided_on: Mapped[date | None] = mapped_column(info=said("Ngày văn bản"))
    content: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64), info=said("Mã SHA-256"))
    code: Mapped[str] = mapped_column(String(16), unique=True, info=said("Mã kiểm tra"))
    prepared_at: Mapped[datetime] = mapped_column(info=said("Trình lúc"))
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), info=said("Người trình"))
    published_at: Mapped[datetime | None] = mapped_column(info=said("Công bố lúc"))
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người công bố"))
    revoked_at: Mapped[datetime | None] = mapped_column(info=said("Thu hồi lúc"))
    revoke_reason: Mapped[str | None] = mapped_column(Text, info=said("Lý do thu hồi"))

    period: Mapped[ReportingPeriod] = relationship()
    prepared_by: Mapped[Account] = relationship(foreign_keys=[prepared_by_id])
    published_by: Mapped[Account | None] = relationship(foreign_keys=[published_by_id])
    lines: Mapped[list["RankingLine"]] = relationship(back_populates="ranking", order_by="RankingLine.position")

    def audit_root(self) -> Base:
        return self.period


class RankingLine(Base):
    """One unit's line as it was shown; for asking over periods and years. `rank` None: it stood apart."""

    __tablename__ = "ranking_line"
    __said__ = "Dòng xếp hạng"
    __table_args__ = (UniqueConstraint("ranking_id", "unit_id"),)

    ranking_id: Mapped[int] = mapped_column(ForeignKey("ranking.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    position: Mapped[int]
    unit_name: Mapped[str] = mapped_column(String(300), info=said("Tên đơn vị"))
    rank: Mapped[int | None] = mapped_column(info=said("Hạng"))
    shared: Mapped[bool] = mapped_column(default=False, info=said("Đồng hạng"))
    points: Mapped[Decimal | None] = mapped_column(info=said("Điểm"))
    maximum: Mapped[Decimal | None] = mapped_column(info=said("Tối đa được giao"))
    class_name: Mapped[str | None] = mapped_column(String(100), info=said("Xếp loại"))

    ranking: Mapped[Ranking] = relationship(back_populates="lines")
    unit: Mapped[Unit] = relationship()

    def audit_root(self) -> Base:
        return self.ranking.period
