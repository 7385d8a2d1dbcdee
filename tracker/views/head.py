"""The head that every page of a bloc carries: which bloc, which year, who leads, what is due next."""

from dataclasses import dataclass
from datetime import date

from flask import g, url_for
from flask_babel import gettext as _

from tracker import guard, policy
from tracker.domain.blocs import TermRole
from tracker.domain.deadlines import deadline
from tracker.domain.vietnamese import short_date
from tracker.models.bloc import Bloc, Term
from tracker.queries import bloc as queries
from tracker.queries import overview

TABS = {
    "overview": "bloc.show", "units": "bloc.units", "periods": "period.index", "scores": "scoring.index",
    "conferences": "conference.index", "items": "action_item.index",
}  # fmt: skip


@dataclass(frozen=True)
class BlocHead:
    """What bloc_layout.html shows; its comment describes each field. `day` is the day it is asked of."""

    name: str
    years: tuple[tuple[int, str, bool], ...]
    leader_label: str
    leader: tuple[str, str] | None
    deputy_label: str
    deputies: tuple[tuple[str, str], ...]
    member_count: int
    next_deadline: tuple[str, str, str] | None
    tabs: tuple[tuple[str, str, bool], ...]
    day: date
    year: int


def of(bloc: Bloc, tab: str, year: int | None = None) -> BlocHead:
    """The bloc's head on the page of `tab`, today or at the end of a past year. Constant queries.

    `tab` is one of TABS: KeyError otherwise. The bloc becomes the current one of this request.
    """
    g.bloc = queries.load(bloc)
    account, today = guard.current_account(), guard.today()
    shown = year or today.year
    day = day_of(shown, today)
    leaders = queries.terms_on(bloc, TermRole.LEADER, day)
    return BlocHead(
        name=bloc.named_on(day).name,
        years=tuple(
            (known, url_for(TABS[tab], public_id=bloc.public_id, year=known), known == shown)
            for known in sorted({*overview.years(bloc, account, today), shown})
        ),
        leader_label=TermRole.LEADER.called_in(bloc.kind),
        leader=_held(leaders[0], day) if leaders else None,
        deputy_label=TermRole.DEPUTY.called_in(bloc.kind),
        deputies=tuple(_held(term, day) for term in queries.terms_on(bloc, TermRole.DEPUTY, day)),
        member_count=len(queries.members_on(bloc, day)),
        next_deadline=_deadline(overview.next_deadline(bloc, account, today), today),
        tabs=tuple(
            (label, url_for(TABS[name], public_id=bloc.public_id), name == tab) for name, label in _labels(bloc).items()
        ),
        day=day,
        year=shown,
    )


def day_of(year: int, today: date) -> date:
    """The day a year is shown as of: today, the last day of a past year, the first of a coming one."""
    if year == today.year:
        return today
    return date(year, 12, 31) if year < today.year else date(year, 1, 1)


def _labels(bloc: Bloc) -> dict[str, str]:
    """The tabs that the reader may open, by name."""
    labels = {"overview": _("Tổng quan"), "units": _("Đơn vị")}
    if guard.may(policy.may_see_year_of, bloc):
        labels["periods"] = _("Kỳ báo cáo")
        labels["scores"] = _("Điểm và xếp hạng")
    if guard.may(policy.may_see_conferences_of, bloc):
        labels["conferences"] = _("Hội nghị")
    if guard.may(policy.may_see_items_of, bloc):
        labels["items"] = _("Nhiệm vụ")
    return labels


def _held(term: Term, day: date) -> tuple[str, str]:
    """The unit's name, and who holds the role for it; without a name, since when."""
    detail = ""
    if term.holder_name:
        detail = _("đ/c %(name)s", name=term.holder_name)
    elif term.start_known:
        detail = _("từ %(day)s", day=short_date(term.starts_on))
    return term.unit.named_on(day).name, detail


def _deadline(found: overview.Deadline | None, today: date) -> tuple[str, str, str] | None:
    if found is None:
        return None
    words, tone = deadline(found.day, today)
    if found.kind is overview.DeadlineKind.PERIOD:
        return words, tone, f"{short_date(found.day)} - {found.kind.label} {found.text}"
    return words, tone, f"{short_date(found.day)} - {found.kind.label}: {found.text.rstrip('.')}"
