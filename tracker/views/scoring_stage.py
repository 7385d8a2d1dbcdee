"""What every page of scoring asks: at which stage the reader scores a unit, whether that is open, and its words."""

from flask import Blueprint, url_for
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.errors import NotOpen
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.queries import scoring
from tracker.services import score_gate

bp = Blueprint("scoring", __name__)


def refuse_unscored(period: ReportingPeriod) -> None:
    """NotOpen for a period without points: nothing of it is scored, and its lines have no page here."""
    if not period.scored or period.criteria_set is None:
        raise NotOpen(
            _("Kỳ %(period)s không chấm điểm nên không có trang này: xem kết quả ở trang của kỳ báo cáo.",
              period=period.period.label)
        )  # fmt: skip


def stage_of(submission: Submission) -> ScoreStage | None:
    """The stage at which the reader scores this unit: bloc, second look once points are shared, council; else None.

    The board where nobody leads or deputises stands in for the bloc until points are shared; then it decides.
    """
    period = submission.period
    shared = period.points_shared_at is not None
    by_bloc, by_council = guard.may(policy.may_score_bloc, submission), guard.may(policy.may_score_council, submission)
    if by_council and (not by_bloc or (shared and period.is_locked)):
        return ScoreStage.COUNCIL
    if by_bloc:
        return ScoreStage.SECOND if shared else ScoreStage.BLOC
    return None


def stage_shown(submission: Submission) -> ScoreStage:
    """The stage that is shown to who looks and does not score."""
    return ScoreStage.BLOC if submission.period.points_shared_at is None else ScoreStage.SECOND


def untouched(stage: ScoreStage, *, closed: bool = False, judged: bool = True) -> str:
    """What stands where a stage has given no points: only the first one leaves a line without any.

    `judged`: whether the first one has given some; points may be shared before.
    """
    if stage is ScoreStage.SECOND and not judged:
        return _("chưa chấm")
    return {
        ScoreStage.SELF: _("chưa tự chấm"), ScoreStage.BLOC: _("chưa chấm"), ScoreStage.SECOND: _("như lần một"),
        ScoreStage.COUNCIL: _("không đổi") if closed else _("chưa duyệt"),
    }[stage]  # fmt: skip


def late_of(submission: Submission) -> int | None:
    """Days late of its first sending; None while it has not sent."""
    return scoring.late(submission.period, submission)


def never_sent(submission: Submission) -> bool:
    """Whether the data were locked before the unit sent anything."""
    return submission.first_sent_at is None and submission.period.is_locked


def closed_because(submission: Submission, stage: ScoreStage) -> str:
    """Why nobody scores this unit now; blank while it is open."""
    try:
        score_gate.open_for_points(submission.period, clock.now())
        score_gate.ready_for_points(submission, stage)
    except NotOpen as refused:
        return refused.sentence
    return ""


def unit_name(submission: Submission) -> str:
    """As it was called in the period."""
    return submission.unit.named_on(submission.period.period.last_day).name


def short_name(submission: Submission) -> str:
    return submission.unit.named_on(submission.period.period.last_day).short_name


def index_url(period: ReportingPeriod) -> str:
    return url_for("scoring.index", public_id=period.bloc.public_id, year=period.year)


def period_back(period: ReportingPeriod) -> tuple[str, str]:
    """The page of all units for those who may open it, else the list of the year."""
    if guard.may(policy.may_see_scoring, period):
        return url_for("scoring.units", public_id=period.public_id), _(
            "Chấm điểm %(period)s", period=period.period.label
        )
    return index_url(period), _("Điểm và xếp hạng năm %(year)s", year=period.year)


def is_shared(period: ReportingPeriod) -> bool:
    return period.points_shared_at is not None or period.state in PeriodState.shown_to_all()
