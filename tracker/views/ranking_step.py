"""The steps of a ranking, each on a page of its own: put forward, confirmed by another, taken back, revoked."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.ranking_shown import RankingShown
from tracker.domain.reporting import PeriodState
from tracker.domain.scores import RankingState
from tracker.domain.vietnamese import date_time
from tracker.errors import NotAllowed, NotOpen
from tracker.forms.ranking import ConfirmForm, PrepareForm, TakeBackForm
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking
from tracker.queries import ranking as queries
from tracker.services import ranking as service
from tracker.views import pages
from tracker.views.ranking_pages import framed, live_url, paper_of, person, show_url, title_of

bp = Blueprint("ranking_step", __name__)


@bp.route("/periods/<id:public_id>/ranking/prepare", methods=["GET", "POST"])
@guard.allowed(policy.may_prepare_ranking, ReportingPeriod)
def prepare(period: ReportingPeriod) -> ResponseReturnValue:
    """Put the order as it stands forward; a correction asks for its reason."""
    if not period.scored or period.criteria_set is None:
        raise NotOpen(_("Kỳ này không chấm điểm nên không có xếp hạng để trình."))
    if period.state is not PeriodState.REVIEWING or period.prepared_at is not None:
        raise NotOpen(_("Chỉ trình được xếp hạng của kỳ đã khóa số liệu, khi chưa có bản nào chờ xác nhận."))
    service.shared(period)
    correcting = bool(queries.editions(period))
    form = pages.bind(PrepareForm, prepare=None if correcting else _without_reason)
    shown = queries.collect(period)
    return pages.answer(
        form,
        save=lambda: service.prepare(
            period, decision_number=form.decision_number.data, decided_on=form.decided_on.data,
            reason=(form.reason.data or "") if correcting else "", by=guard.current_account(), at=clock.now(),
        ),
        done=show_url,
        said=_("Đã trình bảng xếp hạng. Người khác xác nhận thì bảng mới được công bố."),
        title=_("Trình công bố %(title)s", title=_lower(title_of(period))),
        consequences=[
            _("Bảng xếp hạng %(count)s đơn vị được sao lại nguyên trạng để trình.", count=len(shown.ranked)),
            *_noticed(shown),
            *_still_explaining(period),
            _("Lãnh đạo đơn vị đứng đầu %(bloc)s hoặc cơ quan theo dõi xác nhận; bạn không tự xác nhận được.",
              bloc=period.bloc.kind.small),
        ],
        unchanged=_("Chưa đơn vị nào thấy thứ hạng của nhau. Điểm còn sửa được: khi đó phải rút rồi trình lại."),
        hints={
            "decision_number": _("Ví dụ: Biên bản số 12/BB-KTĐ. Chưa có thì để trống."),
            "decided_on": _("ngày/tháng/năm, ví dụ 09/01/2026"),
            "reason": _("Ví dụ: cộng sót 0,50 điểm của một đơn vị."),
        },
        submit_label=_("Trình công bố"),
        **_around(period, live_url(period)),
    )  # fmt: skip


@bp.route("/rankings/<id:public_id>/confirm", methods=["GET", "POST"])
@guard.allowed(policy.may_confirm_ranking, Ranking)
def confirm(ranking: Ranking) -> ResponseReturnValue:
    """The second person says yes to exactly what was put forward."""
    _still_waits(ranking)
    period, shown = ranking.period, queries.shown_of(ranking)
    form = pages.bind(ConfirmForm)
    first = [f"{each.rank}. {each.name}" for each in shown.ranked[:3]]
    lines = [
        _("%(title)s, phiên bản %(edition)s, được công bố cho mọi đơn vị thành viên kèm thông báo.",
          title=title_of(period), edition=ranking.edition),
        _("Đứng đầu: %(units)s.", units="; ".join(first)),
        _("Người trình: %(name)s.", name=person(ranking.prepared_by, period)),
    ]  # fmt: skip
    if ranking.decision_number or ranking.decided_on:
        lines.append(_("Căn cứ: %(paper)s.", paper=paper_of(ranking)))
    if ranking.reason:
        lines.append(_("Lý do đính chính: %(reason)s", reason=ranking.reason))
    return pages.answer(
        form,
        save=lambda: service.confirm(ranking, by=guard.current_account(), at=clock.now()),
        done=show_url(ranking),
        said=_("Đã công bố bảng xếp hạng."),
        title=_("Xác nhận công bố %(title)s", title=_lower(title_of(period))),
        consequences=lines,
        unchanged=_("Sau khi công bố, bảng không sửa được nữa; đính chính là một phiên bản mới kèm lý do."),
        submit_label=_("Xác nhận công bố"),
        **_around(period, show_url(ranking)),
    )


@bp.route("/rankings/<id:public_id>/take-back", methods=["GET", "POST"])
@guard.allowed(policy.may_see_ranking, Ranking)
def take_back(ranking: Ranking) -> ResponseReturnValue:
    """By the secretariat, or by who may confirm it."""
    period = ranking.period
    if not (guard.may(policy.may_prepare_ranking, period) or guard.may(policy.may_confirm_ranking, ranking)):
        raise NotAllowed(_("Chỉ thường trực %(bloc)s hoặc người xác nhận rút được đề nghị công bố.",
                           bloc=period.bloc.kind.small))  # fmt: skip
    _still_waits(ranking)
    form = pages.bind(TakeBackForm)
    return pages.answer(
        form,
        save=lambda: service.take_back(
            ranking, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        done=live_url(period),
        said=_("Đã rút đề nghị công bố. Sửa xong thì trình lại."),
        title=_("Rút đề nghị công bố %(title)s", title=_lower(title_of(period))),
        consequences=[_("Bản đã trình bị bỏ; muốn công bố phải trình lại."), _("Điểm lại sửa được.")],
        unchanged=_("Điểm đã chấm được giữ nguyên. Việc rút và lý do còn trong lịch sử của kỳ."),
        submit_label=_("Rút đề nghị"),
        **_around(period, show_url(ranking)),
    )


@bp.route("/rankings/<id:public_id>/revoke", methods=["GET", "POST"])
@guard.allowed(policy.may_revoke_ranking, Ranking)
def revoke(ranking: Ranking) -> ResponseReturnValue:
    """Out of force, still readable; the way to a correction."""
    period = ranking.period
    if ranking.state is not RankingState.PUBLISHED or period.state is not PeriodState.PUBLISHED:
        raise NotOpen(_("Chỉ thu hồi được bảng xếp hạng đang có hiệu lực của kỳ chưa kết thúc."))
    form = pages.bind(TakeBackForm)
    return pages.answer(
        form,
        save=lambda: service.revoke(ranking, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()),
        done=show_url(ranking),
        said=_("Đã thu hồi công bố. Sửa điểm xong thì thường trực %(bloc)s trình phiên bản mới.",
               bloc=period.bloc.kind.small),
        title=_("Thu hồi %(title)s", title=_lower(title_of(period))),
        consequences=[
            _("Phiên bản %(edition)s hết hiệu lực; trang kiểm tra mã nói rõ điều đó.", edition=ranking.edition),
            _("Mọi đơn vị thành viên nhận thông báo kèm lý do."),
            _("Điểm của kỳ lại sửa được, để công bố phiên bản mới."),
        ],
        unchanged=_("Phiên bản này vẫn đọc được nguyên văn, cùng lý do thu hồi."),
        submit_label=_("Thu hồi công bố"),
        **_around(period, show_url(ranking)),
    )


def _noticed(shown: RankingShown) -> list[str]:
    """What the secretariat should know before it puts the order forward."""
    lacking = [each.short_name for each in shown.ranked if each.blank]
    found = []
    if lacking:
        found.append(_("Chưa trình được: còn dòng chưa chấm của %(units)s.", units=", ".join(lacking)))
    if shown.apart:
        found.append(_("Không xếp hạng: %(units)s.", units=", ".join(each.short_name for each in shown.apart)))
    shared = sorted({each.rank for each in shown.ranked if each.shared and each.rank is not None})
    if shared:
        found.append(_("Có đơn vị đồng hạng ở hạng %(places)s.", places=", ".join(map(str, shared))))
    return found


def _still_explaining(period: ReportingPeriod) -> list[str]:
    """An explanation that comes in after this is one more reason to take it back."""
    if period.explain_by is None or clock.now() >= period.explain_by:
        return []
    until = date_time(clock.local(period.explain_by, period.bloc.authority.time_zone))
    return [
        _("Hạn giải trình %(at)s chưa hết: đơn vị còn giải trình được, và có giải trình mới thì phải rút bản này, rồi "
          "trình lại.", at=until)
    ]  # fmt: skip


def _without_reason(form: PrepareForm) -> None:
    del form["reason"]


def _still_waits(ranking: Ranking) -> None:
    if ranking.state is not RankingState.PREPARED:
        raise NotOpen(_("Bảng xếp hạng này không còn chờ xác nhận."))


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


def _around(period: ReportingPeriod, place: str) -> dict[str, Any]:
    return {
        "template": "confirm_page.html",
        "keep_label": _("Thôi, giữ nguyên"),
        "keep_url": place,
        "back": (place, title_of(period)),
        "head": framed(period)["head"],
    }
