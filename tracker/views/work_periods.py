"""The tasks of reporting periods as lines of "Việc của tôi"."""

from collections.abc import Callable
from datetime import date

from flask import current_app, url_for
from flask_babel import gettext as _

from tracker.domain import deadlines
from tracker.domain.vietnamese import WEEKDAYS, short_date
from tracker.queries.work_periods import PeriodTask, PeriodWork
from tracker.views.work_line import Line

#: These wait, but nobody is late with them.
NEVER_LATE = (PeriodWork.OPEN, PeriodWork.CHECK, PeriodWork.MEND, PeriodWork.EXPLAIN, PeriodWork.DECIDE)


def line(task: PeriodTask, day: date, *, many: bool) -> Line:
    """`many`: the reader has several blocs, so each line names its own."""
    title, about, button, url = _said(task)
    due_text, tone = deadlines.deadline(task.due_on, day)
    if tone == "danger" and task.kind in NEVER_LATE:
        due_text, tone = _("Đã đến ngày"), "warn"
    due = task.due_on
    weekday = f"{WEEKDAYS[due.weekday()]}, {f'{due:%d/%m}' if due.year == day.year else short_date(due)}" if due else ""
    where = task.bloc.named_on(day).name if many else ""
    state = ("period", task.period.state.value)
    if task.submission is not None:
        state = ("submission", task.submission.state.value)
    page = url_for("period.show", public_id=task.period.public_id)
    about = ". ".join(part for part in (about, where) if part)
    return Line(due_text, tone, weekday, title, page, state, about, button, url, tone == "danger", due)


def _said(task: PeriodTask) -> tuple[str, str, str, str]:
    """Title, what is known, the button's word and page."""
    name, key = task.period.period.label, task.period.public_id
    board = url_for("period.board", public_id=key, state="sent")
    made: dict[PeriodWork, Callable[[], tuple[str, str, str, str]]] = {
        PeriodWork.SEND: lambda: (
            _("Gửi báo cáo %(period)s", period=name), _("Báo cáo của đơn vị"), _("Ghi báo cáo"),
            _own_page(task, "edit")),
        PeriodWork.MEND: lambda: (
            _("Sửa và gửi lại báo cáo %(period)s", period=name),
            _("Thường trực %(bloc)s trả lại, xem lý do ở từng chỗ", bloc=task.period.bloc.kind.small),
            _("Sửa báo cáo"), _own_page(task, "edit")),
        PeriodWork.SIGN: lambda: (
            _("Duyệt và gửi báo cáo %(period)s", period=name), _("Cán bộ của đơn vị đã trình"), _("Xem và gửi"),
            _own_page(task, "send")),
        PeriodWork.CHECK: lambda: (
            _("Kiểm tra báo cáo %(period)s", period=name), _("%(count)s báo cáo đã gửi", count=task.count),
            _("Kiểm tra"), board),
        PeriodWork.OPEN: lambda: (
            _("Mở kỳ báo cáo %(period)s", period=name), _("Đã đến ngày mở"), _("Mở kỳ"),
            url_for("period.open", public_id=key)),
        PeriodWork.PREPARE: lambda: (
            _("Trình công bố kết quả %(period)s", period=name), _("Số liệu đã khóa"), _("Trình công bố"),
            url_for("period.prepare", public_id=key)),
        PeriodWork.PUBLISH: lambda: (
            _("Công bố kết quả %(period)s", period=name), _("Đã được trình công bố"), _("Xem và công bố"),
            url_for("period.publish", public_id=key)),
        PeriodWork.SCORE: lambda: (
            _("Chấm điểm %(period)s", period=name), _("%(count)s đơn vị chưa chấm xong", count=task.count),
            _("Chấm điểm"), _desk(task)),
        PeriodWork.EXPLAIN: lambda: (
            _("Xem điểm, giải trình %(period)s", period=name), _("Không giải trình cũng không làm chậm việc gì"),
            _("Xem điểm"), url_for("scoring.own", public_id=task.submission.public_id if task.submission else "")),
        PeriodWork.LOOK_AGAIN: lambda: (
            _("Xem giải trình %(period)s", period=name),
            _("%(count)s dòng có giải trình chưa xem lại", count=task.count), _("Chấm lần hai"),
            url_for("scoring.units", public_id=key)),
        PeriodWork.DECIDE: lambda: (
            _("Duyệt điểm %(period)s", period=name), _("Đã chấm xong, chưa trình công bố"), _("Xem điểm"),
            url_for("scoring.units", public_id=key)),
        PeriodWork.RANK: lambda: (
            _("Trình công bố xếp hạng %(period)s", period=name), _("Đã chấm xong các đơn vị được xếp hạng"),
            _("Xem xếp hạng"), url_for("ranking.live", public_id=key)),
        PeriodWork.CONFIRM: lambda: (
            _("Xác nhận công bố xếp hạng %(period)s", period=name), _("Người khác đã trình"), _("Xem bản trình"),
            _waiting(task)),
    }  # fmt: skip
    return made[task.kind]()


def _desk(task: PeriodTask) -> str:
    """The desk of the only unit that is left, else the list of all."""
    if task.submission is not None:
        return url_for("scoring.desk", public_id=task.submission.public_id)
    return url_for("scoring.units", public_id=task.period.public_id)


def _waiting(task: PeriodTask) -> str:
    """The edition that was put forward."""
    if task.ranking is not None:
        return url_for("ranking.show", public_id=task.ranking.public_id)
    return url_for("ranking.live", public_id=task.period.public_id)


def _own_page(task: PeriodTask, page: str) -> str:
    """A page of the own report."""
    assert task.submission is not None
    endpoint = f"submission.{page}" if f"submission.{page}" in current_app.view_functions else "submission.show"
    return url_for(endpoint, public_id=task.submission.public_id)
