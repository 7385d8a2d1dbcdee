"""Places and points of a bloc's units over periods and years, and the bloc by group of criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain import ranking_words as words
from tracker.domain.history_chart import Series, places_chart
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.ranking_shown import LEAST_SHARE_PLACES, percent
from tracker.exports import table_workbook
from tracker.exports.sheets.values import Value
from tracker.models.bloc import Bloc
from tracker.models.unit import Unit
from tracker.queries import ranking_history as queries
from tracker.queries.ranking_history import GroupYear, Result
from tracker.views import downloads, head
from tracker.views.ranking_pages import TAB

bp = Blueprint("ranking_history", __name__)

#: Letters over a bar of the chart.
LONGEST_BAR = 36
#: Columns of the drawing; the table has all of them.
YEARS_DRAWN = 4


@dataclass(frozen=True)
class UnitLine:
    """A unit with its result of each period, None where it had none."""

    unit: Unit
    name: str
    short_name: str
    results: tuple[Result | None, ...]


@bp.get("/blocs/<id:public_id>/ranking-history")
@guard.allowed(policy.may_see_year_of, Bloc)
def show(bloc: Bloc) -> ResponseReturnValue:
    """`kind` chooses which periods are beside each other, `unit` whom the charts speak of."""
    shown_head = head.of(bloc, TAB, guard.today().year)
    everything = queries.results(bloc)
    kinds = [kind for kind in PeriodKind if any(each.period.kind is kind for each in everything)]
    kind = _kind(everything)
    periods, lines = _lines(everything, kind, guard.today())
    chosen = _chosen(lines)
    labels = [str(period.year) for period in periods][-YEARS_DRAWN:]
    series = [
        Series(
            line.short_name,
            tuple(each.rank if each else None for each in line.results[-YEARS_DRAWN:]),
            chosen is not None and line.unit.id == chosen.unit.id,
        )
        for line in lines
    ]
    groups = queries.groups_of(bloc, kind)
    return render_template(
        "ranking/history.html",
        head=shown_head,
        bloc=bloc,
        title=_("Thứ hạng và điểm qua các năm"),
        words=words,
        kind=kind,
        kinds=[(each.label, url_for("ranking_history.show", public_id=bloc.public_id, kind=each.value), each is kind)
               for each in kinds],
        periods=periods,
        lines=lines,
        chosen=chosen,
        drawn=places_chart(labels, series),
        bars=_bars(periods, chosen),
        groups=groups,
        group_rows=_group_rows(groups),
        group_bars=_group_bars(groups),
    )  # fmt: skip


@bp.get("/blocs/<id:public_id>/ranking-history/workbook")
@guard.allowed(policy.may_see_year_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The table as it is shown, in Excel: place, points, maximum and share as numbers."""
    everything = queries.results(bloc)
    kind = _kind(everything)
    periods, lines = _lines(everything, kind, guard.today())
    columns = [(_("Đơn vị"), 36, "text")]
    for period in periods:
        columns += [
            (_("Hạng %(year)s", year=period.year), 9, "int"), (_("Điểm %(year)s", year=period.year), 10, "points"),
            (_("Tối đa %(year)s", year=period.year), 10, "points"),
            (_("Xếp loại %(year)s", year=period.year), 18, "text"),
        ]  # fmt: skip
    cells: list[Sequence[Value]] = [
        (line.name, *(value for each in line.results for value in _cells(each))) for line in lines
    ]
    name = bloc.named_on(guard.today()).name
    title = _("Thứ hạng qua các năm")
    subtitle = f"{name}, {kind.label}"
    return downloads.xlsx(table_workbook.table(title, subtitle, columns, cells), f"{title} - {name}.xlsx")


def _cells(each: Result | None) -> Sequence[Value]:
    return (each.rank, each.points, each.maximum, each.class_name or None) if each else (None, None, None, None)


def _kind(everything: Sequence[Result]) -> PeriodKind:
    """What the address asks, else the kind of the latest result; the whole year where nothing is known."""
    return request.args.get("kind", type=PeriodKind) or (everything[-1].period.kind if everything else PeriodKind.YEAR)


def _lines(everything: Sequence[Result], kind: PeriodKind, day: date) -> tuple[list[Period], list[UnitLine]]:
    """Periods of this kind, oldest first, and units by their last place, then by name."""
    own = [each for each in everything if each.period.kind is kind]
    periods = list(dict.fromkeys(each.period for each in own))
    by_unit: dict[int, dict[Period, Result]] = {}
    for each in own:
        by_unit.setdefault(each.unit.id, {})[each.period] = each
    lines = []
    for found in by_unit.values():
        unit = next(iter(found.values())).unit
        name = unit.named_on(day)
        lines.append(UnitLine(unit, name.name, name.short_name, tuple(found.get(period) for period in periods)))
    return periods, sorted(lines, key=_last_place)


def _last_place(line: UnitLine) -> tuple[int, str]:
    last = line.results[-1]
    return (last.rank if last and last.rank else 10**6, line.name)


def _chosen(lines: Sequence[UnitLine]) -> UnitLine | None:
    """The unit of the address, else the reader's own, else the first."""
    account = guard.current_account()
    wanted = request.args.get("unit") or (account.unit.public_id if account.unit else "")
    return next((line for line in lines if line.unit.public_id == wanted), lines[0] if lines else None)


def _bars(periods: Sequence[Period], chosen: UnitLine | None) -> list[tuple[str, float | None, str, bool]]:
    """The chosen unit's share of its maximum, period by period, the last one strong."""
    if chosen is None:
        return []
    last = len(periods) - 1
    made = []
    for place, (period, each) in enumerate(zip(periods, chosen.results, strict=True)):
        share = each.share if each else None
        said = words.share_text(share, LEAST_SHARE_PLACES) or _("chưa có số liệu")
        made.append((str(period.year), float(percent(share, 4)) if share is not None else None, said, place == last))
    return made


def _group_rows(groups: Sequence[GroupYear]) -> list[tuple[str, str, list[str]]]:
    """(number, latest title, share of each year in words) of every group that any year had."""
    titles: dict[str, str] = {}
    for year in groups:
        titles |= {number: title for number, (title, _share) in year.shares.items()}
    return [
        (number, title, [words.share_text(year.shares.get(number, ("", None))[1], LEAST_SHARE_PLACES)
                         for year in groups])
        for number, title in titles.items()
    ]  # fmt: skip


def _group_bars(groups: Sequence[GroupYear]) -> list[tuple[str, float | None, str, bool]]:
    """The groups of the last year."""
    if not groups:
        return []
    return [
        (f"{number}. {title}" if len(title) <= LONGEST_BAR else _("Nhóm %(number)s", number=number),
         float(percent(share, 4)) if share is not None else None,
         words.share_text(share, LEAST_SHARE_PLACES) or _("không giao"), True)
        for number, (title, share) in groups[-1].shares.items()
    ]  # fmt: skip
