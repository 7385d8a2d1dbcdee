"""What an invented reporting year stands on: pledges with targets, criteria, movements, activities, earlier years."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tracker.db import db
from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, ScoreFunction
from tracker.domain.criteria_tree import BandStep
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import ActivityKind, MovementKind, MovementLevel
from tracker.domain.submissions import AwardObject, AwardSystem
from tracker.models.criteria import CriteriaSet
from tracker.models.period import PastAward, PastResult, PastValue
from tracker.models.pledge import Pledge
from tracker.queries import pledge as pledges
from tracker.services import activity, criteria, criterion, movement, pledge, registration
from tracker.services.demonstration import Row, morning
from tracker.services.demonstration_reporting import Stage
from tracker.services.pledge import RowGiven
from tracker.services.recording import acting
from tracker.text import fold

#: The running period opens 22 days before the day of loading.
SIGNED_AGO = timedelta(days=25)


def make_pledge(stage: Stage, year: int) -> Pledge:
    """Signed on 20 February, or before the running period opens; units' own targets, a row that is not one unit's."""
    given, signed = stage.given["pledge"], min(date(year, 2, 20), stage.as_of - SIGNED_AGO)
    by, at = stage.secretary(signed), morning(signed)
    made = pledge.make(stage.bloc, year=year, signed_on=signed, preamble=given["preamble"], by=by, at=at)
    rows = [RowGiven(text, measure, Decimal(plan), Direction(way)) for text, measure, plan, way in given["rows"]]
    kept = pledge.add_rows(made, rows, by=by, at=at)
    members = [member.unit for member in stage.bloc.memberships if member.holds_on(signed)]
    for place, name, reason in given["unassigned"]:
        pledge.set_unassigned(
            kept[place], [stage.loaded.units[name]], among=members, reason=reason,
            seen=pledges.unassigned_version(kept[place]), by=by, at=at,
        )  # fmt: skip
    for place, name, target in given["targets"]:
        unit = stage.loaded.units[name]
        own = [registration.TargetGiven(kept[place], Decimal(target))]
        seen = pledges.targets_version(kept, unit)
        registration.set_targets(made, unit, own, seen=seen, by=stage.officer(unit, signed), at=at)
    return made


def make_criteria(stage: Stage, of: Pledge) -> CriteriaSet:
    """The score table of the pledge's year, its leaves joined to the rows of the pledge."""
    given = stage.given["criteria"]
    day = min(date(of.year, 2, 21), stage.as_of - SIGNED_AGO)
    by, at = stage.secretary(day), morning(day)
    values = {"name": f"{given['name']} năm {of.year}", "decision": given["decision"],
              "declared_total": Decimal(given["total"]), "places": 2, "rank_by": RankBasis.SHARE}  # fmt: skip
    made = criteria.found(stage.bloc, year=of.year, values=values, by=by, at=at)
    for group in given["tree"]:
        top = {"number": group["number"], "title": group["title"], "maximum": _number(group.get("maximum"))}
        above = criterion.add(made, top, by=by, at=at)
        for leaf in group["leaves"]:
            row = criterion.add(made, _leaf(leaf, of), parent=above, by=by, at=at)
            if leaf.get("bands"):
                function = ScoreFunction(leaf["function"])
                criterion.set_bands(row, _bands(leaf["bands"], function), seen=row.version, by=by, at=at)
    return made


def _leaf(given: Row, of: Pledge) -> dict[str, Any]:
    lineage = of.rows[given["pledge"]].lineage if "pledge" in given else None
    return {
        "number": given["number"], "title": given["title"], "maximum": _number(given.get("maximum")),
        "unit_of_measure": given.get("measure"), "function": ScoreFunction(given["function"]),
        "direction": Direction(given["direction"]) if "direction" in given else None,
        "band_basis": BandBasis(given["basis"]) if "basis" in given else None,
        "points_each": _number(given.get("each")), "limit_points": _number(given.get("limit")),
        "part": CriterionPart(given.get("part", "main")), "evidence_required": given.get("evidence", False),
        "pledge_lineage": lineage,
    }  # fmt: skip


def _bands(given: list[list[str | None]], function: ScoreFunction) -> list[BandStep]:
    """Of days late both ends belong to the band, of results the upper one does not."""
    closed = function is ScoreFunction.LATENESS
    return [
        BandStep(_number(low), _number(high), Decimal(points or 0), high_closed=closed and high is not None)
        for low, high, points in given
    ]


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def surround(stage: Stage) -> None:
    """Movements, joint activities, registrations of the running year, results of the years before the program."""
    _movements(stage)
    _activities(stage)
    _registrations(stage)
    _past(stage)


def _movements(stage: Stage) -> None:
    since = min(stage.as_of, date(stage.year, 2, 1))
    for where, name, level, kind, document in stage.given["movements"]:
        own = where is not None
        movement.launch(
            stage.loaded.authority, stage.bloc if own else None, name=name, level=MovementLevel(level),
            kind=MovementKind(kind), starts_on=since, document=document,
            by=stage.secretary(since) if own else stage.loaded.board, at=morning(since),
        )  # fmt: skip


def _activities(stage: Stage) -> None:
    members = [member.unit for member in stage.bloc.memberships if member.holds_on(stage.as_of)]
    for kind, title, ago, place, result, value, units in stage.given["activities"]:
        day = stage.as_of - timedelta(days=ago)
        took_part = members if units == "all" else [stage.loaded.units[name] for name in units]
        activity.record(
            stage.bloc, kind=ActivityKind(kind), title=title, held_on=day, place=place, result=result,
            value=_number(value), units=took_part, by=stage.secretary(day), at=morning(day),
        )  # fmt: skip


def _registrations(stage: Stage) -> None:
    day = min(stage.as_of, date(stage.year, 2, 25))
    for name, whom, title, count in stage.given["registrations"]:
        unit = stage.loaded.units[name]
        registration.register(
            stage.bloc, unit, year=day.year, object=AwardObject(whom), title=title, count=count,
            by=stage.officer(unit, day), at=morning(day),
        )  # fmt: skip


def _past(stage: Stage) -> None:
    """Places, points, a figure and an award of the two years before: what a workbook of earlier years brings."""
    given = stage.given["past"]
    at = morning(date(stage.year - 1, 1, 20))
    made: list[PastResult | PastValue | PastAward] = []
    for offset, names in given["places"].items():
        year = stage.year + int(offset)
        for place, name in enumerate(names):
            whose = {"bloc": stage.bloc, "unit": stage.loaded.units[name], "year": year}
            points = Decimal(given["best"]) - place * Decimal(given["step"])
            made.append(
                PastResult(
                    **whose, kind=PeriodKind.YEAR, points=points, maximum=Decimal(100), rank=place + 1,
                    class_name="Xuất sắc" if points >= 90 else "Tốt",
                )
            )  # fmt: skip
        first = stage.loaded.units[names[0]]
        content = stage.given["pledge"]["rows"][3][0]
        made.append(
            PastValue(
                bloc=stage.bloc, unit=first, year=year, kind=PeriodKind.YEAR, name=content, name_fold=fold(content),
                unit_of_measure="sáng kiến", value=Decimal(5),
            )
        )  # fmt: skip
        made.append(
            PastAward(
                bloc=stage.bloc, unit=first, year=year, object=AwardObject.COLLECTIVE,
                award="Cờ thi đua của UBND tỉnh (minh họa)", system=AwardSystem.LOCAL,
            )
        )  # fmt: skip
    with acting(stage.loaded.board, at):
        db.session.add_all(made)
