"""The steps of a period, each on a page of its own that says what will happen to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import period_dates, reporting
from tracker.domain.reporting import PeriodState, PeriodStep
from tracker.domain.vietnamese import short_date
from tracker.errors import NotOpen
from tracker.forms.base import ReasonForm, UserForm
from tracker.forms.period import StepForm, UnlockForm
from tracker.models.bloc import Bloc
from tracker.models.period import ReportingPeriod
from tracker.queries import bloc as blocs
from tracker.queries import period_board
from tracker.services import period as service
from tracker.services import period_opening, publication
from tracker.views import head, pages
from tracker.views import period_words as words

bp = Blueprint("period", __name__)


@dataclass(frozen=True)
class StepPage:
    """What the page of a step says: its consequences, what stays, what was done."""

    consequences: tuple[str, ...]
    unchanged: str
    said: str
    form: type[UserForm] = StepForm


@bp.route("/periods/<id:public_id>/open", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def open(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.OPEN, lambda _form: service.open_now)


@bp.route("/periods/<id:public_id>/lock", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def lock(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.LOCK, lambda _form: service.lock)


@bp.route("/periods/<id:public_id>/unlock", methods=["GET", "POST"])
@guard.allowed(policy.may_unlock_period, ReportingPeriod)
def unlock(period: ReportingPeriod) -> ResponseReturnValue:
    def until(form: Any) -> Callable[..., None]:
        moment = words.moment_of(period.bloc, form.locks_on.data, form.locks_hour.data)

        def act(held: ReportingPeriod, **given: Any) -> None:
            assert moment is not None
            service.unlock(held, new_locks_at=moment, reason=form.reason.data, **given)

        return act

    return _step(period, PeriodStep.UNLOCK, until)


@bp.route("/periods/<id:public_id>/prepare", methods=["GET", "POST"])
@guard.allowed(policy.may_prepare_publication, ReportingPeriod)
def prepare(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.PREPARE, lambda _form: publication.prepare)


@bp.route("/periods/<id:public_id>/take-back", methods=["GET", "POST"])
@guard.allowed(policy.may_prepare_publication, ReportingPeriod)
def take_back(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.TAKE_BACK, lambda form: _with_reason(publication.take_back, form))


@bp.route("/periods/<id:public_id>/publish", methods=["GET", "POST"])
@guard.allowed(policy.may_publish_period, ReportingPeriod)
def publish(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.PUBLISH, lambda _form: publication.publish)


@bp.route("/periods/<id:public_id>/revoke", methods=["GET", "POST"])
@guard.allowed(policy.may_unlock_period, ReportingPeriod)
def revoke(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.REVOKE, lambda form: _with_reason(publication.revoke, form))


@bp.route("/periods/<id:public_id>/close", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def close(period: ReportingPeriod) -> ResponseReturnValue:
    return _step(period, PeriodStep.CLOSE, lambda _form: publication.close)


@bp.route("/periods/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_keep_period, ReportingPeriod)
def remove(period: ReportingPeriod) -> ResponseReturnValue:
    """Only a period that was never opened."""
    if period.state is not PeriodState.PLANNED:
        raise NotOpen(_("Kỳ này đã mở nên không xóa được: số liệu của các đơn vị được giữ lại."))
    form = pages.bind(StepForm)
    name = words.title_of(period)
    return pages.answer(
        form,
        save=lambda: service.remove(period, by=guard.current_account(), at=clock.now()),
        done=index_url(period.bloc, period.year),
        said=_("Đã xóa %(name)s.", name=name),
        title=_("Xóa %(name)s", name=name),
        consequences=[_("%(name)s không còn trong năm %(year)s.", name=name, year=period.year)],
        unchanged=_("Bộ tiêu chí và giao ước của năm được giữ nguyên. Kỳ đã mở thì không xóa được nữa."),
        submit_label=_("Xóa kỳ"),
        **_around(period),
    )


def index_url(bloc: Bloc, year: int) -> str:
    return url_for("period.index", public_id=bloc.public_id, year=year)


def show_url(period: ReportingPeriod) -> str:
    return url_for("period.show", public_id=period.public_id)


def _with_reason(act: Callable[..., None], form: Any) -> Callable[..., None]:
    return lambda held, **given: act(held, reason=form.reason.data, **given)


def _step(
    period: ReportingPeriod, step: PeriodStep, act: Callable[[Any], Callable[..., None]]
) -> ResponseReturnValue:
    """Ask, then take the step. NotOpen at once when it does not follow, not only after the question."""
    reporting.after(period.state, step)
    page = _page(period, step)
    form = pages.bind(page.form, values=_first_values(period, step))
    return pages.answer(
        form,
        save=lambda: act(form)(period, by=guard.current_account(), at=clock.now()),
        done=show_url(period),
        said=page.said,
        title=f"{step.label}: {period.period.label}",
        consequences=list(page.consequences),
        unchanged=page.unchanged,
        hints={"locks_on": _("ngày/tháng/năm, ví dụ 15/07/2026"), "locks_hour": _("giờ:phút, ví dụ 17:00")},
        submit_label=step.label,
        **_around(period),
    )


def _around(period: ReportingPeriod) -> dict[str, Any]:
    return {
        "template": "confirm_page.html",
        "keep_label": _("Thôi, giữ nguyên"),
        "keep_url": show_url(period),
        "back": (show_url(period), words.title_of(period)),
        "head": head.of(period.bloc, "periods", period.year),
    }


def _first_values(period: ReportingPeriod, step: PeriodStep) -> dict[str, Any]:
    if step is not PeriodStep.UNLOCK:
        return {}
    locks = words.local(period.bloc, clock.now()) + timedelta(days=3)
    return {"version": period.version, "locks_on": locks.date(), "locks_hour": words.CLOSE}


def _page(period: ReportingPeriod, step: PeriodStep) -> StepPage:
    """The words of a step; made at each request, with what it touches counted."""
    zone = period.bloc.authority.time_zone
    made: dict[PeriodStep, Callable[[], StepPage]] = {
        PeriodStep.OPEN: lambda: _open_page(period, zone),
        PeriodStep.LOCK: lambda: _lock_page(period),
        PeriodStep.UNLOCK: lambda: StepPage(
            (_("Các đơn vị sửa được số liệu đến lúc khóa mới; báo cáo đã tiếp nhận vẫn giữ trạng thái."),
             _("Hạn gửi không đổi: đơn vị gửi lần đầu sau hạn vẫn tính là chậm."),
             _("Đề nghị công bố (nếu có) bị hủy; hạn giải trình và chấm điểm lùi theo nếu sớm hơn lúc khóa mới."),
             _("Mọi đơn vị thành viên nhận thông báo kèm lý do.")),
            _("Những gì các đơn vị đã gửi được giữ nguyên."), _("Đã mở khóa số liệu."), UnlockForm),
        PeriodStep.PREPARE: lambda: StepPage(
            (_("Kết quả được trình để công bố; bạn không tự xác nhận được."),
             _("Lãnh đạo đơn vị %(Bloc)s trưởng hoặc cơ quan theo dõi thi đua xác nhận công bố.",
               Bloc=period.bloc.kind.word)),
            _("Các đơn vị chưa thấy kết quả của nhau cho đến khi công bố."), _("Đã trình công bố kết quả.")),
        PeriodStep.TAKE_BACK: lambda: StepPage(
            (_("Kết quả không còn ở diện chờ xác nhận; muốn công bố phải trình lại."),),
            _("Số liệu vẫn khóa, không có gì khác thay đổi."), _("Đã rút đề nghị công bố."), ReasonForm),
        PeriodStep.PUBLISH: lambda: _publish_page(period),
        PeriodStep.REVOKE: lambda: StepPage(
            (_("Các đơn vị không còn xem được báo cáo của nhau; kết quả phải trình và công bố lại."),
             _("Mọi đơn vị thành viên nhận thông báo kèm lý do.")),
            _("Số liệu vẫn khóa. Lần công bố này vẫn còn trong lịch sử của kỳ."), _("Đã thu hồi công bố."),
            ReasonForm),
        PeriodStep.CLOSE: lambda: StepPage(
            (_("Kỳ báo cáo kết thúc: không còn mở khóa, thu hồi hay sửa được gì nữa."),),
            _("Mọi người vẫn đọc được như hiện nay."), _("Đã kết thúc kỳ báo cáo.")),
    }  # fmt: skip
    return made[step]()


def _open_page(period: ReportingPeriod, zone: str) -> StepPage:
    units = len(blocs.members_on(blocs.load(period.bloc), guard.today()))
    lines = period_opening.line_count(period)
    said = [_("%(count)s đơn vị thành viên hôm nay có báo cáo của kỳ và nhận thông báo.", count=units)]
    if period.asks_figures:
        said.append(_("Mỗi đơn vị có %(count)s dòng số liệu và năm phần báo cáo bằng lời.", count=lines))
    else:
        said.append(_("Kỳ này chỉ báo cáo bằng lời, không có dòng số liệu."))
    if period.asks_figures and period.criteria_set is not None and period.criteria_set.frozen_at is None:
        name = period.criteria_set.name
        said.append(_("Bộ tiêu chí “%(name)s” được chốt: sau đó chỉ đổi bằng phiên bản mới kèm lý do.", name=name))
    due = period_dates.said(period.due_at, zone)
    locks = period_dates.said(period.locks_at, zone)
    said.append(_("Các đơn vị gửi trước %(due)s; số liệu khóa lúc %(locks)s.", due=due, locks=locks))
    unchanged = _("Ngày mở dự kiến là %(day)s. Hạn gửi và lúc khóa còn lùi được, kèm lý do.",
                  day=short_date(period.opens_on))  # fmt: skip
    return StepPage(tuple(said), unchanged, _("Đã mở kỳ báo cáo."))


def _lock_page(period: ReportingPeriod) -> StepPage:
    waiting = len(period_board.not_sent(period))
    said = [_("Từ lúc này không đơn vị nào sửa được số liệu, tệp, trao đổi; kể cả qua tệp Excel.")]
    if waiting:
        said.append(_("%(count)s đơn vị chưa gửi sẽ không gửi được nữa.", count=waiting))
    unchanged = _("Mở khóa lại thuộc về cơ quan theo dõi thi đua, kèm lý do.")
    return StepPage(tuple(said), unchanged, _("Đã khóa số liệu."))


def _publish_page(period: ReportingPeriod) -> StepPage:
    waiting = len(period_board.not_sent(period))
    said = [_("Mọi đơn vị thành viên xem được báo cáo và tài liệu của nhau trong kỳ này.")]
    if waiting:
        said.append(_("%(count)s đơn vị không gửi báo cáo: được công bố là chưa gửi.", count=waiting))
    if period.prepared_by is not None:
        said.append(_("Người trình: %(name)s.", name=period.prepared_by.full_name))
    unchanged = _("Thu hồi công bố thuộc về cơ quan theo dõi thi đua, kèm lý do.")
    return StepPage(tuple(said), unchanged, _("Đã công bố kết quả."))
