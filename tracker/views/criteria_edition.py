"""A frozen set changed: the next edition, what it touches, and putting it in force in a period that runs."""

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.criteria_changes import edition_changes
from tracker.forms.base import ReasonForm, RecordForm
from tracker.models.criteria import CriteriaSet
from tracker.models.period import ReportingPeriod
from tracker.queries import criteria as queries
from tracker.services import criteria as service
from tracker.services import criteria_use
from tracker.views import frame, pages
from tracker.views.criteria_pages import bp, inside, title_of, url_of

MOST_SHOWN = 12
#: The place among its siblings: rows that only made room for others say nothing to a reader.
PLACE_LABEL = "Thứ tự"


@bp.route("/criteria/<id:public_id>/change", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def change(criteria_set: CriteriaSet) -> ResponseReturnValue:
    """A new edition of a frozen set, with its reason; the page says what it will touch."""
    form = pages.bind(ReasonForm, values={"version": criteria_set.version})
    framed = inside(criteria_set)
    return pages.answer(
        form,
        save=lambda: service.new_edition(
            criteria_set, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        done=url_of,
        said=_("Đã lập phiên bản mới. Sửa xong thì áp dụng cho kỳ báo cáo ở cuối trang này."),
        template="confirm_page.html",
        title=_("Lập phiên bản mới: %(name)s", name=title_of(criteria_set)),
        lead=_("Bộ tiêu chí đã chốt không sửa thẳng. Phiên bản mới là một bản sao sửa được, kèm lý do."),
        consequences=[
            _("Lập phiên bản %(edition)s với đủ nhóm, tiêu chí, bậc điểm và phần “Không được giao”.",
              edition=criteria_set.edition + 1),
            *_touched(criteria_set),
        ],
        unchanged=_(
            "Chưa có gì đổi trong các kỳ đang chạy: kỳ chỉ theo phiên bản mới khi được áp dụng, ở một bước riêng."
        ),
        submit_label=_("Lập phiên bản mới"),
        keep_label=_("Giữ phiên bản đang dùng"),
        keep_url=framed["cancel_url"],
        **framed,
    )  # fmt: skip


@bp.route("/criteria/<id:public_id>/apply/<id:period_id>", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_criteria, CriteriaSet)
def apply(criteria_set: CriteriaSet, period_id: str) -> ResponseReturnValue:
    """Put an edition in force in a period of the same bloc and year."""
    period = next((each for each in criteria_use.waiting_periods(criteria_set) if each.public_id == period_id), None)
    if period is None or period.criteria_set is None:
        abort(404)
    form = pages.bind(RecordForm, values={"version": criteria_set.version})
    framed = inside(criteria_set)
    label = period.period.label
    return pages.answer(
        form,
        save=lambda: criteria_use.put_in_force(criteria_set, period, by=guard.current_account(), at=clock.now()),
        done=url_of(criteria_set),
        said=_("Kỳ %(period)s đã theo phiên bản này.", period=label),
        template="confirm_page.html",
        title=_("Áp dụng phiên bản %(edition)s cho kỳ %(period)s", edition=criteria_set.edition, period=label),
        consequences=_differences(period.criteria_set, criteria_set, period),
        unchanged=_(
            "Số liệu các đơn vị đã ghi giữ nguyên. Tiêu chí bị bỏ mà đã có số liệu thì dòng đó ở lại, ghi “Không được "
            "giao”. Trạng thái báo cáo của các đơn vị không đổi."
        ),
        submit_label=_("Áp dụng phiên bản này"),
        keep_label=_("Giữ phiên bản đang dùng"),
        keep_url=framed["cancel_url"],
        **framed,
    )


def happenings(criteria_set: CriteriaSet) -> list[frame.Shown]:
    """The history of the set and its rows, without those that only made room for others."""
    return [
        each for each in frame.history_of(criteria_set)
        if {label for label, _before, _after in each.changes} != {PLACE_LABEL}
    ]  # fmt: skip


def _touched(criteria_set: CriteriaSet) -> list[str]:
    """The periods that use the set, and in how many submissions figures stand already."""
    return [
        _("Kỳ %(period)s (%(state)s) đang dùng bộ này: %(count)s báo cáo, trong đó %(filled)s báo cáo đã có số liệu.",
          period=use.period.period.label, state=use.period.state.label, count=use.submissions, filled=use.with_figures)
        for use in queries.uses(criteria_set)
    ]  # fmt: skip


def _differences(old: CriteriaSet, new: CriteriaSet, period: ReportingPeriod) -> list[str]:
    """What the period will ask otherwise, and whom it touches."""
    changes = edition_changes(queries.tree(old), queries.tree(new))
    said = [each.said for each in changes]
    if len(said) > MOST_SHOWN:
        rest = len(said) - MOST_SHOWN
        said = [*said[:MOST_SHOWN], _("và %(count)s chỗ khác, xem ở trang của từng phiên bản", count=rest)]
    use = next((each for each in queries.uses(old) if each.period.id == period.id), None)
    lines = said or [_("Hai phiên bản không khác nhau.")]
    if use is not None and use.submissions:
        lines.append(_(
            "%(count)s báo cáo của kỳ theo bảng mới, trong đó %(filled)s báo cáo đã có số liệu; mọi đơn vị được báo.",
            count=use.submissions, filled=use.with_figures,
        ))  # fmt: skip
    stopping = [problem.sentence for problem in queries.faults(new) if problem.stops]
    if stopping:
        lines.append(_("Chưa áp dụng được vì bộ tiêu chí còn lỗi: %(fault)s", fault=stopping[0]))
    return lines
