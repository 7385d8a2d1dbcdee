"""The scoring desk of one unit down the criteria."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain import vietnamese
from tracker.domain.scores import ScoreStage
from tracker.errors import RuleBroken
from tracker.models.submission import Entry, Submission
from tracker.queries import scoring_desk as queries
from tracker.queries import scoring_progress
from tracker.queries.scoring_desk import Desk, DeskGroup, DeskLine
from tracker.queries.submission_page import FRAME
from tracker.services import scoring as services
from tracker.views import head, scoring_across, scoring_own, scoring_what_if, scoring_workbook
from tracker.views.scoring_entry import Saved, lead_of, said, save_all, stage_moved
from tracker.views.scoring_rows import ahead_of, behind, filter_words, fits, kept, shown, shown_beside, wanted
from tracker.views.scoring_stage import (
    bp,
    closed_because,
    late_of,
    never_sent,
    period_back,
    refuse_unscored,
    short_name,
    stage_of,
    stage_shown,
    unit_name,
    untouched,
)
from tracker.views.scoring_strip import legend_of, strip_of

#: One blueprint: whoever registers it brings these routes along.
PARTS = (scoring_across, scoring_own, scoring_what_if, scoring_workbook)
__all__ = ["PARTS", "bp"]


@bp.route("/submissions/<id:public_id>/scoring", methods=["GET", "POST"])
@guard.allowed(policy.may_see_desk, Submission, load=FRAME)
def desk(submission: Submission) -> ResponseReturnValue:
    """One unit down the criteria. What can be saved is saved; what cannot stays as it was typed."""
    refuse_unscored(submission.period)
    scored_as = stage_of(submission)
    stage = scored_as or stage_shown(submission)
    if request.method == "POST":
        if scored_as is None:
            abort(403)
        page = queries.desk(submission, stage)
        moved = stage_moved([line.entry.public_id for line in page.lines], request.form, stage,
                            submission.period.bloc.kind)  # fmt: skip
        saved = moved or save_all({line.entry.public_id: (line.entry, stage) for line in page.lines}, request.form)
        _report_computed(page, request.form)
        if saved.whole:
            return _onward(page, saved, request.form.get("then", ""))
        db.session.expire_all()
        return _desk(submission, stage, saved), 422 if saved.errors else 409
    return _desk(submission, stage, Saved())


def _report_computed(page: Desk, posted: Any) -> None:
    """Own points are not written here: what a browser sends for them is ignored, and said when it differs."""
    for line in page.lines:
        sent = posted.get(f"{line.entry.public_id}-own")
        shown_own = said_own(line, page.tree.places)
        if sent is not None and sent.strip() != shown_own:
            flash(
                _("Điểm tự chấm của tiêu chí %(number)s không ghi ở đây: giá trị gửi kèm “%(sent)s” không được dùng.",
                  number=line.node.number, sent=sent[:40]),
                "warning",
            )  # fmt: skip


def said_own(line: DeskLine, places: int) -> str:
    return shown(line, places, Saved(), is_open=False, late=None).own


def _onward(page: Desk, saved: Saved, then: str) -> ResponseReturnValue:
    """After everything is saved: take what is proposed, close the unit, or stay."""
    submission, stage = page.submission, page.stage
    by, at = guard.current_account(), clock.now()
    here = url_for("scoring.desk", public_id=submission.public_id, show=wanted() or None)
    try:
        if then == "finish":
            services.finish(submission, stage, by=by, at=at)
            said_so, here = _("Đã chấm xong %(unit)s.", unit=unit_name(submission)), period_back(submission.period)[0]
        elif then == "go-on":
            services.go_on(submission, stage, by=by, at=at)
            said_so = _("Đã mở chấm tiếp %(unit)s.", unit=unit_name(submission))
        elif then.startswith("accept"):
            chosen = _chosen(page, then.partition(":")[2])
            count = services.accept_proposed(submission, stage, entries=chosen, by=by, at=at)
            said_so = _("Đã nhận điểm đề nghị ở %(count)s dòng.", count=count)
            waits = sum(bool(line.proposed is not None and line.before and line.before.provisional)
                        for line in page.lines) if chosen is None else 0  # fmt: skip
            if waits:
                said_so += " " + _(
                    "Để lại %(count)s dòng tạm tính, còn đổi cho đến khi mọi đơn vị đã gửi.", count=waits
                )
        else:
            said_so = (
                _("Đã lưu %(count)s dòng.", count=saved.count) if saved.count else _("Không có gì thay đổi để lưu.")
            )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        flash(broken.sentence, "danger")
        return redirect(here)
    flash(said_so, "success")
    return redirect(here)


def _chosen(page: Desk, key: str) -> list[Entry] | None:
    """The lines of a group or one line; None: all that are complete."""
    if not key:
        return None
    below = page.below(key) or [line for line in page.lines if line.entry.public_id == key]
    return [line.entry for line in below]


def _desk(submission: Submission, stage: ScoreStage, saved: Saved) -> str:
    period, closed = submission.period, closed_because(submission, stage)
    stage = ScoreStage.BLOC if closed else stage
    page = queries.desk(submission, stage)
    is_open = not closed and stage_of(submission) is not None
    places, late, show = page.tree.places, late_of(submission), wanted()
    rows: list[tuple[str, Any]] = [
        ("group", _group(row, places, page)) if isinstance(row, DeskGroup)
        else ("line", shown(row, places, saved, is_open=is_open, late=late, closed=bool(closed)))
        for row in kept(page, show, saved.typed)
    ]  # fmt: skip
    progress = scoring_progress.of_period(period)
    strip = strip_of(progress)
    own_row = next((row for row in progress if row.submission.id == submission.id), None)
    return render_template(
        "scoring/desk.html",
        head=head.of(period.bloc, "scores", period.year),
        submission=submission,
        period=period,
        page=page,
        rows=rows,
        sums=_sums(page.sums, places, stage),
        lead=lead_of(page),
        name=unit_name(submission),
        short=short_name(submission),
        stage=stage,
        untouched=untouched(stage),
        ahead=ahead_of(stage, shown_beside(stage, bool(closed))),
        behind=behind(stage, shown_beside(stage, bool(closed))),
        saved=saved,
        closed=closed,
        is_open=is_open,
        show=show,
        counts={key: sum(fits(line, key) for line in page.lines) for key in filter_words()},
        filter_words=filter_words(stage),
        strip=strip,
        legend=legend_of(strip),
        never_sent=never_sent(submission),
        apart=bool(own_row and own_row.apart),
        may_set_apart=not closed and guard.may(policy.may_set_apart, submission),
        back=period_back(period),
    )  # fmt: skip


def _sums(sums: queries.Sums, places: int, stage: ScoreStage) -> dict[str, Any]:
    """The sums of a group or the whole as texts."""
    own = vietnamese.shown(sums.own, places) if sums.owned else untouched(ScoreStage.SELF)
    return {"maximum": vietnamese.shown(sums.maximum or None, places), "own": own, **said(sums, places, stage)}


def _group(row: DeskGroup, places: int, page: Desk) -> dict[str, Any]:
    proposed = sum(line.proposed is not None for line in page.below(row.node.key))
    return {
        "key": row.node.key, "number": row.node.number, "title": row.node.title, "depth": row.depth,
        "proposed": proposed, **_sums(row.sums, places, page.stage),
    }  # fmt: skip
