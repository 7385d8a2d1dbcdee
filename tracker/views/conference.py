"""Conferences of a bloc: the list, planning, changing, and the page of one conference."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import conferences
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceKind, ConferenceState, DayPart, Precision
from tracker.domain.periods import Period, PeriodKind
from tracker.exports import table_workbook
from tracker.exports.papers import PAPERS
from tracker.forms.conference import CHAIR_ROWS, ConferenceForm
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.queries import action_item as action_items
from tracker.queries import bloc as blocs
from tracker.queries import conference as queries
from tracker.queries import conference_list as lists
from tracker.services import conference as service
from tracker.views import conference_words as words
from tracker.views import downloads, frame, head, pages
from tracker.views.conference_step import bp, url_of

__all__ = ["bp"]

SHOWN_HISTORY = 6
GROUPS = (
    ("title", "kinds", "period_kind", "period_year"),
    ("precision", "first_day", "last_day", "day_part", "starts_at", "ends_at"),
    ("venue", "host_unit", "secretary_name", "secretary_post"),
    ("subject", "source_note", "source_text"),
)


@bp.get("/blocs/<id:public_id>/conferences")
@guard.allowed(policy.may_see_conferences_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    year, state, text = _filters()
    account, day = guard.current_account(), guard.today()
    years = lists.years(bloc, account, day)
    shown = year or (day.year if day.year in years or not years else years[0])
    rows = lists.of_bloc(bloc, account, day, year=shown, state=state, text=text)
    return render_template(
        "conference/index.html",
        head=head.of(bloc, "conferences", shown),
        bloc=bloc,
        year=shown,
        state=state,
        text=text,
        rows=rows,
        when=words.when_of,
        counts=lists.state_counts(bloc, account, day, year=shown, text=text),
        states=ConferenceState,
    )


@bp.get("/blocs/<id:public_id>/conferences/workbook")
@guard.allowed(policy.may_see_conferences_of, Bloc)
def workbook(bloc: Bloc) -> Response:
    """The list as it is shown, in Excel."""
    year, state, text = _filters()
    account, day = guard.current_account(), guard.today()
    rows = lists.of_bloc(bloc, account, day, year=year, state=state, text=text)
    name = blocs.load(bloc).named_on(day).name
    title = _("Hội nghị năm %(year)s", year=year) if year else _("Hội nghị")
    columns = [
        (_("Ngày họp"), 12, "date"), (_("Thời gian"), 22, "text"), (_("Tên hội nghị"), 60, "text"),
        (_("Loại"), 20, "text"), (_("Địa điểm"), 40, "text"), (_("Trạng thái"), 24, "text"),
        (_("Nhiệm vụ giao"), 12, "int"), (_("Còn mở"), 12, "int"),
    ]  # fmt: skip
    cells = [
        (row.conference.first_day, words.when_of(row.conference), row.conference.title,
         words.kinds_of(row.conference), row.conference.venue, row.conference.state.label, row.item_count,
         row.open_count)
        for row in rows
    ]  # fmt: skip
    return downloads.xlsx(table_workbook.table(title, name, columns, cells), f"{title} - {name}.xlsx")


def _filters() -> tuple[int | None, ConferenceState | None, str]:
    """year, state and search text of the address; what cannot be read is left out."""
    year = request.args.get("year", type=int)
    state = request.args.get("state", type=ConferenceState)
    return (year if year and 1900 <= year <= 2200 else None), state, request.args.get("q", "").strip()[:200]


@bp.route("/blocs/<id:public_id>/conferences/new", methods=["GET", "POST"])
@guard.allowed(policy.may_plan_conference, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    blocs.load(bloc)
    form = pages.bind(ConferenceForm, values=_defaults(bloc), prepare=lambda made: _offer_units(made, bloc, None))
    back = url_for("conference.index", public_id=bloc.public_id)
    return pages.answer(
        form,
        save=lambda: service.plan(bloc, **_given(form), by=guard.current_account(), at=clock.now()),
        done=lambda made: url_for("conference.show", public_id=made.public_id),
        said=_("Đã lập hội nghị dự kiến."),
        template="conference/form.html",
        title=_("Lập hội nghị"),
        groups=GROUPS,
        submit_label=_("Lập hội nghị"),
        cancel_url=back,
        back=(back, _("Hội nghị")),
        head=head.of(bloc, "conferences"),
    )


@bp.route("/conferences/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def edit(conference: Conference) -> ResponseReturnValue:
    service.refuse_closed(conference)
    bloc = blocs.load(conference.bloc)
    form = pages.bind(
        ConferenceForm, values=values_of(conference), prepare=lambda made: _offer_units(made, bloc, conference)
    )
    show = url_for("conference.show", public_id=conference.public_id)
    return pages.answer(
        form,
        save=lambda: service.change(
            conference, **_given(form), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=show,
        said=_("Đã lưu hội nghị."),
        current=lambda: values_of(conference),
        template="conference/form.html",
        title=_("Sửa thông tin hội nghị"),
        lead=conference.title,
        groups=GROUPS,
        submit_label=_("Lưu hội nghị"),
        cancel_url=show,
        back=(show, _("Hội nghị")),
        head=head.of(bloc, "conferences", conference.first_day.year),
    )


@bp.get("/conferences/<id:public_id>")
@guard.allowed(policy.may_read_conference, Conference, load=queries.FRAME)
def show(conference: Conference) -> ResponseReturnValue:
    account, day = guard.current_account(), guard.today()
    whole = guard.may(policy.may_read_course, conference)
    page = queries.load(conference, own_unit=None if whole else account.unit_id or 0)
    steps = [
        step
        for step in conferences.open_steps(conference.state)
        if guard.may(words.rule_of(step), conference) and words.has_come(step, conference, day)
    ]
    return render_template(
        "conference/show.html",
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
        conference=conference,
        page=page,
        whole=whole,
        writable=guard.may(policy.may_write_conference, conference) and conference.state in ConferenceState.editable(),
        stepper=words.stepper(page, day),
        steps=[(step, url_of(conference, step)) for step in steps],
        main_step=words.main_step(conference, steps),
        when=words.when_of(conference),
        facts=words.facts(page),
        papers=PAPERS if conference.state in ConferenceState.after_holding() else {},
        carried=action_items.carried_into(conference, day) if whole else [],
        history=frame.latest_of(conference, SHOWN_HISTORY) if whole else ([], 0),
    )


@bp.get("/conferences/<id:public_id>/history")
@guard.allowed(policy.may_read_course, Conference)
def history(conference: Conference) -> ResponseReturnValue:
    """All that was ever written; the conference's page holds only the latest of it."""
    return render_template(
        "conference/history.html",
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
        conference=conference,
        history=frame.history_of(conference),
    )


def values_of(conference: Conference) -> dict[str, Any]:
    """The conference as its form shows it."""
    same = (
        "version", "title", "subject", "period_kind", "period_year", "precision", "first_day", "last_day", "day_part",
        "starts_at", "ends_at", "venue", "secretary_name", "secretary_post", "source_note", "source_text",
    )  # fmt: skip
    values = {name: getattr(conference, name) for name in same}
    if conference.last_day == conference.first_day or conference.precision is not Precision.DAY:
        values["last_day"] = None
    values["kinds"] = [kind.value for kind in conference.kind_set]
    values["host_unit"] = conference.host_unit.public_id if conference.host_unit else None
    for place, chair in enumerate(conference.chairs[:CHAIR_ROWS], start=1):
        values[f"chair_{place}_unit"] = chair.unit.public_id if chair.unit else None
        values[f"chair_{place}_name"] = chair.person_name
        values[f"chair_{place}_post"] = chair.person_post
    return values


def _defaults(bloc: Bloc) -> dict[str, Any]:
    """A new conference as it most often is: the coming review, led by today's leader and deputies."""
    day = guard.today()
    first_half = day.month <= 8
    kind = ConferenceKind.HALF_YEAR_REVIEW if first_half else ConferenceKind.YEAR_END_REVIEW
    period = Period(day.year, PeriodKind.FIRST_HALF if first_half else PeriodKind.YEAR)
    title = _("Hội nghị %(kind)s phong trào thi đua %(period)s", kind=kind.label.lower(), period=period.label)
    values: dict[str, Any] = {
        "title": title, "kinds": [kind.value], "period_kind": period.kind.value, "period_year": period.year,
        "precision": Precision.DAY.value, "version": 0,
    }  # fmt: skip
    leading = [*blocs.terms_on(bloc, TermRole.LEADER, day), *blocs.terms_on(bloc, TermRole.DEPUTY, day)]
    for place, term in enumerate(leading[:CHAIR_ROWS], start=1):
        values[f"chair_{place}_unit"] = term.unit.public_id
        values[f"chair_{place}_name"] = term.holder_name
        values[f"chair_{place}_post"] = term.holder_post
    return values


def _offer_units(form: ConferenceForm, bloc: Bloc, conference: Conference | None) -> None:
    """The members of the conference's day, and whoever is already named."""
    day = conference.first_day if conference else guard.today()
    offered = {member.unit.public_id: member.name for member in blocs.members_on(bloc, day)}
    if conference is not None:
        named = [conference.host_unit, *(chair.unit for chair in conference.chairs)]
        offered |= {unit.public_id: unit.named_on(day).name for unit in named if unit is not None}
    for field in form.unit_fields():
        field.offer(offered.items())


def _given(form: ConferenceForm) -> dict[str, Any]:
    """The form's values as the service takes them: enums and units instead of codes."""
    chosen = [code for code in (field.data for field in form.unit_fields()) if code]
    units = lists.units_named(chosen)
    same = ("title", "period_year", "first_day", "last_day", "starts_at", "ends_at", "venue", "subject",
            "secretary_name", "secretary_post", "source_note", "source_text")  # fmt: skip
    values = form.values()
    return {
        **{name: values[name] for name in same},
        "kinds": [ConferenceKind(code) for code in form.kinds.data or []],
        "period_kind": PeriodKind(form.period_kind.data) if form.period_kind.data else None,
        "precision": Precision(form.precision.data),
        "day_part": DayPart(form.day_part.data) if form.day_part.data else None,
        "host_unit": units.get(form.host_unit.data or ""),
        "chairs": [service.ChairGiven(units.get(unit or ""), name, post) for unit, name, post in form.chair_rows()],
    }
