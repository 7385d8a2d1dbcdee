"""The invented cụm's quarter in the middle of its scoring: two units done, one half, the leader's for the deputy.

Its points are not shared yet, so that everything up to the publication can still be tried.
"""

from datetime import date, timedelta
from decimal import Decimal

from tracker.domain import demo_dates
from tracker.domain.reporting import PeriodDates
from tracker.domain.scores import ScoreStage
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Submission
from tracker.services import demonstration_reporting as reporting
from tracker.services import demonstration_scoring, demonstration_year, period, scoring
from tracker.services.demonstration import Loaded, morning
from tracker.services.demonstration_reporting import Stage, evening

#: Days before (after: below 0) the day of loading.
OPENED, DUE, LOCKED, EXPLAIN, CLOSE = 30, 12, 6, -5, -14
#: The days on which units were scored, in the order of the data file; the last one's scoring was broken off.
SCORED = (3, 2, 1)
#: A quarter's figures are told whole.
WHOLE = Decimal(1)


def begin(bloc: Bloc, loaded: Loaded, as_of: date) -> Stage:
    """The stage of the cụm; its data file is minh_hoa_cum.json."""
    return reporting.begin(bloc, loaded, as_of, "minh_hoa_cum")


def score_half_way(stage: Stage) -> ReportingPeriod:
    """The last quarter, from the pledge and the criteria of its year to the points as they stand today."""
    which = demo_dates.last_quarter(stage.as_of)
    criteria_set = demonstration_year.make_criteria(stage, demonstration_year.make_pledge(stage, which.year))
    demonstration_scoring.rank_by_rules(stage, criteria_set)
    dates = PeriodDates(
        _ago(stage, OPENED), *(evening(_ago(stage, days)) for days in (DUE, LOCKED, EXPLAIN, CLOSE))
    )  # fmt: skip
    made = reporting.open_period(stage, which, dates, criteria_set, scored=True)
    reports = {each.unit.named_on(stage.as_of).name: each for each in made.submissions}
    for name, each in reports.items():
        _report(stage, each, stage.given["reports"][name])
    lock_day = _ago(stage, LOCKED)
    period.lock(made, by=stage.secretary(lock_day), at=evening(lock_day))
    _score(stage, reports)
    return made


def _ago(stage: Stage, days: int) -> date:
    return stage.as_of - timedelta(days=days)


def _report(stage: Stage, each: Submission, scene: str) -> None:
    """The scene "accepted": in time; "late": a day late and without files; "draft": begun and never sent."""
    if scene == "draft":
        reporting.write_report(stage, each, _ago(stage, DUE + 1), WHOLE, most=5)
        return
    late = scene == "late"
    day = _ago(stage, DUE - 1 if late else DUE + 3)
    reporting.write_report(stage, each, day, WHOLE)
    demonstration_scoring.type_own_points(stage, each, day)
    reporting.send(stage, each, day, WHOLE, files=not late, written=True)
    reporting.accept(stage, each, _ago(stage, DUE - 3))


def _score(stage: Stage, reports: dict[str, Submission]) -> None:
    """Two units are done; of the third some lines are judged, one of them otherwise than the unit did."""
    given = stage.given["scoring"]
    for name, days in zip(given["finished"], SCORED, strict=False):
        demonstration_scoring.score_unit(stage, reports[name], name, _ago(stage, days))
    name, numbers = given["half"]
    each, day = reports[name], _ago(stage, SCORED[-1])
    demonstration_scoring.give_points(stage, each, name, day)
    lines = [demonstration_scoring.line_of(each, number) for number in numbers]
    by = stage.secretary(day, each.unit)
    scoring.accept_proposed(each, ScoreStage.BLOC, entries=lines, by=by, at=morning(day))
