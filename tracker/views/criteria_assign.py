"""Not assigned: criteria × units, with the reason; as a page, as a list of one unit, as a workbook."""

from collections.abc import Sequence

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.criteria_tree import Placed
from tracker.exports import table_workbook
from tracker.exports.sheets.values import Value
from tracker.forms.criteria import AssignForm
from tracker.models.criteria import CriteriaSet
from tracker.models.unit import Unit
from tracker.queries import bloc as blocs
from tracker.queries import criteria as queries
from tracker.queries.bloc import Member
from tracker.services import exemption as service
from tracker.views import downloads, head, pages
from tracker.views.criteria_pages import bp, inside, title_of

NOT_ASSIGNED = "KG"


@bp.get("/criteria/<id:public_id>/assign")
@guard.allowed(policy.may_see_criteria, CriteriaSet)
def assign(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """Everyone who sees the set sees the table; a box stands where the reader may decide for the unit."""
    return _table(criteria_set)


@bp.post("/criteria/<id:public_id>/assign")
@guard.allowed(policy.may_assign_criteria, CriteriaSet)
def set_assign(criteria_set: CriteriaSet) -> ResponseReturnValue:
    return _table(criteria_set)


def _table(criteria_set: CriteriaSet) -> ResponseReturnValue:
    framed = inside(criteria_set)
    members = _members(criteria_set)
    wanted = request.args.get("unit", "")
    shown = [each for each in members if each.unit.public_id == wanted] or members
    mine = [each.unit for each in shown if guard.may(policy.may_favour, criteria_set.bloc, each.unit)]
    leaves = list(queries.tree(criteria_set).leaves())
    rows = {row.public_id: row for row in queries.rows_of(criteria_set)}
    units = {unit.public_id: unit for unit in mine}
    standing = queries.exemptions(criteria_set)
    off = {(row.criterion.public_id, row.unit_id): row for row in standing}
    values = {
        "version": queries.exemption_version(standing),
        "off": [f"{key}.{unit.public_id}" for unit in mine for key in rows if (key, unit.id) in off],
    }
    form = pages.bind(AssignForm, values=values, prepare=lambda made: _offer(made, leaves, shown, units))
    return pages.answer(
        form,
        save=lambda: service.set_exemptions(
            criteria_set, mine, [(rows[key], units[unit]) for key, unit in form.ticked()],
            reason=form.reason.data or "", seen=form.seen, by=guard.current_account(), at=clock.now(),
        ),
        done=url_for("criteria.assign", public_id=criteria_set.public_id, unit=wanted or None),
        said=lambda count: _("Đã đổi %(count)s ô.", count=count) if count else _("Không có ô nào đổi."),
        current=lambda: {**values, "reason": ""},
        template="criteria/assign.html",
        title=_("Tiêu chí không được giao"),
        criteria_set=criteria_set,
        members=members,
        shown=shown,
        mine={unit.id for unit in mine},
        leaves=leaves,
        off=off,
        wanted=wanted if shown is not members else "",
        **framed,
    )  # fmt: skip


@bp.get("/criteria/<id:public_id>/assign/workbook")
@guard.allowed(policy.may_see_criteria, CriteriaSet)
def assign_workbook(criteria_set: CriteriaSet) -> Response:
    """The table as it is shown, in Excel: KG where a criterion is not assigned."""
    members = _members(criteria_set)
    off = {(row.criterion.public_id, row.unit_id): row for row in queries.exemptions(criteria_set)}
    named = [(each.short_name, 16, "text") for each in members]
    columns = [(_("STT"), 12, "text"), (_("Tiêu chí"), 50, "text"), *named]
    cells: list[Sequence[Value]] = [
        (placed.full_number, placed.node.title,
         *(NOT_ASSIGNED if (placed.node.key, each.unit.id) in off else None for each in members))
        for placed in queries.tree(criteria_set).leaves()
    ]  # fmt: skip
    subtitle = _("%(name)s. %(word)s: không được giao.", name=title_of(criteria_set), word=NOT_ASSIGNED)
    content = table_workbook.table(_("Tiêu chí không được giao"), subtitle, columns, cells)
    return downloads.xlsx(content, _("Tiêu chí không được giao %(year)s.xlsx", year=criteria_set.year))


def _members(criteria_set: CriteriaSet) -> list[Member]:
    """The bloc's members as of the set's year, and of today while the year runs."""
    bloc = blocs.load(criteria_set.bloc)
    return blocs.members_on(bloc, head.day_of(criteria_set.year, guard.today()))


def _offer(
    form: AssignForm, leaves: Sequence[Placed], shown: Sequence[Member], units: dict[str, Unit]
) -> None:
    form.off.choices = [
        (f"{placed.node.key}.{each.unit.public_id}",
         _("%(number)s, %(unit)s", number=placed.full_number, unit=each.name))
        for placed in leaves for each in shown if each.unit.public_id in units
    ]  # fmt: skip
