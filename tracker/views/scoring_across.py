"""One criterion across the units, and one line with all that belongs to it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.db import db
from tracker.domain.criteria_text import rule as rule_in_words
from tracker.domain.criteria_tree import Placed
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry
from tracker.queries import criteria, scoring_progress
from tracker.queries import scoring_desk as queries
from tracker.views import head
from tracker.views.scoring_entry import Saved, save_all, stage_moved
from tracker.views.scoring_period import can_open
from tracker.views.scoring_rows import ahead_of, behind, lacking, result, shown, shown_beside
from tracker.views.scoring_stage import (
    bp,
    closed_because,
    late_of,
    period_back,
    refuse_unscored,
    short_name,
    stage_of,
    stage_shown,
    unit_name,
    untouched,
)

__all__ = ["bp"]


@bp.route("/periods/<id:public_id>/scoring/criteria/<id:criterion_id>", methods=["GET", "POST"])
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def by_criterion(period: ReportingPeriod, criterion_id: str) -> ResponseReturnValue:
    """Every unit in one criterion, below each other: the same work judged by the same measure."""
    refuse_unscored(period)
    placed, row, leaves = leaf_of(period, criterion_id)
    stages = stages_of(period, posted=request.method == "POST")
    saved = Saved()
    if request.method == "POST":
        lines = queries.across(period, placed.node, row, stages)
        scored = {line.entry.public_id: (line.entry, line.stage) for line in lines if stage_of(line.submission)}
        if not scored:
            abort(403)
        first = next(iter(scored.values()))[1]
        saved = stage_moved(scored, request.form, first, period.bloc.kind) or save_all(scored, request.form)
        if saved.whole:
            flash(_("Đã lưu %(count)s dòng.", count=saved.count) if saved.count
                  else _("Không có gì thay đổi để lưu."), "success")  # fmt: skip
            return redirect(url_for("scoring.by_criterion", public_id=period.public_id, criterion_id=criterion_id))
        db.session.expire_all()
    page = _across(period, placed, leaves, queries.across(period, placed.node, row, stages), saved)
    return page, 200 if saved.whole else 422 if saved.errors else 409


def leaf_of(period: ReportingPeriod, key: str) -> tuple[Placed, Criterion, list[Placed]]:
    """The criterion of the period with this public id, its row, and all criteria in their order; else 404."""
    if period.criteria_set is None:
        abort(404)
    listed = criteria.rows_of(period.criteria_set)
    leaves = list(criteria.tree(period.criteria_set, listed).leaves())
    placed = next((each for each in leaves if each.node.key == key), None)
    if placed is None:
        abort(404)
    return placed, next(each for each in listed if each.public_id == key), leaves


def stages_of(period: ReportingPeriod, *, posted: bool = False) -> dict[int, ScoreStage]:
    """The units whose desk the reader opens, by submission number, each with the stage that is shown of it.

    What is closed reads from the first look on; what was `posted` belongs to the reader's own stage.
    """
    units = [each.submission for each in scoring_progress.of_period(period) if can_open(each.submission)]
    stages = {each.id: stage_of(each) or stage_shown(each) for each in units}
    if not posted:
        stages |= {each.id: ScoreStage.BLOC for each in units if closed_because(each, stages[each.id])}
    return stages


def _across(
    period: ReportingPeriod, placed: Placed, leaves: list[Placed], lines: list[queries.DeskLine], saved: Saved
) -> str:
    assert period.criteria_set is not None
    places = period.criteria_set.places
    closed = {line.submission.id: closed_because(line.submission, line.stage) for line in lines}
    all_closed = all(closed.values())
    scored = (stage_of(line.submission) for line in lines if not all_closed)
    stage = next((found for found in scored if found), ScoreStage.BLOC)
    rows = [
        shown(
            line, places, saved, late=late_of(line.submission), name=unit_name(line.submission), closed=all_closed,
            is_open=not closed[line.submission.id] and stage_of(line.submission) is not None,
        )
        for line in lines
    ]  # fmt: skip
    here = [each.node.key for each in leaves].index(placed.node.key)
    return render_template(
        "scoring/across.html",
        head=head.of(period.bloc, "scores", period.year),
        period=period,
        placed=placed,
        rule=rule_in_words(placed.node, period.bloc.kind),
        maximum=number(placed.node.most, places),
        leaves=leaves,
        earlier=leaves[here - 1].node if here else None,
        later=leaves[here + 1].node if here + 1 < len(leaves) else None,
        rows=rows,
        stage=stage,
        untouched=untouched(stage),
        ahead=ahead_of(stage, shown_beside(stage, all_closed)),
        behind=behind(stage, shown_beside(stage, all_closed)),
        saved=saved,
        closed=next((sentence for sentence in closed.values() if sentence), ""),
        is_open=any(row.open for row in rows),
        back=period_back(period),
    )


@bp.get("/entries/<id:public_id>/scoring")
@guard.allowed(policy.may_see_desk_line, Entry)
def line(entry: Entry) -> ResponseReturnValue:
    """Result, rule with numbers, points of every stage with who, when and why, files, explanation."""
    submission, period = entry.submission, entry.submission.period
    refuse_unscored(period)
    stage = stage_of(submission) or stage_shown(submission)
    page = queries.desk(submission, stage)
    found = next((each for each in page.lines if each.entry.id == entry.id), None)
    if found is None:
        abort(404)
    back = url_for("scoring.desk", public_id=submission.public_id, _anchor=f"dong-{entry.public_id}")
    return render_template(
        "scoring/line.html",
        head=head.of(period.bloc, "scores", period.year),
        line=found,
        places=page.tree.places,
        name=unit_name(submission),
        actual=result(found, late_of(submission)),
        lacking=lacking(found, late_of(submission)),
        rule=rule_in_words(found.node, entry.submission.period.bloc.kind),
        judged=[*ScoreStage],
        across=url_for("scoring.by_criterion", public_id=period.public_id, criterion_id=found.node.key)
        if guard.may(policy.may_see_scoring, period)
        else None,
        back=(back, _("Chấm điểm %(unit)s", unit=short_name(submission))),
    )
