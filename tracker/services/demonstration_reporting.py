"""The invented authority's reporting year: pledge, criteria, movements, periods in all their states.

Everything goes through the services, by the accounts and at the moments that would have done it. Every figure is
invented and marked as illustration.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image
from sqlalchemy import select

from tracker.db import db
from tracker.domain import demo_dates
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceKind
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.reporting import PeriodDates
from tracker.domain.submissions import (
    AchievementKind,
    AwardLevel,
    AwardMethod,
    AwardObject,
    AwardSystem,
    SubmissionStep,
)
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.models.unit import Unit
from tracker.services import entry, evidence, extension, period, publication, submission
from tracker.services.demonstration import Loaded, Row, morning, read

FILE_LIMIT, QUOTA = 20 * 1024 * 1024, 500 * 1024 * 1024
ZONE_HOURS = 7
WORDS: dict[str, Any] = {
    "kind": AchievementKind, "award_object": AwardObject, "award_method": AwardMethod, "conferred_level": AwardLevel,
    "conferred_system": AwardSystem, "value": Decimal,
}  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """What the acts of one bloc need: its data file, its accounts, the day of loading."""

    bloc: Bloc
    given: Row
    loaded: Loaded
    as_of: date

    @property
    def year(self) -> int:
        return demo_dates.leading_year(self.as_of)

    def secretary(self, day: date, judged: Unit | None = None) -> Account:
        """The officer who acts for the bloc on `day`: of its leader, for the leader's own report of its deputy."""
        for role in (TermRole.LEADER, TermRole.DEPUTY):
            for term in self.bloc.terms:
                if term.role is role and term.holds_on(day) and term.unit is not judged:
                    return self.loaded.officer(term.unit.named_on(day).name)
        return self.loaded.board

    def officer(self, unit: Unit, day: date) -> Account:
        return self.loaded.officer(unit.named_on(day).name)


def evening(day: date) -> datetime:
    """Five in the afternoon of a day in Vietnam: the due hour."""
    return datetime.combine(day, time(17 - ZONE_HOURS, 0), tzinfo=UTC)


def begin(bloc: Bloc, loaded: Loaded, as_of: date, data: str = "minh_hoa_reporting") -> Stage:
    """The stage of a bloc that reports, with its data file."""
    return Stage(bloc, read(data), loaded, as_of)


def last_year(
    stage: Stage, criteria_set: CriteriaSet, own_points: Callable[["Stage", Submission, date], None]
) -> ReportingPeriod:
    """Last year as a whole: opened in November, locked on 15 December, every unit accepted. Points come after it.

    `own_points` types what no function computes, before the unit sends.
    """
    year = stage.year - 1
    dates = PeriodDates(
        date(year, 11, 1), evening(date(year, 12, 5)), evening(date(year, 12, 15)), evening(date(year, 12, 22)),
        evening(date(year + 1, 1, 8)),
    )  # fmt: skip
    made = open_period(stage, Period(year, PeriodKind.YEAR), dates, criteria_set, scored=True)
    for each in made.submissions:
        late = 3 if each.unit is stage.loaded.units["Thống kê tỉnh"] else 0
        day = date(year, 12, 4) + timedelta(days=late)
        write_report(stage, each, day, Decimal(1))
        own_points(stage, each, day)
        send(stage, each, day, share=Decimal(1), written=True)
        accept(stage, each, date(year, 12, 10))
    lock_day = date(year, 12, 15)
    period.lock(made, by=stage.secretary(lock_day), at=evening(lock_day))
    return made


def last_half(stage: Stage, criteria_set: CriteriaSet) -> ReportingPeriod | None:
    """The half-year of which this year's last review spoke, published without points; None before there was one."""
    review = demo_dates.review(1, stage.as_of)
    if not _after_half(stage.as_of):
        return None
    year = review.period.year
    dates = PeriodDates(date(year, 6, 1), evening(date(year, 6, 30)), evening(date(year, 7, 10)))
    made = open_period(stage, review.period, dates, criteria_set)
    for place, each in enumerate(made.submissions):
        send(stage, each, date(year, 6, 24 + place % 6), share=Decimal("0.55"))
        accept(stage, each, date(year, 7, 3))
    period.lock(made, by=stage.secretary(date(year, 7, 10)), at=evening(date(year, 7, 10)))
    published = date(year, 7, 13)
    publication.prepare(made, by=stage.secretary(published), at=morning(published))
    publication.publish(made, by=stage.loaded.board, at=morning(published))
    return made


def running(stage: Stage, criteria_set: CriteriaSet) -> ReportingPeriod:
    """The half-year that is being reported: its due day was two days ago, its lock is in ten; every state is there."""
    kind, year, as_of = _running_kind(stage.as_of), stage.year, stage.as_of
    due = as_of - timedelta(days=2)
    dates = PeriodDates(due - timedelta(days=20), evening(due), evening(as_of + timedelta(days=10)))
    made = open_period(stage, Period(year, kind), dates, criteria_set)
    share = Decimal("0.55")
    for each in made.submissions:
        name = each.unit.named_on(as_of).name
        SCENES[stage.given["running"][name]](stage, each, due, share)
    return made


def narrative_only(bloc: Bloc, loaded: Loaded, as_of: date) -> ReportingPeriod:
    """The other bloc reports in words alone; nobody has sent yet."""
    stage = begin(bloc, loaded, as_of)
    days = [as_of + timedelta(days=each) for each in (-5, 9, 16)]
    dates = PeriodDates(days[0], evening(days[1]), evening(days[2]))
    return open_period(stage, Period(stage.year, _running_kind(as_of)), dates, None)


def _running_kind(as_of: date) -> PeriodKind:
    """The half-year that comes after the last review of the leading year."""
    return PeriodKind.SECOND_HALF if _after_half(as_of) else PeriodKind.FIRST_HALF


def _after_half(as_of: date) -> bool:
    """Whether the last review was of this year's first half. On 15 January it still is of last year's."""
    review = demo_dates.review(1, as_of)
    return review.kind is ConferenceKind.HALF_YEAR_REVIEW and review.period.year == demo_dates.leading_year(as_of)


def open_period(
    stage: Stage, which: Period, dates: PeriodDates, criteria_set: CriteriaSet | None, *, scored: bool = False
) -> ReportingPeriod:
    by, at = stage.secretary(dates.opens_on), morning(dates.opens_on)
    made = period.found(
        stage.bloc, year=which.year, kind=which.kind, dates=dates, scored=scored,
        asks_figures=criteria_set is not None, criteria_set=criteria_set,
        note="Ghi kết quả của riêng kỳ này; chưa có số liệu thì để trống, không có thì ghi 0 (minh họa).",
        by=by, at=at,
    )  # fmt: skip
    period.open_now(made, by=by, at=at)
    db.session.expire_all()
    return made


def _lines(each: Submission) -> list[Entry]:
    return list(
        db.session.scalars(select(Entry).where(Entry.submission_id == each.id).order_by(Entry.position, Entry.id))
    )


def write_report(stage: Stage, each: Submission, day: date, share: Decimal, *, most: int | None = None) -> None:
    """Fill in the first `most` assigned lines (all of them), files where they are asked for, words, achievements."""
    by, at = stage.officer(each.unit, day), morning(day)
    figures = stage.given["figures"][each.unit.named_on(day).name]
    given = []
    for line, figure in zip(_lines(each)[:most], figures, strict=False):
        if not line.assigned or figure is None or line.criterion is None:
            continue
        counts = line.criterion.points_each is not None
        whole = line.criterion.unit_of_measure == "%"
        value = Decimal(str(figure)) if whole else (Decimal(str(figure)) * share).quantize(Decimal(1))
        given.append(
            entry.FilledIn(line, None if counts else value, int(value) if counts else None, None, line.version)
        )
    entry.fill_in_all(each, given, by=by, at=at)
    for section in each.sections:
        told = stage.given["narrative"].get(section.kind.value)
        text = told[each.unit_id % len(told)] if told else ""
        if text and (most is None or section.kind.value == "assessment"):
            entry.write(section, text=text, seen=section.version, by=by, at=at)
    if most is None:
        _achievements(stage, each, day)


def _achievements(stage: Stage, each: Submission, day: date) -> None:
    name, by, at = each.unit.named_on(day).name, stage.officer(each.unit, day), morning(day)
    for owner, row in stage.given["achievements"]:
        if owner == name:
            values = {key: WORDS[key](value) if key in WORDS else value for key, value in row.items()}
            entry.add_achievement(each, values={**values, "happened_on": day - timedelta(days=30)}, by=by, at=at)


def _attach(stage: Stage, each: Submission, day: date) -> None:
    """A picture for each line that asks for evidence."""
    by, at = stage.officer(each.unit, day), morning(day)
    for line in _lines(each):
        if line.criterion is not None and line.criterion.evidence_required and line.actual is not None:
            name = f"Minh chứng dòng {line.criterion.number} (minh họa).png"
            evidence.add_file(line, _picture(), name, limit=FILE_LIMIT, quota=QUOTA, by=by, at=at)


def _picture() -> io.BytesIO:
    """A small invented picture."""
    made = io.BytesIO()
    Image.new("RGB", (320, 200), (240, 236, 229)).save(made, "PNG")
    made.seek(0)
    return made


def send(
    stage: Stage, each: Submission, day: date, share: Decimal, *, files: bool = True, written: bool = False
) -> None:
    if not written:
        write_report(stage, each, day, share)
    if files:
        _attach(stage, each, day)
    submission.take(each, SubmissionStep.SEND, by=stage.officer(each.unit, day), at=morning(day) + timedelta(hours=2))


def accept(stage: Stage, each: Submission, day: date) -> None:
    submission.take(each, SubmissionStep.ACCEPT, by=stage.secretary(day, each.unit), at=morning(day))


def _accepted(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    send(stage, each, due - timedelta(days=4), share)
    accept(stage, each, due - timedelta(days=1))


def _sent(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    """In time, but a file is missing."""
    send(stage, each, due - timedelta(days=1), share, files=False)


def _late(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    send(stage, each, due + timedelta(days=1), share)


def _draft(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    write_report(stage, each, due - timedelta(days=1), share, most=6)


def _returned(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    """Two lines came back, each with its reason."""
    send(stage, each, due - timedelta(days=5), share)
    lines, day = _lines(each), due + timedelta(days=1)
    reasons = ("Đề nghị kèm bảng tổng hợp theo tháng.", "Số liệu thấp hơn bảng đối chiếu, đề nghị kiểm tra lại.")
    places = [(lines[0], reasons[0]), (lines[2], reasons[1])]
    by = stage.secretary(day, each.unit)
    submission.return_back(each, reason="", places=places, by=by, at=morning(day))


def _extended(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    """A draft with three days more, because a system of its sector was down."""
    write_report(stage, each, due - timedelta(days=1), share, most=4)
    day = due - timedelta(days=1)
    extension.grant(
        each.period, each.unit, until=due + timedelta(days=5), by=stage.secretary(day, each.unit), at=morning(day),
        reason="Hệ thống báo cáo ngành dọc tạm dừng để nâng cấp (minh họa).",
    )  # fmt: skip


def _not_begun(stage: Stage, each: Submission, due: date, share: Decimal) -> None:
    """Nothing yet."""


SCENES = {
    "accepted": _accepted, "sent": _sent, "late": _late, "draft": _draft, "returned": _returned,
    "extended": _extended, "not_begun": _not_begun,
}  # fmt: skip
