"""Each unit of a period in one line: what it was to report, reported, and is proud of."""

from dataclasses import dataclass

from tracker.domain.period_results import PeriodResults, SendingLine, UnitHead
from tracker.domain.submissions import AwardObject


@dataclass(frozen=True)
class UnitSummary:
    """Counts of lines, rows of the pledge, achievements, awards. `passed` of `measured` rows reached the mark.

    Of a unit that has not sent, what it would have to be counted from is None, not 0.
    """

    unit: UnitHead
    assigned: int
    filled: int | None
    measured: int | None
    passed: int | None
    deeds: int | None
    awards: dict[AwardObject | None, int] | None
    sending: SendingLine | None

    @property
    def status(self) -> str:
        """Gửi đúng hạn, Gửi chậm 2 ngày, Chưa gửi báo cáo."""
        if self.sending is None or not self.sending.sent:
            return "Chưa gửi báo cáo"
        return f"Gửi chậm {self.sending.days_late} ngày" if self.sending.days_late else "Gửi đúng hạn"


def summaries(results: PeriodResults) -> tuple[UnitSummary, ...]:
    """In the order of the units."""
    sendings = {each.unit.key: each for each in results.sendings}
    return tuple(_of(results, place, unit, sendings.get(unit.key)) for place, unit in enumerate(results.units))


def _of(results: PeriodResults, place: int, unit: UnitHead, sending: SendingLine | None) -> UnitSummary:
    figures = [line.figures[place] for line in results.measured]
    assigned = sum(figure.assigned for figure in figures)
    if sending is None or not sending.sent:
        return UnitSummary(unit, assigned, None, None, None, None, None, sending)
    units = results.progress.units if results.progress and results.progress.rows else ()
    pledged = next((each for each in units if each.key == unit.key), None)
    awards: dict[AwardObject | None, int] = {AwardObject.COLLECTIVE: 0, AwardObject.PERSON: 0}
    for award in results.awards:
        if award.unit.key == unit.key:
            awards[award.award_object] = awards.get(award.award_object, 0) + (award.count or 1)
    return UnitSummary(
        unit=unit,
        assigned=assigned,
        filled=sum(figure.value is not None for figure in figures),
        measured=pledged.rows_measured if pledged else None,
        passed=pledged.rows_passed if pledged else None,
        deeds=sum(each.unit.key == unit.key for each in (*results.deeds, *results.examples)),
        awards=awards,
        sending=sending,
    )
