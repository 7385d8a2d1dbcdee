"""What a changed point would do to the order, before anybody saves it. Nothing here writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import guard, policy
from tracker.domain.quantities import Unreadable, read_number
from tracker.domain.ranking_shown import RankingShown, ShownUnit
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number, shown, signed
from tracker.errors import RuleBroken
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.queries import ranking as rankings
from tracker.queries import scoring_desk
from tracker.queries.scoring import ScoringPeriod
from tracker.services import score_gate
from tracker.views import head
from tracker.views.ranking_pages import loaded_for_reader
from tracker.views.scoring_entry import typed_points
from tracker.views.scoring_period import can_open
from tracker.views.scoring_stage import bp, period_back, refuse_unscored, short_name, unit_name

__all__ = ["bp"]


@dataclass(frozen=True)
class TriedLine:
    """A line of the chosen unit: what counts now, what is tried; `own`: the unit's proposal while nothing counts."""

    key: str
    number: str
    title: str
    maximum: str
    now: str
    own: str
    tried: str
    changed: bool
    error: str


@dataclass(frozen=True)
class Moved:
    """A unit before and after. `rank` None: it stands apart."""

    name: str
    chosen: bool
    rank_before: int | None
    rank_after: int | None
    before: str
    after: str
    difference: str
    shared: bool

    @property
    def moves(self) -> bool:
        return self.rank_before != self.rank_after


@bp.get("/periods/<id:public_id>/scoring/what-if")
@guard.allowed(policy.may_see_scoring, ReportingPeriod)
def what_if(period: ReportingPeriod) -> ResponseReturnValue:
    """The points that the address carries, tried on the order as it stands."""
    refuse_unscored(period)
    loaded, left_out = loaded_for_reader(period)
    units = [each for each in loaded.submissions if can_open(each)]
    chosen = next((each for each in units if each.public_id == request.args.get("unit")), None)
    lines, changes = _tried(loaded, chosen, request.args) if chosen is not None else ([], {})
    before = rankings.collect(period, loaded)
    after = rankings.collect(period, scoring_desk.replaced(loaded, changes)) if changes else None
    return render_template(
        "scoring/what_if.html",
        head=head.of(period.bloc, "scores", period.year),
        period=period,
        units=[(each.public_id, short_name(each), each is chosen) for each in units],
        chosen=chosen,
        name=unit_name(chosen) if chosen is not None else "",
        lines=lines,
        faulty=any(line.error for line in lines),
        moved=_moved(before, after, chosen) if after is not None and chosen is not None else None,
        tie_rule=before.tie_rule,
        provisional=before.provisional,
        left_out=left_out,
        desk_url=url_for("scoring.desk", public_id=chosen.public_id) if chosen is not None else None,
        back=period_back(period),
    )


def _tried(
    loaded: ScoringPeriod, submission: Submission, asked: Mapping[str, str]
) -> tuple[list[TriedLine], dict[int, Decimal | None]]:
    """Every assigned line of the unit, and the points that differ from what counts now, by line number."""
    places, lines, changes = loaded.tree.places, [], {}
    for leaf in loaded.leaves:
        entry = loaded.entries.get((submission.unit.public_id, leaf.key))
        if entry is None or not entry.assigned:
            continue
        final = loaded.final(entry)
        now = final.points if final is not None else None
        typed = asked.get(entry.public_id)
        own = _own(loaded, entry, submission) if now is None else None
        value, error = (now, "") if typed is None else _read(loaded, entry, leaf.key, typed)
        changed = not error and value != now
        if changed:
            changes[entry.id] = value
        offered = own if typed is None and now is None else value
        tried = typed if error and typed is not None else typed_points(offered, places)
        lines.append(
            TriedLine(entry.public_id, leaf.number, leaf.title, number(leaf.most, places), shown(now, places),
                      shown(own, places), tried, changed, error)
        )  # fmt: skip
    return lines, changes


def _own(loaded: ScoringPeriod, entry: Entry, submission: Submission) -> Decimal | None:
    """What the unit proposed; what was never sent is its own affair still."""
    own = loaded.stage(entry, ScoreStage.SELF) if submission.first_sent_at is not None else None
    return own.points if own is not None else None


def _read(loaded: ScoringPeriod, entry: Entry, key: str, typed: str) -> tuple[Decimal | None, str]:
    """The points that were typed, or why they could not stand."""
    try:
        return score_gate.checked(read_number(typed), loaded.rows[key], places=loaded.tree.places), ""
    except Unreadable as unreadable:
        return None, str(unreadable)
    except RuleBroken as broken:
        return None, broken.sentence


def _moved(before: RankingShown, after: RankingShown, chosen: Submission) -> list[Moved]:
    """Every unit in the order after, with its place before."""
    earlier: dict[str, ShownUnit] = {unit.key: unit for unit in before.units}

    def one(unit: ShownUnit) -> Moved:
        was = earlier[unit.key]
        change = None if unit.points is None or was.points is None else unit.points - was.points
        return Moved(
            unit.short_name, unit.key == chosen.unit.public_id, was.rank, unit.rank, shown(was.points, before.places),
            shown(unit.points, before.places), signed(change, before.places) if change else "", unit.shared,
        )  # fmt: skip

    return [one(unit) for unit in after.units]
