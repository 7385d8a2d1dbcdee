"""The one gate of everything that gives points: which stage, by whom, until when (rights.md; settled.md, dates).

Server computes: what a browser or a workbook sends as a computed value never reaches these services.
"""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import exists, select

from tracker.db import db
from tracker.domain.criteria import CriterionPart, Direction, ScoreFunction
from tracker.domain.criteria_tree import CriterionNode
from tracker.domain.quantities import Unreadable, check_number
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.domain.submissions import SubmissionState
from tracker.domain.vietnamese import number
from tracker.errors import NotAllowed, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.submission import Entry, Submission
from tracker.policy import may_explain, may_score_bloc, may_score_council
from tracker.services import submission_gate
from tracker.services.period_steps import hold

#: Functions whose own points a unit types itself; all others are computed from its results.
TYPED = (ScoreFunction.MANUAL,)


def scoring(submission: Submission, stage: ScoreStage, *, by: Account, at: datetime) -> None:
    """`by` gives points at `stage` to this unit at `at`. The period's row is held.

    NotOpen for a period without points, not yet begun, published, or past its scoring; NotAllowed for everybody whose
    stage it is not.
    """
    period = submission.period
    hold(period)
    open_for_points(period, at)
    day = submission_gate.day_of(period, at)
    match stage:
        case ScoreStage.SELF:
            raise NotAllowed("Điểm tự chấm do đơn vị ghi trong báo cáo của mình.")
        case ScoreStage.BLOC | ScoreStage.SECOND:
            if not may_score_bloc(by, submission, day):
                kind = period.bloc.kind
                raise NotAllowed(
                    f"Điểm này do thường trực {kind.small} chấm, không phải chính đơn vị đó: điểm của đơn vị "
                    f"{kind.word} trưởng do {kind.word} phó hoặc đơn vị được phân công chấm."
                )
        case ScoreStage.COUNCIL:
            if not may_score_council(by, submission, day):
                raise NotAllowed("Điểm được duyệt do cơ quan thường trực Hội đồng thi đua - khen thưởng ghi.")
    ready_for_points(submission, stage)


def ready_for_points(submission: Submission, stage: ScoreStage) -> None:
    """NotOpen while the unit has not sent and its data are not locked; the council waits for the lock."""
    if submission.period.is_locked:
        return
    if stage is ScoreStage.COUNCIL:
        raise NotOpen("Kỳ chưa khóa số liệu nên Hội đồng chưa duyệt điểm được.")
    if submission.state not in (SubmissionState.SENT, SubmissionState.ACCEPTED):
        raise NotOpen("Đơn vị chưa gửi báo cáo và kỳ chưa khóa số liệu nên chưa chấm được.")


def open_for_points(period: ReportingPeriod, at: datetime) -> None:
    """NotOpen when no points of the period may change at `at`."""
    before_publication(period)
    if period.scores_close_at is not None and at >= period.scores_close_at and not _in_correction(period):
        when = submission_gate.said_moment(period, period.scores_close_at)
        label = period.period.label
        raise NotOpen(f"Việc chấm điểm {label} đã kết thúc lúc {when} nên điểm không đổi được nữa.")


def before_publication(period: ReportingPeriod) -> None:
    """NotOpen for a period without points, not yet begun, or published; its scoring may be closed already."""
    label = period.period.label
    if not period.scored or period.criteria_set is None:
        raise NotOpen(f"Kỳ {label} không chấm điểm.")
    if period.state is PeriodState.PLANNED:
        raise NotOpen(f"Kỳ {label} chưa mở nên chưa chấm điểm được.")
    if period.state in PeriodState.shown_to_all():
        raise NotOpen(
            f"Xếp hạng {label} đã công bố nên điểm không đổi được nữa. Muốn đính chính, cơ quan theo dõi phải thu hồi "
            "công bố, sau đó công bố phiên bản mới."
        )


def _in_correction(period: ReportingPeriod) -> bool:
    """A published ranking was revoked: points are open until the next edition, whenever scoring was to close."""
    revoked = exists().where(Ranking.period_id == period.id, Ranking.revoked_at.is_not(None))
    return bool(db.session.scalar(select(revoked)))


def explaining(entry: Entry, *, by: Account, at: datetime) -> None:
    """The unit answers to its points: from sharing on, until explain_by; silence blocks nothing."""
    period = entry.submission.period
    hold(period)
    open_for_points(period, at)
    if not may_explain(by, entry, submission_gate.day_of(period, at)):
        raise NotAllowed("Chỉ người của đơn vị giải trình được về điểm của đơn vị mình.")
    if entry.criterion_id is None:
        raise NotOpen("Dòng này không thuộc bộ tiêu chí nên không có điểm để giải trình.")
    if period.points_shared_at is None:
        raise NotOpen(f"Thường trực {period.bloc.kind.small} chưa cho đơn vị xem điểm nên chưa có gì để giải trình.")
    if period.explain_by is not None and at >= period.explain_by:
        when = submission_gate.said_moment(period, period.explain_by)
        raise NotOpen(f"Hạn giải trình đã hết lúc {when}. Điểm được xét theo những gì đã có.")


def checked(points: Decimal | None, leaf: Criterion, *, places: int) -> Decimal | None:
    """Points that may stand in this leaf; None stays blank. RuleBroken (field "points") names limit and way out."""
    if points is None:
        return None
    try:
        exact = check_number(Decimal(points), f"{points}")
    except Unreadable as unreadable:
        raise RuleBroken(str(unreadable), field="points") from None
    shown = number(exact.normalize() if exact else Decimal(0))
    if exact != round(exact, places):
        raise RuleBroken(f"Điểm {shown} có hơn {places} chữ số lẻ: bộ tiêu chí lấy {places} chữ số.", field="points")
    least = min(Decimal(0), leaf.floor_points or Decimal(0))
    if exact < least:
        raise RuleBroken(
            f"Điểm {shown} của tiêu chí {leaf.number} thấp hơn mức thấp nhất {number(least)}: hãy xem lại.",
            field="points",
        )
    most = most_points(leaf)
    if most is not None and exact > most:
        raise RuleBroken(
            f"Điểm {shown} vượt điểm tối đa {number(most)} của tiêu chí {leaf.number}: hãy xem lại.", field="points"
        )
    return exact


def most_points(leaf: Criterion) -> Decimal | None:
    """The most that may be given; None where nothing limits it (uncapped, bonus and penalty without a limit)."""
    if leaf.function is ScoreFunction.UNCAPPED and leaf.direction is not Direction.LESS:
        return None
    if leaf.part is CriterionPart.MAIN:
        return leaf.maximum
    return leaf.limit_points if leaf.limit_points is not None else leaf.maximum


def is_typed(leaf: Criterion | CriterionNode) -> bool:
    """Whether the unit types its own points here: what no function computes."""
    if leaf.function in TYPED:
        return True
    return leaf.function in (ScoreFunction.BONUS, ScoreFunction.PENALTY) and leaf.points_each is None


def refresh(submission: Submission) -> None:
    """Read the submission's lines and points anew, after its period's row is held."""
    db.session.flush()
    db.session.refresh(submission)
