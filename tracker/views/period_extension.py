"""The page that extends one unit's time: what it changes and for whom, what it leaves, the reason that is kept."""

from datetime import date, timedelta
from typing import Any

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import period_dates
from tracker.domain.reporting import PeriodState
from tracker.domain.vietnamese import date_time, short_date
from tracker.errors import NotAllowed, NotOpen
from tracker.forms.period import ExtensionForm
from tracker.models.period import Extension, ReportingPeriod
from tracker.queries import period_board as queries
from tracker.queries.period_board import BoardRow
from tracker.services import extension as service
from tracker.views import head, pages
from tracker.views import period_words as words
from tracker.views.period_board import board_url, bp

__all__ = ["bp"]


@bp.route("/periods/<id:public_id>/units/<id:unit_id>/extend", methods=["GET", "POST"])
@guard.allowed(policy.may_see_period, ReportingPeriod)
def extend(period: ReportingPeriod, unit_id: str) -> ResponseReturnValue:
    """Which unit it is for decides who may: no unit judges itself."""
    bloc_head = head.of(period.bloc, "periods", period.year)
    rows = queries.rows(period, now=clock.now(), day=guard.today())
    row = next((each for each in rows if each.unit.public_id == unit_id), None)
    if row is None:
        abort(404)
    if not guard.may(policy.may_favour, period.bloc, row.unit):
        raise NotAllowed(
            _(
                "Bạn không gia hạn được cho đơn vị này. Việc đó thuộc về đơn vị đứng đầu %(bloc)s; của chính đơn vị "
                "đứng đầu thì thuộc về đơn vị phó hoặc cơ quan theo dõi thi đua.",
                bloc=period.bloc.kind.small,
            )
        )
    if period.state is not PeriodState.OPEN or row.sent:
        raise NotOpen(_("Chỉ gia hạn được cho đơn vị chưa gửi, khi kỳ đang nhận báo cáo."))
    form = pages.bind(ExtensionForm, values={"version": period.version, "until": _proposed(period, row)})
    return pages.answer(
        form,
        save=lambda: _grant(period, row, form),
        done=_after(period),
        said=lambda made: _("Đã gia hạn cho %(unit)s đến %(day)s.", unit=row.name, day=short_date(made.until)),
        **_words(period, row, form.until.data or _proposed(period, row), len(rows)),
        keep_url=_after(period),
        back=(_after(period), words.title_of(period)),
        head=bloc_head,
    )


def _grant(period: ReportingPeriod, row: BoardRow, form: ExtensionForm) -> Extension:
    until = form.until.data
    assert until is not None
    return service.grant(
        period, row.unit, until=until, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
    )


def _words(period: ReportingPeriod, row: BoardRow, until: date, count: int) -> dict[str, Any]:
    """What the page says of a day that is being thought of."""
    bloc = period.bloc
    ends = period_dates.said(period_dates.extended(period.due_at, until, bloc.authority.time_zone),
                             bloc.authority.time_zone)  # fmt: skip
    due = short_date(words.local(bloc, period.due_at).date())
    locks = words.local(bloc, period.locks_at)
    return {
        "template": "confirm_page.html",
        "title": _("Gia hạn cho %(unit)s", unit=row.name),
        "lead": words.title_of(period),
        "consequences": [
            _("%(unit)s được gửi đến giờ hạn của ngày đã ghi (đang ghi: %(ends)s) mà không tính là chậm.",
              unit=row.name, ends=ends),
            _("%(count)s đơn vị còn lại vẫn giữ hạn của mình; hạn chung là %(due)s.", count=count - 1, due=due),
            _("Mọi đơn vị thành viên và cơ quan theo dõi thi đua đều thấy việc gia hạn, lý do và người quyết định."),
        ],
        "unchanged": _("Không đổi được lúc khóa số liệu (%(locks)s) ở đây.", locks=date_time(locks)),
        "hints": {
            "until": _("ngày/tháng/năm, sau %(due)s, không sau %(locks)s", due=due, locks=short_date(locks.date())),
            "reason": _("Ví dụ: đơn vị có công văn xin lùi ngày, ghi số và ngày của công văn. Mọi đơn vị đọc được."),
        },
        "submit_label": _("Gia hạn"),
        "keep_label": _("Thôi, giữ hạn %(due)s", due=short_date(words.local(bloc, row.due_at).date())),
    }  # fmt: skip


def _proposed(period: ReportingPeriod, row: BoardRow) -> date:
    """Three days after the unit's due day or today, but not past the lock."""
    bloc = period.bloc
    start = max(words.local(bloc, row.due_at).date(), guard.today())
    return min(start + timedelta(days=3), words.local(bloc, period.locks_at).date())


def _after(period: ReportingPeriod) -> str:
    """Back to the board for those who see it, else to the period's page."""
    if guard.may(policy.may_see_period_board, period):
        return board_url(period)
    return url_for("period.show", public_id=period.public_id)
