"""The form of a period: what it offers, what it shows of a stored period, what it gives to the service."""

from typing import Any

from flask_babel import gettext as _

from tracker import guard
from tracker.domain.reporting import PeriodDates
from tracker.forms.period import MOMENTS, PeriodForm
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.queries import criteria as criteria_sets
from tracker.views import period_words as words


def offer_sets(form: PeriodForm, bloc: Bloc, year: int, period: ReportingPeriod | None) -> None:
    """The bloc's sets of that year that the reader sees, and the one in use."""
    listed = criteria_sets.of_bloc(bloc, guard.current_account(), guard.today(), year)
    offered = {row.criteria_set.public_id: _set_name(row.criteria_set) for row in listed}
    if period is not None and period.criteria_set is not None:
        offered.setdefault(period.criteria_set.public_id, _set_name(period.criteria_set))
    form.criteria_set.offer(offered.items())


def _set_name(criteria_set: CriteriaSet) -> str:
    if criteria_set.edition == 1:
        return criteria_set.name
    return _("%(name)s (phiên bản %(edition)s)", name=criteria_set.name, edition=criteria_set.edition)


def dates_values(bloc: Bloc, dates: PeriodDates) -> dict[str, Any]:
    values: dict[str, Any] = {"opens_on": dates.opens_on}
    for name, (on, hour) in MOMENTS.items():
        moment = getattr(dates, name)
        at = words.local(bloc, moment) if moment else None
        values[on], values[hour] = (at.date() if at else None), (at.time() if at else None)
    return values


def values_of(period: ReportingPeriod) -> dict[str, Any]:
    """The period as its form shows it."""
    return {
        **dates_values(period.bloc, period.dates),
        "version": period.version,
        "asks_figures": period.asks_figures,
        "criteria_set": period.criteria_set.public_id if period.criteria_set else None,
        "scored": period.scored,
        "note": period.note,
        "reason": None,
    }


def given_by(bloc: Bloc, form: PeriodForm, opened: ReportingPeriod | None = None) -> dict[str, Any]:
    """The form as the service takes it; of an open period what is no longer asked stays as it is."""
    on = form.opens_on.data
    moments = {
        name: words.moment_of(bloc, form[day].data, form[hour].data) for name, (day, hour) in MOMENTS.items()
    }
    due, locks = moments["due_at"], moments["locks_at"]
    assert on is not None and due is not None and locks is not None
    first = opened.opens_on if opened else on
    given = {
        "dates": PeriodDates(first, due, locks, moments["explain_by"], moments["scores_close_at"]),
        "note": form.note.data,
    }
    if opened is not None:
        kept = {"scored": opened.scored, "asks_figures": opened.asks_figures, "criteria_set": opened.criteria_set}
        return {**given, **kept}
    return {
        **given,
        "scored": form.scored.data,
        "asks_figures": form.asks_figures.data,
        "criteria_set": criteria_sets.by_public_id(form.criteria_set.data),
    }
