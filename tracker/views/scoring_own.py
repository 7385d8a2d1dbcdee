"""The unit's own page of its points: typed where no function computes them, the bloc's once shared, explanations."""

from decimal import Decimal
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number, shown
from tracker.errors import NotOpen
from tracker.forms.base import UserForm
from tracker.forms.scoring import ExplanationForm, mark
from tracker.models.attachment import Attachment
from tracker.models.submission import Entry, Submission
from tracker.queries import scoring_desk as queries
from tracker.queries.scoring_desk import Desk, DeskGroup, DeskLine
from tracker.queries.submission_page import FRAME
from tracker.services import explanation as services
from tracker.services import explanation_files, score_gate
from tracker.services import scoring as scorings
from tracker.views import head, pages
from tracker.views.scoring_entry import Saved, save_lines, typed_points
from tracker.views.scoring_rows import lacking, result
from tracker.views.scoring_stage import bp, is_shared, late_of, never_sent, period_back, refuse_unscored, unit_name
from tracker.views.submission import holds
from tracker.views.submission_words import place_of

__all__ = ["bp"]

MEGABYTE = 1024 * 1024


@bp.get("/submissions/<id:public_id>/own-points")
@guard.allowed(policy.may_see_points, Submission, load=FRAME)
def own(submission: Submission) -> ResponseReturnValue:
    """Every point of the unit with its rule; what others gave from the moment it is shared."""
    refuse_unscored(submission.period)
    return _page(submission, Saved())


@bp.post("/submissions/<id:public_id>/own-points")
@guard.allowed(policy.may_write_submission, Submission, load=FRAME)
def save_own(submission: Submission) -> ResponseReturnValue:
    """The points that the unit types; a computed one that a browser sends is ignored, and said when it differs."""
    refuse_unscored(submission.period)
    desk = queries.desk(submission, ScoreStage.SELF, drafts=True)
    lines = {line.entry.public_id: line for line in desk.lines if is_typed(line)}
    saved = save_lines({key: line.entry for key, line in lines.items()}, request.form, _type_own)
    _report_computed(desk, request.form)
    if not saved.whole:
        db.session.expire_all()
        return _page(submission, saved), 422 if saved.errors else 409
    said = _("Đã lưu %(count)s dòng.", count=saved.count) if saved.count else _("Không có gì thay đổi để lưu.")
    flash(said, "success")
    return redirect(url_for("scoring.own", public_id=submission.public_id))


def _type_own(entry: Entry, points: Decimal | None, reason: str, seen: int) -> None:
    scorings.type_own(entry, points=points, reason=reason, seen=seen, by=guard.current_account(), at=clock.now())


def _report_computed(desk: Desk, posted: Any) -> None:
    places = desk.tree.places
    for line in desk.lines:
        sent = posted.get(f"{line.entry.public_id}-points")
        if is_typed(line) or sent is None:
            continue
        computed = number(line.own.points, places) if line.own is not None else ""
        if sent.strip() != computed:
            flash(
                _("Điểm tiêu chí %(number)s do chương trình tính (%(computed)s): giá trị gửi kèm “%(sent)s” không được "
                  "dùng.", number=line.node.number, computed=computed or _("chưa tính được"), sent=sent[:40]),
                "warning",
            )  # fmt: skip


def is_typed(line: DeskLine) -> bool:
    """Whether the unit types its own points here."""
    return line.entry.assigned and line.entry.criterion is not None and score_gate.is_typed(line.entry.criterion)


def _page(submission: Submission, saved: Saved) -> str:
    period = submission.period
    desk = queries.desk(submission, ScoreStage.BLOC, drafts=guard.may(policy.may_write_submission, submission))
    places, judged = desk.tree.places, guard.may(policy.may_see_judged_points, submission)
    writes = holds(submission)
    rows = [
        ("group", {"number": row.node.number, "title": row.node.title, **_sums(row.sums, places)})
        if isinstance(row, DeskGroup)
        else ("line", _line(row, places, saved, late=late_of(submission), writes=writes, judged=judged))
        for row in desk.rows
    ]  # fmt: skip
    return render_template(
        "scoring/own.html",
        head=head.of(period.bloc, "scores", period.year),
        submission=submission,
        period=period,
        name=unit_name(submission),
        rows=rows,
        sums=_sums(desk.sums, places),
        judged=judged,
        never_sent=never_sent(submission),
        shared=is_shared(period),
        published=period.state in PeriodState.shown_to_all(),
        typing=any(kind == "line" and row["box"] for kind, row in rows),
        explains=may_explain_now(submission),
        saved=saved,
        back=period_back(period),
        explained_url=_explained(submission),
    )  # fmt: skip


def _sums(sums: queries.Sums, places: int) -> dict[str, str]:
    """A sum of lines without points is blank, not 0."""
    return {
        "maximum": number(sums.maximum or None, places),
        "own": shown(sums.own, places) if sums.owned else _("chưa có"),
        "final": shown(sums.final, places) if sums.judged else _("chưa chấm"),
    }


def _explained(submission: Submission) -> str | None:
    """The page with the arithmetic of the rank, where it exists and is shown."""
    if "ranking.explain" not in current_app.view_functions or not is_shared(submission.period):
        return None
    return url_for("ranking.explain", public_id=submission.public_id)


def _line(line: DeskLine, places: int, saved: Saved, *, late: int | None, writes: bool, judged: bool) -> dict[str, Any]:
    own, key = line.own, line.entry.public_id
    points = typed_points(own.points, places) if own is not None else ""
    reason = own.reason if own is not None else ""
    was, version = mark(points, reason), own.version if own is not None else 0
    found = saved.differing.get(key)
    if found is not None:
        was, version = found.was, found.version
    points, reason = saved.typed.get(key, (points, reason))
    return {
        "line": line, "key": key, "actual": result(line, late), "lacking": lacking(line, late),
        "points": points, "reason": reason, "was": was,
        "version": version, "maximum": number(line.node.most, places),
        "box": writes and is_typed(line),
        "own": shown(own.points, places) if own is not None else "",
        "stages": [
            (stage.called_in(line.submission.period.bloc.kind), score)
            for stage in ScoreStage.judged() if (score := line.stages.get(stage))
        ] if judged else [],
        "final": shown(line.final, places) if judged else "",
        "places": places,
        "error": " ".join(saved.errors.get(key, {}).values()),
        "differing": found,
    }  # fmt: skip


def may_explain_now(submission: Submission) -> bool:
    """The reader is of the unit, the points are shared, and the time for it has not passed."""
    period = submission.period
    if period.points_shared_at is None or not guard.may(policy.may_write_submission, submission):
        return False
    try:
        score_gate.open_for_points(period, clock.now())
    except NotOpen:
        return False
    return period.explain_by is None or clock.now() < period.explain_by


@bp.route("/entries/<id:public_id>/explain", methods=["GET", "POST"])
@guard.allowed(policy.may_explain, Entry)
def explain(entry: Entry) -> ResponseReturnValue:
    """The unit's words on the points of one line, with files."""
    submission, period = entry.submission, entry.submission.period
    refuse_unscored(period)
    desk = queries.desk(submission, ScoreStage.BLOC, drafts=True)
    line = next((each for each in desk.lines if each.entry.id == entry.id), None)
    if line is None:
        raise NotOpen(_("Dòng này không thuộc bộ tiêu chí nên không có điểm để giải trình."))
    told = line.explanation
    back = url_for("scoring.own", public_id=submission.public_id, _anchor=f"dong-{entry.public_id}")
    form = pages.bind(ExplanationForm, values={"text": told.text, "version": told.version} if told else {"version": 0})
    limit = current_app.config["FILE_LIMIT"]

    def save() -> None:
        by, at = guard.current_account(), clock.now()
        made = services.explain(entry, text=form.text.data or "", seen=form.seen, by=by, at=at)
        db.session.flush()
        for stream, name in form.chosen():
            explanation_files.add_file(made, stream, name, limit=limit, by=by, at=at)

    return pages.answer(
        form,
        save=save,
        current=lambda: _current(entry),
        done=back,
        said=_("Đã ghi giải trình. Thường trực %(bloc)s thấy ở bảng chấm.",
               bloc=entry.submission.period.bloc.kind.small),
        template="scoring/explain.html",
        title=_("Giải trình: %(place)s", place=place_of(entry)),
        lead=_("Hạn giải trình %(at)s. Không giải trình cũng không làm chậm việc gì.", at=_moment(period))
        if period.explain_by else _("Không giải trình cũng không làm chậm việc gì."),
        line=line,
        places=desk.tree.places,
        shared=guard.may(policy.may_see_judged_points, submission),
        judged=[*ScoreStage],
        files=told.files if told else [],
        limit=limit // MEGABYTE,
        cancel_url=back,
        back=(back, _("Điểm của đơn vị")),
        head=head.of(period.bloc, "scores", period.year),
    )  # fmt: skip


def _moment(period: Any) -> str:
    local = clock.local(period.explain_by, period.bloc.authority.time_zone)
    return f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def _current(entry: Entry) -> dict[str, Any]:
    db.session.expire_all()
    found = queries.desk(entry.submission, ScoreStage.BLOC, drafts=True)
    told = next((line.explanation for line in found.lines if line.entry.id == entry.id), None)
    return {"text": told.text if told else "", "version": told.version if told else 0}


@bp.route("/attachments/<id:public_id>/withdraw", methods=["GET", "POST"])
@guard.allowed(policy.may_withdraw_file, Attachment)
def withdraw(attachment: Attachment) -> ResponseReturnValue:
    """Take a file out of the unit's own explanation."""
    assert attachment.explanation is not None
    entry = attachment.explanation.entry
    back = url_for("scoring.explain", public_id=entry.public_id)
    period = entry.submission.period
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: explanation_files.remove_file(attachment, by=guard.current_account(), at=clock.now()),
        done=back,
        said=_("Đã bỏ tệp “%(name)s”.", name=attachment.name),
        template="confirm_page.html",
        title=_("Bỏ tài liệu giải trình"),
        lead=attachment.name,
        consequences=[_("tệp “%(name)s” bị xóa khỏi giải trình và không lấy lại được;", name=attachment.name),
                      _("lịch sử vẫn ghi tên tệp, ai bỏ và lúc nào.")],
        unchanged=_("Nội dung giải trình và các tệp khác không đổi."),
        submit_label=_("Bỏ tệp"),
        keep_label=_("Giữ tệp"),
        keep_url=back,
        back=(back, _("Giải trình")),
        head=head.of(period.bloc, "scores", period.year),
    )  # fmt: skip
