"""The tables of the scoring desk in Excel, as they are shown: with the filter in force, at the reader's stage."""

from decimal import Decimal

from flask import Response
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain.criteria import ScoreFunction
from tracker.domain.scores import ScoreStage
from tracker.exports.scoring_workbook import ScoringRow, ScoringTable, scoring_workbook
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.queries import scoring_desk as queries
from tracker.queries.scoring_desk import DeskGroup, DeskLine, Sums
from tracker.queries.submission_page import FRAME
from tracker.views import downloads
from tracker.views.scoring_across import leaf_of, stages_of
from tracker.views.scoring_rows import filter_words, kept, result, shown_beside, wanted
from tracker.views.scoring_stage import bp, closed_because, late_of, stage_of, stage_shown, unit_name

__all__ = ["bp"]

#: What these say of a result is words, not a figure.
WORDED = (ScoreFunction.LATENESS, ScoreFunction.YES_NO)


@bp.get("/submissions/<id:public_id>/scoring/workbook")
@guard.allowed(policy.may_see_desk, Submission, load=FRAME)
def desk_workbook(submission: Submission) -> Response:
    """One unit down the criteria."""
    stage = stage_of(submission) or stage_shown(submission)
    closed = bool(closed_because(submission, stage))
    stage = ScoreStage.BLOC if closed else stage
    page, late, show = queries.desk(submission, stage), late_of(submission), wanted()
    others = shown_beside(stage, closed)
    rows = tuple(
        _sums(row.node.number, row.node.title, row.sums, others) if isinstance(row, DeskGroup)
        else _line(row, row.node.number, row.node.title, late, others)
        for row in kept(page, show)
    )  # fmt: skip
    period, name = submission.period, unit_name(submission)
    about = [period.bloc.named_on(period.period.last_day).name, period.period.label]
    if show:
        about.append(_("chỉ các dòng: %(filter)s", filter=filter_words(stage)[show].lower()))
    table = ScoringTable(
        title=_("Bảng chấm điểm %(unit)s", unit=name),
        subtitle=", ".join(about),
        named=_("Tiêu chí"),
        stages=tuple(each.called_in(period.bloc.kind) for each in (stage, *others)),
        rows=rows,
        total=None if show else _sums("", _("Cộng"), page.sums, others),
        places=page.tree.places,
    )
    return downloads.xlsx(scoring_workbook(table), f"{table.title} - {period.period.label}.xlsx")


@bp.get("/periods/<id:public_id>/scoring/criteria/<id:criterion_id>/workbook")
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def criterion_workbook(period: ReportingPeriod, criterion_id: str) -> Response:
    """One criterion across the units."""
    placed, row, _leaves = leaf_of(period, criterion_id)
    lines = queries.across(period, placed.node, row, stages_of(period))
    closed = all(closed_because(line.submission, line.stage) for line in lines)
    scored = (stage_of(line.submission) for line in lines if not closed)
    stage = next((found for found in scored if found), ScoreStage.BLOC)
    others = shown_beside(stage, closed)
    table = ScoringTable(
        title=_("Chấm tiêu chí %(number)s %(title)s", number=placed.node.number, title=placed.node.title),
        subtitle=", ".join([period.bloc.named_on(period.period.last_day).name, period.period.label]),
        named=_("Đơn vị"),
        stages=tuple(each.called_in(period.bloc.kind) for each in (stage, *others)),
        rows=tuple(
            _line(line, str(place), unit_name(line.submission), late_of(line.submission), others)
            for place, line in enumerate(lines, start=1)
        ),
        total=None,
        places=row.criteria_set.places,
    )
    name = _("Chấm tiêu chí %(number)s, %(period)s", number=placed.node.number, period=period.period.label)
    return downloads.xlsx(scoring_workbook(table), f"{name}.xlsx")


def _line(line: DeskLine, number: str, title: str, late: int | None, others: tuple[ScoreStage, ...]) -> ScoringRow:
    if not line.entry.assigned:
        notes = _("không được giao, không tính điểm")
        return ScoringRow(number, title, line.node.most, None, None, None, (None,) * len(others), notes=notes)
    here, own = line.here, line.own
    return ScoringRow(
        number,
        title,
        line.node.most,
        own.points if own is not None else None,
        here.points if here is not None else None,
        line.difference,
        tuple(score.points if (score := line.stages.get(each)) is not None else None for each in others),
        measure=line.node.unit_of_measure or (_("lần") if line.count is not None else ""),
        target=line.entry.target,
        actual=_actual(line, late),
        reason=here.reason if here is not None else "",
        files=line.files,
        notes=_notes(line),
    )


def _actual(line: DeskLine, late: int | None) -> Decimal | int | str | None:
    if line.node.function in WORDED:
        return result(line, late) or None
    return line.count if line.count is not None else line.actual


def _notes(line: DeskLine) -> str:
    own = line.own
    said = [
        (own is not None and own.provisional, _("tự chấm tạm tính")),
        (line.lacks_evidence, _("thiếu minh chứng")),
        (line.returned, _("từng trả lại")),
        (line.explanation is not None, _("có giải trình")),
    ]
    return ", ".join(words for holds, words in said if holds)


def _sums(number: str, title: str, sums: Sums, others: tuple[ScoreStage, ...]) -> ScoringRow:
    """A heading or the whole; a sum of lines of which none was scored is blank, not 0."""
    given = bool(sums.given)
    return ScoringRow(
        number, title, sums.maximum, sums.own if sums.owned else None, sums.here if given else None,
        sums.difference if given else None,
        (None,) * len(others), group=bool(number),
        notes=_("còn %(count)s dòng chưa chấm", count=sums.left) if sums.left and sums.scored else "",
    )  # fmt: skip
