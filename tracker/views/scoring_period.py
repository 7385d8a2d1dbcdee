"""The scored periods of a bloc, the units of one with how far each is scored, sharing, units that stand apart."""

from collections.abc import Sequence

from flask import Response, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.scores import ScoreStage, Standing
from tracker.exports import table_workbook
from tracker.forms.base import ReasonForm, UserForm
from tracker.forms.scoring import SetApartForm
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.queries import scoring_progress as queries
from tracker.queries.scoring_progress import UnitProgress
from tracker.services import explanation as services
from tracker.views import downloads, head, pages
from tracker.views.scoring_stage import (
    bp,
    closed_because,
    index_url,
    period_back,
    refuse_unscored,
    short_name,
    stage_of,
    unit_name,
)

__all__ = ["bp"]


@bp.get("/blocs/<id:public_id>/scores")
@guard.allowed(policy.may_see_scores_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    """The scored periods of a year: where the scoring of each stands, and the page that the reader needs."""
    year = request.args.get("year", type=int) or guard.today().year
    shown_head = head.of(bloc, "scores", year)
    rows = [row for row in queries.of_year(bloc, guard.current_account(), year) if _known(row.period)]
    there = current_app.view_functions
    elsewhere = None if rows else next((each.year for each in queries.latest(bloc) if _known(each)), None)
    return render_template(
        "scoring/index.html",
        head=shown_head,
        bloc=bloc,
        year=year,
        elsewhere=elsewhere,
        rows=rows,
        history_url=url_for("ranking_history.show", public_id=bloc.public_id)
        if "ranking_history.show" in there
        else None,
        ranking_there="ranking.show" in there,
    )


def _known(period: ReportingPeriod) -> bool:
    return guard.may(policy.may_see_period, period)


@bp.get("/periods/<id:public_id>/scoring")
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def units(period: ReportingPeriod) -> ResponseReturnValue:
    """Every unit with how far it is scored; where each goes on."""
    refuse_unscored(period)
    shown_head = head.of(period.bloc, "scores", period.year)
    rows = queries.of_period(period)
    shares = guard.may(policy.may_share_points, period) and period.points_shared_at is None
    return render_template(
        "scoring/units.html",
        head=shown_head,
        period=period,
        rows=[(row, state_of(row), can_open(row.submission)) for row in rows],
        back=(index_url(period), _("Điểm và xếp hạng năm %(year)s", year=period.year)),
        may_share=shares and not closed_because_of(period),
        closed=closed_because_of(period),
        done=sum(bool(row.done) for row in rows),
        all_done=not _not_done(rows),
        live_url=_ranking_url("ranking.live", period),
    )


def _not_done(rows: Sequence[UnitProgress]) -> list[UnitProgress]:
    """Units that are ranked and whose scoring nobody has called done."""
    return [row for row in rows if not row.done and row.apart is None]


def _ranking_url(endpoint: str, period: ReportingPeriod) -> str | None:
    there = endpoint in current_app.view_functions
    return url_for(endpoint, public_id=period.public_id) if there else None


def closed_because_of(period: ReportingPeriod) -> str:
    """Why no points of the period change now; blank while they do."""
    first = next(iter(period.submissions), None)
    return closed_because(first, ScoreStage.COUNCIL) if first is not None and period.is_locked else ""


def can_open(submission: Submission) -> bool:
    return guard.may(policy.may_see_desk, submission)


def state_of(row: UnitProgress) -> tuple[str, str, str]:
    """(shape, tone, words) of a unit on the strip and in the list, as the reader's own stage sees it."""
    stage = stage_of(row.submission)
    if row.apart is not None:
        return "same", "neutral", row.apart.standing.label
    if row.submission.period.published_at is not None:
        return "published", "neutral", _("đã công bố")
    if stage is None:
        if row.done:
            return "accepted", "success", _("đơn vị khác chấm: xong")
        return "locked", "neutral", _("đơn vị khác chấm: chưa xong")
    if stage in row.done:
        return "accepted", "success", _("chấm xong")
    if stage is ScoreStage.SECOND and ScoreStage.BLOC in row.done:
        return ("sent", "info", _("có giải trình")) if row.told else ("accepted", "success", _("xong lần một"))
    if stage is ScoreStage.COUNCIL:
        if row.council:
            return "draft", "neutral", _("đã duyệt %(count)s/%(lines)s dòng", count=row.council, lines=row.lines)
        return "sent", "info", _("chờ duyệt")
    if row.judged:
        return "draft", "neutral", _("đang chấm %(count)s/%(lines)s dòng", count=row.judged, lines=row.lines)
    return "sent", "info", _("chờ chấm")


@bp.get("/periods/<id:public_id>/scoring/workbook")
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def units_workbook(period: ReportingPeriod) -> Response:
    """The list as it is shown, in Excel."""
    refuse_unscored(period)
    title = _("Tình hình chấm điểm %(period)s", period=period.period.label)
    columns = [
        (_("Đơn vị"), 36, "text"), (_("Trạng thái chấm"), 24, "text"), (_("Dòng có điểm"), 10, "int"),
        (_("Số dòng"), 9, "int"), (_("Dòng đã duyệt"), 10, "int"), (_("Giải trình"), 10, "int"),
        (_("Lý do không xếp hạng"), 36, "text"),
    ]  # fmt: skip
    cells = [
        (unit_name(row.submission), state_of(row)[2], row.judged, row.lines, row.council, row.told,
         row.apart.reason if row.apart else None)
        for row in queries.of_period(period)
    ]  # fmt: skip
    name = period.bloc.named_on(period.period.last_day).name
    return downloads.xlsx(table_workbook.table(title, name, columns, cells), f"{title} - {name}.xlsx")


@bp.route("/periods/<id:public_id>/share-points", methods=["GET", "POST"])
@guard.allowed(policy.may_share_points, ReportingPeriod)
def share(period: ReportingPeriod) -> ResponseReturnValue:
    """Each unit sees its own points from now on: a page of its own, since it cannot be taken back."""
    refuse_unscored(period)
    back = period_back(period)
    unscored = ", ".join(short_name(row.submission) for row in _not_done(queries.of_period(period)))
    warned = [
        _("Chưa chấm xong: %(units)s. Các đơn vị này sẽ thấy điểm còn thiếu, và sau đó chỉ được chấm ở bước "
          "“%(Bloc)s chấm lần hai”.", units=unscored, Bloc=period.bloc.kind.word)
    ]  # fmt: skip
    until = _("đến hết hạn giải trình") if period.explain_by else _("đến khi kết thúc chấm điểm")
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: services.share(period, by=guard.current_account(), at=clock.now()),
        done=back[0],
        said=_("Các đơn vị đã được xem điểm của mình."),
        template="confirm_page.html",
        title=_("Cho đơn vị xem điểm"),
        lead=_("Kỳ %(period)s", period=period.period.label),
        consequences=[
            *(warned if unscored else []),
            _("Mỗi đơn vị thấy điểm %(bloc)s chấm của chính mình, kèm lý do, và nhận thông báo.",
              bloc=period.bloc.kind.small),
            _("Đơn vị giải trình được về từng dòng %(until)s.", until=until),
            _("Từ lúc này thường trực %(bloc)s chấm sang bước “%(Bloc)s chấm lần hai”, điểm lần một giữ nguyên "
              "để đối chiếu.",
              bloc=period.bloc.kind.small, Bloc=period.bloc.kind.word),
        ],
        unchanged=_("Điểm của đơn vị khác và thứ hạng vẫn chưa hiện cho đơn vị trước khi công bố. Không rút lại được."),
        submit_label=_("Vẫn cho xem điểm") if unscored else _("Cho xem điểm"),
        keep_label=_("Chưa cho xem"),
        keep_url=back[0],
        back=back,
        head=head.of(period.bloc, "scores", period.year),
    )


@bp.route("/submissions/<id:public_id>/set-apart", methods=["GET", "POST"])
@guard.allowed(policy.may_set_apart, Submission)
def set_apart(submission: Submission) -> ResponseReturnValue:
    """The unit withdrew, or is not considered."""
    period, name = submission.period, unit_name(submission)
    back = period_back(period)
    form = pages.bind(SetApartForm)
    return pages.answer(
        form,
        save=lambda: services.set_apart(
            submission, standing=Standing(form.standing.data), reason=form.reason.data or "",
            by=guard.current_account(), at=clock.now(),
        ),
        done=back[0],
        said=_("Đã ghi: %(unit)s không xếp hạng.", unit=name),
        template="confirm_page.html",
        title=_("Không xếp hạng %(unit)s", unit=short_name(submission)),
        lead=_("%(unit)s, kỳ %(period)s", unit=name, period=period.period.label),
        consequences=[
            _("%(unit)s đứng riêng dưới bảng xếp hạng, kèm lý do.", unit=name),
            _("Thứ hạng các đơn vị khác được tính lại, không có đơn vị này."),
        ],
        unchanged=_("Báo cáo và điểm đã chấm của đơn vị vẫn được giữ; đưa trở lại xếp hạng được trước khi công bố."),
        submit_label=_("Ghi không xếp hạng"),
        keep_label=_("Vẫn xếp hạng"),
        keep_url=back[0],
        back=back,
        head=head.of(period.bloc, "scores", period.year),
    )  # fmt: skip


@bp.route("/submissions/<id:public_id>/put-back", methods=["GET", "POST"])
@guard.allowed(policy.may_set_apart, Submission)
def put_back(submission: Submission) -> ResponseReturnValue:
    """The unit is ranked again."""
    period, name = submission.period, unit_name(submission)
    back = period_back(period)
    form = pages.bind(ReasonForm)
    return pages.answer(
        form,
        save=lambda: services.put_back(
            submission, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        done=back[0],
        said=_("Đã đưa %(unit)s trở lại xếp hạng.", unit=name),
        template="confirm_page.html",
        title=_("Đưa %(unit)s trở lại xếp hạng", unit=short_name(submission)),
        lead=_("%(unit)s, kỳ %(period)s", unit=name, period=period.period.label),
        consequences=[_("Thứ hạng của %(bloc)s được tính lại, có cả %(unit)s.", unit=name,
                        bloc=submission.period.bloc.kind.small)],
        unchanged=_("Điểm đã chấm của đơn vị không đổi."),
        submit_label=_("Đưa trở lại"),
        keep_label=_("Giữ như hiện nay"),
        keep_url=back[0],
        back=back,
        head=head.of(period.bloc, "scores", period.year),
    )
