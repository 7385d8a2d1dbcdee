"""Rankings: the order as it stands, published editions from their frozen copies, every point of a unit explained."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain import ranking_changes as changes_of
from tracker.domain import ranking_words as words
from tracker.domain.ranking_shown import RankingShown
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import RankingState
from tracker.errors import NotAllowed, NotOpen
from tracker.exports.ranking_rows import explained_rows
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.submission import Submission
from tracker.queries import ranking as queries
from tracker.queries import ranking_history as history
from tracker.queries import ranking_order
from tracker.views.ranking_pages import (
    TAB,
    edition_page,
    framed,
    live_url,
    own_not_shared,
    show_url,
    title_of,
)

__all__ = ["TAB", "bp"]

bp = Blueprint("ranking", __name__)


@bp.get("/periods/<id:public_id>/ranking")
@guard.allowed(policy.may_see_period, ReportingPeriod)
def live(period: ReportingPeriod) -> ResponseReturnValue:
    """The order as it stands, for the secretariat and the board; once published, the edition in force for everyone."""
    if not period.scored or period.criteria_set is None:
        raise NotOpen(_("Kỳ này không chấm điểm nên không có xếp hạng."))
    in_force = queries.published(period)
    if in_force is not None and period.state in PeriodState.shown_to_all():
        return redirect(show_url(in_force))
    if not guard.may(policy.may_see_scoring, period):
        raise NotAllowed(_("Xếp hạng kỳ này chưa công bố. Khi công bố, mọi đơn vị thành viên đều xem được."))
    if period.state is PeriodState.PLANNED:
        raise NotOpen(_("Kỳ chưa mở nên chưa có điểm để xếp hạng."))
    known = queries.editions(period)
    own = own_not_shared(period)
    is_shared = period.points_shared_at is not None
    return render_template(
        "ranking/live.html",
        **framed(period),
        title=title_of(period),
        shown=ranking_order.order(period, own.id if own is not None else None),
        left_out=own.unit.named_on(period.period.last_day).name if own is not None else "",
        words=words,
        before=history.places_before(period),
        own=_own_key(),
        waiting=next((each for each in known if each.state is RankingState.PREPARED), None),
        editions=[each for each in known if each.published_at],
        prepares=is_shared and period.state is PeriodState.REVIEWING and guard.may(policy.may_prepare_ranking, period),
        shares=not is_shared and period.state is PeriodState.REVIEWING and guard.may(policy.may_share_points, period),
        links={
            each.unit.public_id: url_for("ranking.explain", public_id=each.public_id) for each in period.submissions
        },
    )


@bp.get("/rankings/<id:public_id>")
@guard.allowed(policy.may_see_ranking, Ranking)
def show(ranking: Ranking) -> ResponseReturnValue:
    """An edition, byte by byte as it was published; an older or revoked one says so."""
    period = ranking.period
    frame = framed(period)
    page = edition_page(ranking)
    return render_template(
        "ranking/show.html",
        **frame,
        **page,
        title=title_of(period),
        words=words,
        before=history.places_before(period),
        own=_own_key(),
        years=history.years_chart(period, page["shown"], _own_key()),
        links={
            each.key: url_for("ranking.explain_edition", public_id=ranking.public_id, unit_id=each.key)
            for each in page["shown"].units
        },
        previous=next((each for each in page["editions"] if each.edition < ranking.edition), None),
        later=next((each for each in page["editions"] if each.edition > ranking.edition), None),
    )


@bp.get("/rankings/<id:public_id>/changes")
@guard.allowed(policy.may_see_ranking, Ranking)
def changes(ranking: Ranking) -> ResponseReturnValue:
    """What a correction changed against the published edition before it."""
    earlier = next(
        (each for each in queries.editions(ranking.period) if each.published_at and each.edition < ranking.edition),
        None,
    )
    if earlier is None:
        raise NotOpen(_("Đây là phiên bản đầu tiên nên không có phiên bản trước để so."))
    before, after = queries.shown_of(earlier), queries.shown_of(ranking)
    return render_template(
        "ranking/changes.html",
        **framed(ranking.period),
        title=_("Phiên bản %(new)s thay đổi gì so với phiên bản %(old)s", new=ranking.edition, old=earlier.edition),
        back=(show_url(ranking), _("%(title)s, phiên bản %(edition)s", title=title_of(ranking.period),
                                   edition=ranking.edition)),
        ranking=ranking,
        earlier=earlier,
        after=after,
        words=words,
        places=max(before.places, after.places),
        units=changes_of.changed_units(before, after),
        points=changes_of.changed_points(before, after),
        rules=changes_of.changed_rules(before, after),
    )  # fmt: skip


@bp.get("/rankings/<id:public_id>/units/<id:unit_id>")
@guard.allowed(policy.may_see_ranking, Ranking)
def explain_edition(ranking: Ranking, unit_id: str) -> ResponseReturnValue:
    """Every point of a unit as the edition froze it."""
    shown = queries.shown_of(ranking)
    back = (show_url(ranking), _("%(title)s, phiên bản %(edition)s", title=title_of(ranking.period),
                                 edition=ranking.edition))  # fmt: skip
    return _explained(ranking.period, shown, unit_id, judged=True, placed=True, ranking=ranking, back=back)


@bp.get("/submissions/<id:public_id>/points")
@guard.allowed(policy.may_see_points, Submission)
def explain(submission: Submission) -> ResponseReturnValue:
    """Every point of a unit as it stands; of the published edition once there is one.

    Points that others gave show only to whom policy.may_see_judged_points lets; places only to the secretariat and
    the board until they are published.
    """
    period = submission.period
    if not period.scored or period.criteria_set is None:
        raise NotOpen(_("Kỳ này không chấm điểm."))
    in_force = queries.published(period)
    unit = submission.unit.public_id
    if in_force is not None and period.state in PeriodState.shown_to_all():
        return redirect(url_for("ranking.explain_edition", public_id=in_force.public_id, unit_id=unit))
    judged = guard.may(policy.may_see_judged_points, submission)
    placed = judged and guard.may(policy.may_see_scoring, period)
    if placed:
        back = (live_url(period), title_of(period))
    else:
        back = (url_for("submission.show", public_id=submission.public_id), _("Báo cáo của đơn vị"))
    return _explained(period, queries.collect(period), unit, judged=judged, placed=placed, ranking=None, back=back)


def _explained(
    period: ReportingPeriod, shown: RankingShown, unit: str, *, judged: bool, placed: bool,
    ranking: Ranking | None, back: tuple[str, str],
) -> str:  # fmt: skip
    one = next((each for each in shown.units if each.key == unit), None)
    if one is None:
        abort(404)
    lines = explained_rows(shown, one)
    points = [line.point for line in lines if line.point is not None]
    stages = [name for name in ("second", "council") if judged and any(getattr(each, name) for each in points)]
    context: dict[str, Any] = framed(period)
    return render_template(
        "ranking/explain.html",
        **context,
        title=_("Điểm của %(unit)s", unit=one.name),
        back=back,
        shown=shown,
        unit=one,
        lines=lines,
        judged=judged,
        placed=placed,
        stages=stages,
        ranking=ranking,
        words=words,
        workbook=_workbook(period, unit, ranking),
    )


def _workbook(period: ReportingPeriod, unit: str, ranking: Ranking | None) -> str | None:
    """Where the same comes as an Excel sheet: of what stands or is in force, not of a revoked edition."""
    if ranking is not None and ranking.state is not RankingState.PUBLISHED:
        return None
    submission = next((each for each in period.submissions if each.unit.public_id == unit), None)
    return url_for("ranking_paper.explanation", public_id=submission.public_id) if submission is not None else None


def _own_key() -> str:
    """The reader's unit; blank for the board."""
    unit = guard.current_account().unit
    return unit.public_id if unit is not None else ""
