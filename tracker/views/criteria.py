"""Criteria sets of a bloc: the list, one set as a tree with its checks, founding, describing, copying, removing."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import criteria_text as texts
from tracker.domain.blocs import BlocKind
from tracker.domain.criteria import CriterionPart
from tracker.domain.criteria_checks import problems
from tracker.errors import RuleBroken
from tracker.forms.base import RecordForm
from tracker.forms.criteria import CopyForm, CriteriaSetForm, NewCriteriaSetForm
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.queries import criteria as queries
from tracker.queries import criteria_ranking
from tracker.services import criteria as service
from tracker.services import criteria_use
from tracker.views import criteria_assign, criteria_edition, criteria_file, head, pages
from tracker.views.criteria_pages import bp, index_url, inside, title_of, url_of

__all__ = ["bp", "criteria_assign", "criteria_edition", "criteria_file"]


@bp.get("/blocs/<id:public_id>/criteria")
@guard.allowed(policy.may_see_year_of, Bloc)
def index(bloc: Bloc) -> ResponseReturnValue:
    account, today = guard.current_account(), guard.today()
    year = request.args.get("year", type=int)
    framed = head.of(bloc, "periods", year or today.year)
    return render_template(
        "criteria/index.html",
        head=framed,
        bloc=bloc,
        year=year or today.year,
        rows=queries.of_bloc(bloc, account, today),
        title_of=title_of,
    )


@bp.get("/criteria/<id:public_id>")
@guard.allowed(policy.may_see_criteria, CriteriaSet)
def show(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """The tree with its rules in words; beside it the totals, what is wrong, who uses it."""
    tree = queries.tree(criteria_set)
    keeps = guard.may(policy.may_keep_criteria, criteria_set)
    newest = queries.latest(criteria_set.bloc, criteria_set.year)
    off: dict[str, list[str]] = {}
    frame = inside(criteria_set)
    for row in queries.exemptions(criteria_set):
        off.setdefault(row.criterion.public_id, []).append(row.unit.named_on(frame["head"].day).short_name)
    return render_template(
        "criteria/show.html",
        head=frame["head"],
        back=(index_url(criteria_set.bloc, criteria_set.year), _("Bộ tiêu chí")),
        criteria_set=criteria_set,
        bloc=criteria_set.bloc,
        year=criteria_set.year,
        title=title_of(criteria_set),
        tree=tree,
        rows=list(tree.walk()),
        firsts={listed[0].key for listed in tree.families()},
        lasts={listed[-1].key for listed in tree.families()},
        problems=problems(tree) if keeps or criteria_set.frozen_at is None else [],
        texts=texts,
        main_part=CriterionPart.MAIN,
        off=off,
        uses=queries.uses(criteria_set),
        waiting=criteria_use.waiting_periods(criteria_set) if keeps else [],
        editions=queries.editions(criteria_set),
        newest=newest,
        keeps=keeps,
        writes=keeps and criteria_set.frozen_at is None,
        title_of=title_of,
        ranking_rules=criteria_ranking.rules_of(criteria_set),
    )


@bp.route("/blocs/<id:public_id>/criteria/new", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria_of, Bloc)
def new(bloc: Bloc) -> ResponseReturnValue:
    year = request.args.get("year", default=guard.today().year, type=int)
    values = {"year": year, "name": _("Bảng điểm thi đua năm %(year)s", year=year), "places": "2"}
    form = pages.bind(NewCriteriaSetForm, values=values)
    back = index_url(bloc, year)
    return pages.answer(
        form,
        save=lambda: service.found(
            bloc, year=int(form.year.data or 0), values=form.given(), by=guard.current_account(), at=clock.now()
        ),
        done=url_of,
        said=_("Đã lập bộ tiêu chí. Thêm nhóm và tiêu chí vào bảng dưới đây."),
        title=_("Lập bộ tiêu chí"),
        lead=_("Bộ tiêu chí là bảng điểm của %(bloc)s trong một năm. Chốt lại khi mở kỳ báo cáo đầu tiên dùng bộ này.",
               bloc=bloc.kind.small),
        fields=["year", *_FIELDS],
        hints=_hints(bloc.kind),
        submit_label=_("Lập bộ tiêu chí"),
        head=head.of(bloc, "periods", year),
        back=(back, _("Bộ tiêu chí")),
        cancel_url=back,
    )


@bp.route("/criteria/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def edit(criteria_set: CriteriaSet) -> ResponseReturnValue:
    form = pages.bind(CriteriaSetForm, values=_values_of(criteria_set))
    return pages.answer(
        form,
        save=lambda: service.change(
            criteria_set, values=form.given(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=url_of(criteria_set),
        said=_("Đã lưu phần chung của bộ tiêu chí."),
        current=lambda: _values_of(criteria_set),
        title=_("Sửa phần chung của bộ tiêu chí"),
        fields=_FIELDS,
        hints=_hints(criteria_set.bloc.kind),
        **inside(criteria_set),
    )


@bp.route("/criteria/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def remove(criteria_set: CriteriaSet) -> ResponseReturnValue:
    form = pages.bind(RecordForm, values={"version": criteria_set.version})
    frame = inside(criteria_set)
    back = index_url(criteria_set.bloc, criteria_set.year)
    count = len(queries.rows_of(criteria_set))
    return pages.answer(
        form,
        save=lambda: service.remove(criteria_set, by=guard.current_account(), at=clock.now()),
        done=back,
        said=_("Đã xóa bộ tiêu chí."),
        template="confirm_page.html",
        title=_("Xóa bộ tiêu chí: %(name)s", name=title_of(criteria_set)),
        consequences=[_("Xóa bộ tiêu chí cùng %(count)s dòng bên trong. Không khôi phục được.", count=count)],
        unchanged=_("Lịch sử sửa đổi vẫn giữ nội dung đã xóa. Bộ tiêu chí của các năm khác không đổi."),
        submit_label=_("Xóa bộ tiêu chí"),
        keep_label=_("Giữ bộ tiêu chí"),
        keep_url=frame["cancel_url"],
        **frame,
    )


@bp.route("/blocs/<id:public_id>/criteria/copy", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria_of, Bloc)
def copy(bloc: Bloc) -> ResponseReturnValue:
    """From another year of this bloc, or from a bloc whose set the reader sees."""
    account, today = guard.current_account(), guard.today()
    year = request.args.get("year", default=today.year, type=int)
    known = {each.public_id: each for each in queries.copyable(account, today)}
    words = {
        key: _(
            "%(bloc)s, năm %(year)s: %(name)s", bloc=each.bloc.named_on(today).name, year=each.year,
            name=title_of(each),
        )
        for key, each in sorted(known.items(), key=lambda pair: pair[1].bloc_id != bloc.id)
    }  # fmt: skip
    given = {"source": request.args.get("source"), "year": year}
    form = pages.bind(CopyForm, values=given, prepare=lambda made: made.source.offer(words.items()))
    back = index_url(bloc, year)

    def save() -> CriteriaSet:
        source = known.get(form.source.data or "")
        if source is None:
            raise RuleBroken(_("Hãy chọn một bộ tiêu chí trong danh sách."), field="source")
        return service.copy(source, bloc=bloc, year=int(form.year.data or 0), by=account, at=clock.now())

    return pages.answer(
        form,
        save=save,
        done=url_of,
        said=_("Đã sao bộ tiêu chí. Bản sao còn sửa được cho đến khi mở kỳ báo cáo."),
        title=_("Sao bộ tiêu chí"),
        lead=_(
            "Bản sao có đủ nhóm, tiêu chí, cách chấm và bậc điểm. Phần “Không được giao” không sao theo: mỗi năm xác "
            "định lại, kèm lý do."
        ),
        hints={"year": _("Năm chưa có bộ tiêu chí, ví dụ %(year)s.", year=today.year + 1)},
        submit_label=_("Sao bộ tiêu chí"),
        head=head.of(bloc, "periods", year),
        back=(back, _("Bộ tiêu chí")),
        cancel_url=back,
    )


@bp.get("/criteria/<id:public_id>/history")
@guard.allowed(policy.may_see_criteria, CriteriaSet)
def history(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """Every change of the set and its rows; rows that only made room for others are left out."""
    return render_template(
        "criteria/history.html",
        criteria_set=criteria_set,
        title=title_of(criteria_set),
        happenings=criteria_edition.happenings(criteria_set),
        **inside(criteria_set),
    )


_FIELDS = ["name", "decision", "declared_total", "rank_by", "places", "rounding"]


def _hints(kind: BlocKind) -> dict[str, str]:
    return {
        "name": _("Ví dụ: Bảng điểm thi đua năm 2026."),
        "decision": _("Số, ngày và cơ quan ban hành, ví dụ: Quy chế số 05/QC-KTĐ ngày 20/01/2026 của %(bloc)s.",
                      bloc=kind.small),
        "declared_total": _("Số văn bản nêu, không kể điểm thưởng, điểm trừ, ví dụ 1.000. Chưa rõ thì để trống."),
        "rank_by": _("Theo tỷ lệ: tổng điểm chia cho tổng điểm tối đa của các tiêu chí được giao."),
        "places": _("Điểm từng tiêu chí được làm tròn một lần, theo số chữ số này."),
    }


def _values_of(criteria_set: CriteriaSet) -> dict[str, Any]:
    return {
        "version": criteria_set.version,
        "name": criteria_set.name,
        "decision": criteria_set.decision,
        "declared_total": criteria_set.declared_total,
        "rank_by": criteria_set.rank_by.value,
        "places": str(criteria_set.places),
        "rounding": criteria_set.rounding.value,
    }

