"""The order of a scored period as it stands, and the editions that were published of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.domain.blocs import BlocKind
from tracker.domain.criteria_text import rule as rule_in_words
from tracker.domain.criteria_tree import CriterionNode
from tracker.domain.ranking import TieBreaker
from tracker.domain.ranking_order import UnitLine, placed, tie_rule
from tracker.domain.ranking_shown import RankingShown, ShownCriterion, ShownPoint, ShownStage, from_json
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.models.scoring import QuotaHint, Score
from tracker.models.submission import Entry, Submission
from tracker.queries import scoring
from tracker.queries.scoring import ScoringPeriod


def collect(period: ReportingPeriod, loaded: ScoringPeriod | None = None) -> RankingShown:
    """The order with every point, as it stands, under the names of the period's last day. Constant queries."""
    given = loaded or scoring.load(period)
    day = period.period.last_day
    return shown(
        period,
        [_line(given, each, day) for each in given.submissions],
        breakers=given.tie_breakers(),
        numbers={key: row.number for key, row in given.rows.items()},
        hints=given.hints,
        left_out=given.left_out,
        criteria=tuple(_criteria(given)),
        points={each.unit.public_id: _points(given, each) for each in given.submissions},
    )


def shown(
    period: ReportingPeriod,
    lines: Sequence[UnitLine],
    *,
    breakers: Sequence[TieBreaker],
    numbers: Mapping[str, str],
    hints: Sequence[QuotaHint],
    left_out: int = 0,
    criteria: tuple[ShownCriterion, ...] = (),
    points: Mapping[str, Mapping[str, ShownPoint]] | None = None,
) -> RankingShown:
    """The record of these units' sums; without `points` (and `criteria`) it is the order alone.

    `left_out`: units that count for the quotas, but not among the lines.
    """
    rules = period.criteria_set
    assert rules is not None
    return RankingShown(
        bloc_name=period.bloc.named_on(period.period.last_day).name,
        authority_name=period.bloc.authority.name,
        period=period.period,
        set_name=rules.name,
        basis=rules.rank_by,
        places=rules.places,
        rounding=f"{rules.rounding.label}, {rules.places} chữ số lẻ",
        tie_rule=tie_rule(breakers, numbers),
        criteria=criteria,
        units=placed(lines, rules.rank_by, breakers, numbers),
        points=points or {},
        hints=_quotas(hints, left_out + sum(not each.apart for each in lines)),
        provisional=any(each.sums.total.provisional for each in lines),
        illustration=period.bloc.authority.illustration,
    )


def _line(given: ScoringPeriod, submission: Submission, day: date) -> UnitLine:
    name, apart = submission.unit.named_on(day), given.apart.get(submission.id)
    return UnitLine(
        key=submission.unit.public_id,
        name=name.name,
        short_name=name.short_name,
        sums=given.sums(submission),
        days_late=given.late(submission),
        apart=apart.standing.label if apart else "",
        apart_reason=apart.reason if apart else "",
    )


def _criteria(given: ScoringPeriod) -> list[ShownCriterion]:
    found, parents = [], {row.id: key for key, row in given.rows.items()}
    for each in given.tree.walk():
        node = each.node
        parent = given.rows[node.key].parent_id
        found.append(
            ShownCriterion(
                node.key, node.number, node.title, each.depth, node.is_leaf, node.part, node.most,
                node.unit_of_measure or "", _rule(node, given.period.bloc.kind),
                parents.get(parent or 0, ""),
            )
        )  # fmt: skip
    return found


def _rule(node: CriterionNode, kind: BlocKind) -> str:
    return rule_in_words(node, kind) if node.is_leaf else ""


def _points(given: ScoringPeriod, submission: Submission) -> dict[str, ShownPoint]:
    found = {}
    for leaf in given.leaves:
        entry = given.entries.get((submission.unit.public_id, leaf.key))
        if entry is not None:
            found[leaf.key] = _point(given, entry, sent=submission.first_sent_at is not None)
    return found


def _point(given: ScoringPeriod, entry: Entry, *, sent: bool) -> ShownPoint:
    """Who did not send has no result (settled.md): what stands in an unsent draft is nobody else's to read."""
    own = given.stage(entry, ScoreStage.SELF) if sent else None
    told = given.explanations.get(entry.id)
    return ShownPoint(
        target=entry.target,
        actual=entry.actual if sent else None,
        count=entry.count if sent else None,
        assigned=entry.assigned,
        own=_stage(own),
        bloc=_stage(given.stage(entry, ScoreStage.BLOC)),
        second=_stage(given.stage(entry, ScoreStage.SECOND)),
        council=_stage(given.stage(entry, ScoreStage.COUNCIL)),
        rule=own.trace if own else "",
        provisional=bool(own and own.provisional),
        explanation=told.text if told else "",
        evidence=given.evidence.get(entry.id, 0) if sent else 0,
    )


def _stage(score: Score | None) -> ShownStage | None:
    if score is None:
        return None
    return ShownStage(
        score.points, "" if score.computed or score.by is None else score.by.full_name, score.at, score.reason
    )


def _quotas(hints: Sequence[QuotaHint], considered: int) -> tuple[str, ...]:
    """How many of the units may be proposed, by each quota: a warning with its source, never a refusal."""
    return tuple(
        f"{hint.award}: đề nghị không quá {number(hint.percent.normalize())}%, tức nhiều nhất "
        f"{int(considered * hint.percent / 100)} trong {considered} đơn vị ({hint.source})."
        for hint in hints
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
