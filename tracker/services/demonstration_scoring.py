"""The invented last year, scored and published: differences, explanations that won and lost, a tie, a correction."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tracker.db import db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.ranking import TieRule
from tracker.domain.scores import ScoreStage, Standing
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import ClassBand, QuotaHint, Score, TieRow
from tracker.models.submission import Entry, Submission
from tracker.services import explanation, ranking, scoring
from tracker.services.demonstration import morning
from tracker.services.demonstration_reporting import Stage
from tracker.services.recording import acting


def rank_by_rules(stage: Stage, made: CriteriaSet) -> None:
    """Tie-breakers, classes and a quota of the set, before its period opens."""
    given, day = stage.given["scoring"], date(made.year, 2, 21)
    numbers = {row.number: row for row in db.session.scalars(select(Criterion).where(Criterion.criteria_set == made))}
    with acting(stage.secretary(day), morning(day)):
        for place, (rule, number) in enumerate(given["ties"]):
            group = numbers[number] if number else None
            db.session.add(TieRow(criteria_set=made, position=place, rule=TieRule(rule), criterion=group))
        for place, (name, least, floor) in enumerate(given["classes"]):
            leaf_floor = Decimal(floor) if floor else None
            band = ClassBand(criteria_set=made, position=place, name=name, least=Decimal(least), leaf_floor=leaf_floor)
            db.session.add(band)
        for award, percent, source in given["quotas"]:
            db.session.add(QuotaHint(criteria_set=made, award=award, percent=Decimal(percent), source=source))


def type_own_points(stage: Stage, each: Submission, day: date) -> None:
    """What no function computes, as the unit sees itself."""
    name, by, at = each.unit.named_on(day).name, stage.officer(each.unit, day), morning(day)
    for line in _lines(each):
        if line.criterion is not None and line.criterion.function is ScoreFunction.MANUAL:
            points = Decimal(stage.given["scoring"]["own"].get(name, "4"))
            scoring.type_own(line, points=points, seen=0, by=by, at=at)


def score_year(stage: Stage, made: ReportingPeriod) -> None:
    """From the bloc's points in December to the second edition of the ranking in January."""
    year, given = made.year, stage.given["scoring"]
    scoring.recompute(made, by=None, at=morning(date(year, 12, 16)))
    apart_name, apart_reason = given["apart"]
    for each in made.submissions:
        name = each.unit.named_on(made.period.last_day).name
        if name == apart_name:
            day = date(year, 12, 16)
            explanation.set_apart(
                each, standing=Standing.WITHDRAWN, reason=apart_reason, by=stage.secretary(day, each.unit),
                at=morning(day),
            )  # fmt: skip
        score_unit(stage, each, name, date(year, 12, 16))
    day = date(year, 12, 17)
    explanation.share(made, by=stage.secretary(day), at=morning(day))
    _explain(stage, made, date(year, 12, 19))
    _second_look(stage, made, date(year, 12, 23))
    _council(stage, made, date(year, 12, 28))
    _publish_twice(stage, made)


def score_unit(stage: Stage, each: Submission, name: str, day: date) -> None:
    """All of a unit's points of the bloc: those that differ, then what the unit proposes."""
    by, at = stage.secretary(day, each.unit), morning(day)
    give_points(stage, each, name, day)
    scoring.accept_proposed(each, ScoreStage.BLOC, by=by, at=at)
    scoring.finish(each, ScoreStage.BLOC, by=by, at=at)


def give_points(stage: Stage, each: Submission, name: str, day: date) -> None:
    """The points of the bloc that differ from the unit's own, with their reasons."""
    by, at = stage.secretary(day, each.unit), morning(day)
    for number, points, reason in stage.given["scoring"]["bloc"].get(name, []):
        line = line_of(each, number)
        scoring.give(line, ScoreStage.BLOC, points=Decimal(points), reason=reason, seen=0, by=by, at=at)


def _explain(stage: Stage, made: ReportingPeriod, day: date) -> None:
    for name, number, text in stage.given["scoring"]["explanations"]:
        each = _of(stage, made, name)
        by = stage.officer(each.unit, day)
        explanation.explain(line_of(each, number), text=text, seen=0, by=by, at=morning(day))


def _second_look(stage: Stage, made: ReportingPeriod, day: date) -> None:
    """One explanation won, one did not; both say why."""
    for name, number, points, reason in stage.given["scoring"]["second"]:
        each = _of(stage, made, name)
        line, by, at = line_of(each, number), stage.secretary(day, each.unit), morning(day)
        scoring.give(line, ScoreStage.SECOND, points=Decimal(points), reason=reason, seen=0, by=by, at=at)


def _council(stage: Stage, made: ReportingPeriod, day: date) -> None:
    for name, number, points, reason in stage.given["scoring"]["council"]:
        line = line_of(_of(stage, made, name), number)
        by, at = stage.loaded.board, morning(day)
        scoring.give(line, ScoreStage.COUNCIL, points=Decimal(points), reason=reason, seen=0, by=by, at=at)


def _publish_twice(stage: Stage, made: ReportingPeriod) -> None:
    """Published, found to be wrong, revoked, corrected: the first edition stays readable."""
    given, board = stage.given["scoring"]["correction"], stage.loaded.board
    days = [date(made.year + 1, 1, day) for day in (4, 5, 6, 7)]
    first = ranking.prepare(
        made, decision_number="01/BB-KTĐ", decided_on=days[0], by=stage.secretary(days[0]), at=morning(days[0])
    )
    ranking.confirm(first, by=board, at=morning(days[1]))
    ranking.revoke(first, reason=given["revoked"], by=board, at=morning(days[2]))
    line = line_of(_of(stage, made, given["unit"]), given["number"])
    stands = db.session.scalars(
        select(Score).where(Score.entry_id == line.id, Score.stage == ScoreStage.COUNCIL)
    ).one_or_none()
    scoring.give(
        line, ScoreStage.COUNCIL, points=Decimal(given["points"]), reason=given["reason"],
        seen=stands.version if stands else 0, by=board, at=morning(days[2]),
    )  # fmt: skip
    second = ranking.prepare(
        made, decision_number="02/BB-KTĐ", decided_on=days[3], reason=given["published"],
        by=stage.secretary(days[3]), at=morning(days[3]),
    )  # fmt: skip
    ranking.confirm(second, by=board, at=morning(days[3]))


def _of(stage: Stage, made: ReportingPeriod, name: str) -> Submission:
    found: Submission = next(each for each in made.submissions if each.unit is stage.loaded.units[name])
    return found


def _lines(each: Submission) -> list[Entry]:
    return list(db.session.scalars(select(Entry).where(Entry.submission_id == each.id).order_by(Entry.position)))


def line_of(each: Submission, number: str) -> Entry:
    """The unit's line of the leaf with this number."""
    return next(line for line in _lines(each) if line.criterion is not None and line.criterion.number == number)
