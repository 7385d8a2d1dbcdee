"""The order of a scored period as it stands, and the editions that were published of it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.domain import ranking
from tracker.domain.criteria_text import rule as rule_in_words
from tracker.domain.criteria_tree import CriterionNode
from tracker.domain.ranking import ClassRow, Placing, TieBreaker, TieRule
from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownStage, ShownUnit, from_json
from tracker.domain.scores import ScoreStage
from tracker.domain.scoring.results import LeafPoints, UnitTotal
from tracker.domain.scoring.table import add_up
from tracker.domain.vietnamese import number
from tracker.models.criteria import Criterion
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.scoring import Score
from tracker.models.submission import Entry, Submission
from tracker.queries import scoring
from tracker.queries.scoring import ScoringPeriod

Points = Mapping[tuple[str, str], LeafPoints]


def collect(period: ReportingPeriod, loaded: ScoringPeriod | None = None) -> RankingShown:
    """The order as it stands from stored points, under the names of the period's last day. Constant queries."""
    given = loaded or scoring.load(period)
    finals = {each.unit.public_id: given.leaf_points(each) for each in given.submissions}
    totals = {unit: add_up(given.tree, unit, points) for unit, points in finals.items()}
    considered = [totals[each.unit.public_id] for each in given.submissions if each.id not in given.apart]
    late = {each.unit.public_id: given.late(each) or 0 for each in given.submissions}
    places = ranking.rank(considered, given.tree.rank_by, given.tie_breakers(), late)
    placings = {each.unit: each for each in places}
    day = period.period.last_day
    shown = [_unit(given, each, totals, finals, placings.get(each.unit.public_id), day) for each in given.submissions]
    order = {each.unit: place for place, each in enumerate(places)}
    shown.sort(key=lambda unit: (unit.rank is None, order.get(unit.key, 0)))
    authority = period.bloc.authority
    return RankingShown(
        bloc_name=period.bloc.named_on(day).name,
        authority_name=authority.name,
        period=period.period,
        set_name=given.tree.name,
        basis=given.tree.rank_by,
        places=given.tree.places,
        rounding=f"{given.tree.rounding.label}, {given.tree.places} chữ số lẻ",
        tie_rule=tie_rule(given.tie_breakers(), given.rows),
        criteria=tuple(_criteria(given)),
        units=tuple(shown),
        points={each.unit.public_id: _points(given, each) for each in given.submissions},
        hints=_hints(given, len(considered)),
        provisional=any(total.provisional for total in totals.values()),
        illustration=authority.illustration,
    )


def tie_rule(breakers: list[TieBreaker], rows: Mapping[str, Criterion]) -> str:
    """The rule as it is printed; without any, that equal points share the place."""
    words = []
    for breaker in breakers:
        if breaker.rule is TieRule.GROUP_POINTS and breaker.group is not None and breaker.group in rows:
            words.append(f"điểm nhóm {rows[breaker.group].number} cao hơn")
        else:
            words.append(breaker.rule.label[0].lower() + breaker.rule.label[1:])
    if not words:
        return "Bằng điểm thì đồng hạng."
    return f"Khi bằng điểm, xét lần lượt: {', rồi '.join(words)}; vẫn bằng thì đồng hạng."


def _criteria(given: ScoringPeriod) -> list[ShownCriterion]:
    found, parents = [], {row.id: key for key, row in given.rows.items()}
    for placed in given.tree.walk():
        node = placed.node
        parent = given.rows[node.key].parent_id
        found.append(
            ShownCriterion(
                node.key, node.number, node.title, placed.depth, node.is_leaf, node.part, node.most,
                node.unit_of_measure or "", _rule(node), parents.get(parent or 0, ""),
            )
        )  # fmt: skip
    return found


def _rule(node: CriterionNode) -> str:
    return rule_in_words(node) if node.is_leaf else ""


def _unit(
    given: ScoringPeriod,
    submission: Submission,
    totals: Mapping[str, UnitTotal],
    finals: Mapping[str, Points],
    placing: Placing | None,
    day: date,
) -> ShownUnit:
    unit = submission.unit.public_id
    name = submission.unit.named_on(day)
    total, apart = totals[unit], given.apart.get(submission.id)
    band, note = _class(given, total, finals[unit]) if apart is None else (None, "")
    return ShownUnit(
        key=unit,
        name=name.name,
        short_name=name.short_name,
        rank=placing.rank if placing else None,
        shared=bool(placing and placing.shared),
        decided_by=tie_rule([placing.decided_by], given.rows) if placing and placing.decided_by else "",
        own_total=_stage_total(given, submission, ScoreStage.SELF),
        bloc_total=_stage_total(given, submission, ScoreStage.BLOC),
        bonus=total.bonus,
        penalty=total.penalty,
        points=None if apart is not None else total.total,
        maximum=total.maximum,
        class_name=band.name if band else "",
        class_note=note,
        apart=apart.standing.label if apart else "",
        apart_reason=apart.reason if apart else "",
        days_late=given.late(submission),
        blank=total.blank,
        groups=total.groups,
    )


def _stage_total(given: ScoringPeriod, submission: Submission, stage: ScoreStage) -> Decimal | None:
    """The unit's total at one stage; None while nobody gave any points there."""
    points = given.leaf_points(submission, stage=stage)
    if all(each.points is None for each in points.values()):
        return None
    return add_up(given.tree, submission.unit.public_id, points).total


def _class(given: ScoringPeriod, total: UnitTotal, points: Points) -> tuple[ClassRow | None, str]:
    """The class, and which floor kept the unit from the higher one that its points reach."""
    rows, basis = given.class_rows(), given.tree.rank_by
    leaves = list(points.values())
    found = ranking.classify(total, leaves, basis, rows)
    by_points = ranking.classify(total, [], basis, [ClassRow(row.name, row.least) for row in rows])
    if found is None or by_points is None or found.name == by_points.name:
        return found, ""
    missed = next(row for row in rows if row.name == by_points.name)
    return found, f"Không đạt “{missed.name}”: {ranking.floor_missed(total, leaves, missed, _numbers(given))}"


def _numbers(given: ScoringPeriod) -> dict[str, str]:
    return {placed.node.key: placed.full_number for placed in given.tree.walk()}


def _points(given: ScoringPeriod, submission: Submission) -> dict[str, ShownPoint]:
    found = {}
    for leaf in given.leaves:
        entry = given.entries.get((submission.unit.public_id, leaf.key))
        if entry is not None:
            found[leaf.key] = _point(given, entry)
    return found


def _point(given: ScoringPeriod, entry: Entry) -> ShownPoint:
    own = given.stage(entry, ScoreStage.SELF)
    told = given.explanations.get(entry.id)
    return ShownPoint(
        target=entry.target,
        actual=entry.actual,
        count=entry.count,
        assigned=entry.assigned,
        own=_stage(own),
        bloc=_stage(given.stage(entry, ScoreStage.BLOC)),
        second=_stage(given.stage(entry, ScoreStage.SECOND)),
        council=_stage(given.stage(entry, ScoreStage.COUNCIL)),
        rule=own.trace if own else "",
        provisional=bool(own and own.provisional),
        explanation=told.text if told else "",
        evidence=given.evidence.get(entry.id, 0),
    )


def _stage(score: Score | None) -> ShownStage | None:
    if score is None:
        return None
    return ShownStage(
        score.points, "" if score.computed or score.by is None else score.by.full_name, score.at, score.reason
    )


def _hints(given: ScoringPeriod, considered: int) -> tuple[str, ...]:
    """How many of the units may be proposed, by each quota: a warning with its source, never a refusal."""
    return tuple(
        f"{hint.award}: đề nghị không quá {number(hint.percent.normalize())}%, tức nhiều nhất "
        f"{int(considered * hint.percent / 100)} trong {considered} đơn vị ({hint.source})."
        for hint in given.hints
    )


def editions(period: ReportingPeriod) -> list[Ranking]:
    """Every edition of a period's ranking, latest first."""
    return list(
        db.session.scalars(select(Ranking).where(Ranking.period_id == period.id).order_by(Ranking.edition.desc()))
    )


def published(period: ReportingPeriod) -> Ranking | None:
    """The edition in force."""
    return next((each for each in editions(period) if each.published_at and each.revoked_at is None), None)


def by_code(code: str) -> Ranking | None:
    """The edition with this code on paper."""
    asked = select(Ranking).where(Ranking.code == code.strip().lower()).options(selectinload(Ranking.lines))
    return db.session.scalars(asked).one_or_none()


def by_printed(typed: str) -> Ranking | None:
    """The published or revoked edition with this code or this SHA-256, as somebody copied it from paper."""
    plain = "".join(typed.split()).lower()
    known = Ranking.published_at.is_not(None)
    asked = select(Ranking).where(known, (Ranking.code == plain) | (Ranking.sha256 == plain))
    return db.session.scalars(asked.order_by(Ranking.published_at.desc(), Ranking.id.desc())).first()


def shown_of(edition: Ranking) -> RankingShown:
    """What an edition showed, from its frozen copy."""
    return from_json(edition.content)
