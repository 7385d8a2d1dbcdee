"""Points stage by stage, explanations, and what a criteria set says of ranking: ties, classes, quotas."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Versioned, coded, said
from tracker.domain.ranking import TieRule
from tracker.domain.scores import ScoreStage, ScoringStep, Standing
from tracker.models.account import Account
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.submission import Entry, Submission


class TieRow(Base):
    """A tie-breaker of a criteria set, in its order; `criterion` is the group whose points decide."""

    __tablename__ = "tie_row"
    __said__ = "Cách xét khi bằng điểm"
    __table_args__ = (
        CheckConstraint("(rule = 'group_points') = (criterion_id IS NOT NULL)", name="group_for_group_points"),
    )

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    rule: Mapped[TieRule] = mapped_column(coded(TieRule, "rule"), info=said("Cách xét"))
    criterion_id: Mapped[int | None] = mapped_column(ForeignKey("criterion.id"), index=True, info=said("Nhóm"))

    criteria_set: Mapped[CriteriaSet] = relationship()
    criterion: Mapped[Criterion | None] = relationship()

    def audit_root(self) -> Base:
        return self.criteria_set


class ClassBand(Base):
    """A class (xếp loại): lower bounds only. `least`: points, or share as 0.9, on the basis of the ranking.

    `leaf_floor`: no criterion under this share of its maximum (0.85). `position` from the top: the first row met holds.
    """

    __tablename__ = "class_band"
    __said__ = "Mức xếp loại"

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    position: Mapped[int] = mapped_column(default=0, info=said("Thứ tự"))
    name: Mapped[str] = mapped_column(String(100), info=said("Tên"))
    least: Mapped[Decimal] = mapped_column(info=said("Từ"))
    leaf_floor: Mapped[Decimal | None] = mapped_column(info=said("Sàn mỗi tiêu chí"))

    criteria_set: Mapped[CriteriaSet] = relationship()
    floors: Mapped[list["ClassFloor"]] = relationship(
        back_populates="band", order_by="ClassFloor.id", cascade="all, delete-orphan"
    )

    def audit_root(self) -> Base:
        return self.criteria_set


class ClassFloor(Base):
    """A class's floor of one group, as a share of the group's assigned maximum."""

    __tablename__ = "class_floor"
    __said__ = "Sàn của nhóm"
    __table_args__ = (UniqueConstraint("class_band_id", "criterion_id"),)

    class_band_id: Mapped[int] = mapped_column(ForeignKey("class_band.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id"), index=True, info=said("Nhóm"))
    floor: Mapped[Decimal] = mapped_column(info=said("Sàn"))

    band: Mapped[ClassBand] = relationship(back_populates="floors")
    criterion: Mapped[Criterion] = relationship()

    def audit_root(self) -> Base:
        return self.band.criteria_set


class QuotaHint(Base):
    """A share that may be proposed for an award, with its source: a warning, never a refusal."""

    __tablename__ = "quota_hint"
    __said__ = "Tỷ lệ đề nghị"
    __table_args__ = (CheckConstraint("percent > 0", name="percent_positive"),)

    criteria_set_id: Mapped[int] = mapped_column(ForeignKey("criteria_set.id"), index=True)
    award: Mapped[str] = mapped_column(String(300), info=said("Danh hiệu, hình thức"))
    percent: Mapped[Decimal] = mapped_column(info=said("Tối đa %"))
    source: Mapped[str] = mapped_column(String(300), info=said("Căn cứ"))

    criteria_set: Mapped[CriteriaSet] = relationship()

    def audit_root(self) -> Base:
        return self.criteria_set


class Score(Versioned, Base):
    """Points of one line at one stage. `computed`: by the engine from the line; `trace` says how, in words."""

    __tablename__ = "score"
    __said__ = "Điểm"
    __table_args__ = (
        UniqueConstraint("entry_id", "stage"),
        CheckConstraint("NOT computed OR stage = 'self'", name="only_self_is_computed"),
        CheckConstraint("stage = 'self' OR by_id IS NOT NULL", name="judged_by_someone"),
    )

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    stage: Mapped[ScoreStage] = mapped_column(coded(ScoreStage, "stage"), info=said("Bước"))
    points: Mapped[Decimal | None] = mapped_column(info=said("Điểm"))
    computed: Mapped[bool] = mapped_column(default=False, info=said("Máy tính"))
    provisional: Mapped[bool] = mapped_column(default=False, info=said("Tạm tính"))
    trace: Mapped[str] = mapped_column(Text, default="", info=said("Cách tính"))
    reason: Mapped[str] = mapped_column(Text, default="", info=said("Lý do"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), info=said("Người chấm"))

    entry: Mapped[Entry] = relationship()
    by: Mapped[Account | None] = relationship()

    def audit_root(self) -> Base:
        return self.entry.submission


class Explanation(Versioned, Base):
    """The unit's answer (giải trình) to the points of a line. Silence blocks nothing."""

    __tablename__ = "explanation"
    __said__ = "Giải trình"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), unique=True)
    text: Mapped[str] = mapped_column(Text, info=said("Nội dung"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    entry: Mapped[Entry] = relationship()
    by: Mapped[Account] = relationship()
    files: Mapped[list["Attachment"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Attachment", back_populates="explanation", order_by="Attachment.id"
    )

    def audit_root(self) -> Base:
        return self.entry.submission


class ScoringTaken(Base):
    """That a unit's scoring at a stage is done, or goes on: who, when."""

    __tablename__ = "scoring_step"
    __said__ = "Bước chấm điểm"
    __table_args__ = (Index("ix_scoring_step_submission_stage", "submission_id", "stage"),)

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    stage: Mapped[ScoreStage] = mapped_column(coded(ScoreStage, "stage"), info=said("Bước"))
    step: Mapped[ScoringStep] = mapped_column(coded(ScoringStep, "step"), info=said("Việc"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    submission: Mapped[Submission] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.submission


class SetApart(Versioned, Base):
    """A unit that withdrew or is not considered: it stands apart from the ranking, with the reason."""

    __tablename__ = "set_apart"
    __said__ = "Không xếp hạng"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    standing: Mapped[Standing] = mapped_column(coded(Standing, "standing"), info=said("Trường hợp"))
    reason: Mapped[str] = mapped_column(Text, info=said("Lý do"))
    at: Mapped[datetime] = mapped_column(info=said("Lúc"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    submission: Mapped[Submission] = relationship()
    by: Mapped[Account] = relationship()

    def audit_root(self) -> Base:
        return self.submission
