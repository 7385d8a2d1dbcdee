"""The board of a period: who has sent what, who holds it; reminding those who have not, extending one's time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.deadlines import deadline
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState
from tracker.exports import table_workbook
from tracker.models.period import ReportingPeriod
from tracker.queries import period_board as queries
from tracker.queries.period_board import BoardRow
from tracker.services import reminder
from tracker.views import downloads, head
from tracker.views import period_words as words
from tracker.views.period import bp

__all__ = ["bp"]

LATE, WAITING = "late", "waiting"


@dataclass(frozen=True)
class ShownRow:
    """A unit as the board shows it. `action`: (words, address) or None; `url`: its report, where it may be read."""

    row: BoardRow
    label: str | None
    first: str
    last: str
    due: str
    tone: str
    holder: str
    url: str | None
    action: tuple[str, str] | None
    own: bool
    waits: bool


@bp.get("/periods/<id:public_id>/board")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def board(period: ReportingPeriod) -> ResponseReturnValue:
    """All units of the period on one page, with the counts as filter."""
    now, day = clock.now(), guard.today()
    shown_head = head.of(period.bloc, "periods", period.year)
    rows = queries.rows(period, now=now, day=day)
    wanted = wanted_state()
    chosen = [row for row in rows if _fits(row, wanted)]
    waiting = sum(not row.sent for row in rows)
    return render_template(
        "period/board.html",
        head=shown_head,
        period=period,
        lead=words.dates_line(period),
        rows=[_shown(period, row, day, now) for row in chosen],
        total=len(rows),
        tallies=_tallies(rows),
        wanted=wanted,
        now=now,
        waiting=waiting if period.state is PeriodState.OPEN and guard.may(policy.may_remind, period) else 0,
    )


@bp.get("/periods/<id:public_id>/board/workbook")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def board_workbook(period: ReportingPeriod) -> Response:
    """The board as it is shown, in Excel."""
    now, day = clock.now(), guard.today()
    bloc = head.of(period.bloc, "periods", period.year)
    wanted = wanted_state()
    title = _("Gửi báo cáo %(period)s", period=period.period.label)
    columns = [
        (_("Đơn vị"), 36, "text"), (_("Tình trạng"), 16, "text"), (_("Dòng đã điền"), 9, "int"),
        (_("Số dòng"), 8, "int"), (_("Tài liệu"), 8, "int"), (_("Dòng thiếu minh chứng"), 10, "int"),
        (_("Hạn gửi"), 15, "datetime"),
        (_("Gia hạn đến"), 12, "date"), (_("Gửi lần đầu"), 15, "datetime"), (_("Gửi gần nhất"), 15, "datetime"),
        (_("Số lần trả lại"), 8, "int"), (_("Số ngày chậm"), 8, "int"), (_("Đang giữ"), 18, "text"),
        (_("Lý do gia hạn"), 30, "text"),
    ]  # fmt: skip
    cells = [_cells(period, row, day, now) for row in queries.rows(period, now=now, day=day) if _fits(row, wanted)]
    return downloads.xlsx(table_workbook.table(title, bloc.name, columns, cells), f"{title} - {bloc.name}.xlsx")


@bp.post("/periods/<id:public_id>/remind")
@guard.allowed(policy.may_remind, ReportingPeriod)
def remind(period: ReportingPeriod) -> ResponseReturnValue:
    """One click: everyone who has not sent, unless reminded within the hour."""
    page = None
    if current_app.config["MAIL_HOST"]:
        page = current_app.config["BASE_URL"] + url_for("period.show", public_id=period.public_id)
    count = reminder.remind(
        period, queries.not_sent(period), by=guard.current_account(), at=clock.now(), page=page
    )
    db.session.commit()
    if count:
        flash(_("Đã nhắc %(count)s đơn vị chưa gửi.", count=count), "success")
    else:
        flash(_("Các đơn vị chưa gửi đều đã được nhắc trong vòng một giờ qua: chưa nhắc lại."), "info")
    return redirect(board_url(period))


def board_url(period: ReportingPeriod) -> str:
    return url_for("period.board", public_id=period.public_id, state=wanted_state() or None)


def wanted_state() -> str:
    """The filter of the address; an unknown one shows all."""
    asked = request.args.get("state", "")
    return asked if asked in {*SubmissionState, LATE, WAITING} else ""


def _fits(row: BoardRow, wanted: str) -> bool:
    if wanted == LATE:
        return bool(row.late)
    if wanted == WAITING:
        return not row.sent
    return not wanted or row.state.value == wanted


def _tallies(rows: Sequence[BoardRow]) -> dict[str, int]:
    """How many rows each filter shows, in the order of the board; the late only when there are any."""
    keys = ["", *(state.value for state in SubmissionState), LATE]
    counts = {key: sum(_fits(row, key) for row in rows) for key in keys}
    if not counts[LATE]:
        del counts[LATE]
    return counts


def _shown(period: ReportingPeriod, row: BoardRow, day: date, now: datetime) -> ShownRow:
    bloc, account = period.bloc, guard.current_account()
    there = current_app.view_functions
    readable = "submission.show" in there and guard.may(policy.may_read_submission, row.submission)
    due, tone = _due(period, row, now)
    return ShownRow(
        row=row,
        label=_label(row),
        first=words.short(bloc, row.submission.first_sent_at),
        last=words.short(bloc, row.submission.last_sent_at),
        due=due,
        tone=tone,
        holder=row.holder.called_in(bloc.kind),
        url=url_for("submission.show", public_id=row.submission.public_id) if readable else None,
        action=_action(period, row, readable),
        own=row.submission.unit_id == account.unit_id,
        waits=not row.sent and period.state is PeriodState.OPEN and (row.state is SubmissionState.NOT_BEGUN),
    )


def _label(row: BoardRow) -> str | None:
    """More than the state's word where more is known."""
    if row.state is SubmissionState.DRAFT and row.percent is not None:
        return _("Đang soạn %(percent)s%%", percent=row.percent)
    if row.returned:
        return _("Trả lại %(count)s chỗ", count=row.returned)
    return None


def _due(period: ReportingPeriod, row: BoardRow, now: datetime) -> tuple[str, str]:
    """How the first sending stands to the unit's due day; while nothing is sent, how much time is left."""
    due = words.local(period.bloc, row.due_at)
    if row.late:
        said = _("chậm %(days)s ngày", days=row.late) if row.sent else _("quá %(days)s ngày", days=row.late)
        return said, "danger"
    if row.submission.first_sent_at is not None:
        early = (due.date() - words.local(period.bloc, row.submission.first_sent_at).date()).days
        return (_("trước %(days)s ngày", days=early) if early > 0 else _("đúng hạn")), ""
    left, tone = deadline(due.date(), words.local(period.bloc, now).date())
    return left.lower(), tone if tone != "neutral" else ""


def _action(period: ReportingPeriod, row: BoardRow, readable: bool) -> tuple[str, str] | None:
    """What the reader can do about this unit: check what was sent, extend what was not, else look."""
    key, there = row.submission.public_id, current_app.view_functions
    checks = row.state is SubmissionState.SENT and period.state is PeriodState.OPEN and "submission_check.show" in there
    if checks and guard.may(policy.may_check_submission, row.submission):
        page = "submission_check.show" if row.submission.checked_at else "submission.show"
        return _("Kiểm tra"), url_for(page, public_id=key)
    if not row.sent and period.state is PeriodState.OPEN and guard.may(policy.may_favour, period.bloc, row.unit):
        target = url_for(
            "period.extend", public_id=period.public_id, unit_id=row.unit.public_id, state=wanted_state() or None
        )
        return _("Gia hạn"), target
    return (_("Xem"), url_for("submission.show", public_id=key)) if readable else None


def _cells(period: ReportingPeriod, row: BoardRow, day: date, now: datetime) -> tuple[Any, ...]:
    def naive(moment: datetime | None) -> datetime | None:
        return words.local(period.bloc, moment).replace(tzinfo=None) if moment else None

    submission = row.submission
    return (
        row.name, _label(row) or row.state.label, row.filled if row.asked else None, row.asked or None, row.files,
        row.no_evidence, naive(period.due_at), row.extension.until if row.extension else None,
        naive(submission.first_sent_at), naive(submission.last_sent_at), row.times_returned, row.late,
        row.holder.called_in(period.bloc.kind), row.extension.reason if row.extension else None,
    )  # fmt: skip
