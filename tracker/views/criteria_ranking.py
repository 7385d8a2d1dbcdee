"""What a criteria set says of ranking, on one page: ties, classes with floors, shares that may be proposed."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.criteria import RankBasis
from tracker.forms.criteria_ranking import GROUP, PERCENT, RankingRulesForm, rules_form
from tracker.models.criteria import CriteriaSet, Criterion
from tracker.queries import criteria_ranking as queries
from tracker.queries.criteria_ranking import RankingRules
from tracker.services import criteria_ranking as service
from tracker.services.criteria_ranking import ClassGiven, HintGiven, TieGiven
from tracker.views import pages
from tracker.views.criteria_pages import inside, url_of

bp = Blueprint("criteria_ranking", __name__)


@bp.route("/criteria/<id:public_id>/ranking", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def edit(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """Everything that decides the order besides the points, while the set is open."""
    rules = queries.rules_of(criteria_set)
    groups = _groups(criteria_set, rules)
    rows = {
        "ties": max(len(rules.ties), _typed("tie_")), "classes": max(len(rules.classes), _typed("name_") - 1),
        "hints": max(len(rules.hints), _typed("award_") - 1),
    }  # fmt: skip
    made = rules_form(criteria_set.rank_by, [(row.public_id, row.number) for row in groups], rows)
    form = pages.bind(made, values=_values(criteria_set, rules))
    return pages.answer(
        form,
        save=lambda: _save(criteria_set, groups, form),
        done=url_of(criteria_set, "xep-hang"),
        said=_("Đã lưu quy định xếp hạng."),
        current=lambda: _values(criteria_set, queries.rules_of(criteria_set)),
        template="criteria/ranking.html",
        title=_("Quy định xếp hạng"),
        criteria_set=criteria_set,
        groups=groups,
        **inside(criteria_set),
    )


def _save(criteria_set: CriteriaSet, groups: Sequence[Criterion], form: RankingRulesForm) -> None:
    by_key = {row.public_id: row for row in groups}
    service.set_rules(
        criteria_set,
        ties=[TieGiven(rule, by_key[group] if group else None) for rule, group in form.ties()],
        classes=[
            ClassGiven(name, least, leaf, {by_key[group]: floor for group, floor in floors.items()})
            for name, least, leaf, floors in form.classes()
        ],
        hints=[HintGiven(*given) for given in form.hints()],
        seen=form.seen,
        by=guard.current_account(),
        at=clock.now(),
    )


def _groups(criteria_set: CriteriaSet, rules: RankingRules) -> list[Criterion]:
    """The top groups, and what a rule names besides, so that saving loses nothing."""
    listed = queries.groups_of(criteria_set)
    named = [tie.criterion for tie in rules.ties if tie.criterion is not None]
    named += [floor.criterion for band in rules.classes for floor in band.floors]
    return list(dict.fromkeys([*listed, *named]))


def _typed(prefix: str) -> int:
    """How many rows the browser sent."""
    return sum(name.startswith(prefix) for name in request.form)


def _values(criteria_set: CriteriaSet, rules: RankingRules) -> dict[str, Any]:
    """The fields' values of what is kept; shares in per cent."""
    by_share = criteria_set.rank_by is RankBasis.SHARE
    values: dict[str, Any] = {"version": criteria_set.version}
    for place, tie in enumerate(rules.ties, start=1):
        values[f"tie_{place}"] = f"{GROUP}{tie.criterion.public_id}" if tie.criterion is not None else tie.rule.value
    for place, band in enumerate(rules.classes, start=1):
        values[f"name_{place}"] = band.name
        values[f"least_{place}"] = band.least * PERCENT if by_share else band.least
        values[f"leaf_{place}"] = None if band.leaf_floor is None else band.leaf_floor * PERCENT
        for floor in band.floors:
            values[f"floor_{place}_{floor.criterion.public_id}"] = floor.floor * PERCENT
    for place, hint in enumerate(rules.hints, start=1):
        values[f"award_{place}"], values[f"percent_{place}"] = hint.award, hint.percent
        values[f"source_{place}"] = hint.source
    return values
