"""Việc của tôi: what waits for the reader, by deadline, each with its button."""

from collections.abc import Callable
from datetime import date, timedelta

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import deadlines
from tracker.domain.vietnamese import WEEKDAYS, joined, short_date
from tracker.models.account import Account
from tracker.models.action_item import Assignment
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.queries import notice as notices
from tracker.queries import work as queries
from tracker.queries import work_periods as periods
from tracker.queries.action_item import conference_words
from tracker.queries.just_done import just_done
from tracker.queries.work import Kind, Task
from tracker.text import shorten
from tracker.views import work_periods
from tracker.views.work_line import Line

bp = Blueprint("work", __name__)

WEEK = timedelta(days=7)
SHOWN_NOTICES = 4


@bp.get("/")
@guard.allowed(policy.may_work)
def index() -> ResponseReturnValue:
    account, day = guard.current_account(), guard.today()
    blocs = queries.blocs_of(account, day)
    many = len(blocs) > 1
    lines = [_line(task, day, many=many) for task in queries.waiting(account, blocs, day)]
    lines += [work_periods.line(task, day, many=many) for task in periods.waiting(account, blocs, day)]
    lines.sort(key=lambda line: (line.due_on is None, line.due_on or date.max))
    unread = notices.unread(account)
    return render_template(
        "work/index.html",
        day=day,
        lines=lines,
        groups=_groups(lines, day),
        events=_events(account, blocs, day),
        notices=unread[:SHOWN_NOTICES],
        unread=len(unread),
        recent=[(clock.local(done.at, account.authority.time_zone), done.text) for done in just_done(account)],
        bloc_count=len(blocs),
    )


def _events(account: Account, blocs: list[Bloc], day: date) -> list[tuple[str, str, str | None]]:
    """(day, text, page) of the blocs' next days: conferences, tasks, reporting periods."""
    found = [(event.day, event.text, _event_url(event)) for event in queries.calendar(account, blocs, day)]
    names = {bloc.id: bloc.named_on(day).name for bloc in blocs} if len(blocs) > 1 else {}
    found += [
        (
            event.day, ". ".join(filter(None, (event.text, names.get(event.period.bloc_id)))),
            url_for("period.show", public_id=event.period.public_id),
        )
        for event in periods.calendar(account, blocs, day)
    ]  # fmt: skip
    found.sort(key=lambda event: event[0])
    return [(_short(on, day), text, url) for on, text, url in found[: queries.EVENTS]]


def _groups(lines: list[Line], day: date) -> list[tuple[str, str, list[Line]]]:
    """(id, heading, lines): overdue, the coming seven days, later or without a date; empty ones are left out."""
    late = [line for line in lines if line.overdue]
    soon = [line for line in lines if not line.overdue and line.due_on is not None and line.due_on <= day + WEEK]
    later = [line for line in lines if line not in late and line not in soon]
    found = [
        ("qua-han", _("Quá hạn"), late),
        ("sap-den", _("Đến hết %(day)s", day=f"{day + WEEK:%d/%m}"), soon),
        ("sau", _("Sau đó và chưa đặt hạn") if late or soon else _("Đang chờ"), later),
    ]
    return [group for group in found if group[2]]


def _short(due: date, day: date) -> str:
    return f"{due:%d/%m}" if due.year == day.year else short_date(due)


def _line(task: Task, day: date, *, many: bool) -> Line:
    title, url, state, about, button, button_url = _said(task, day)
    due_text, tone = deadlines.deadline(task.due_on, day)
    if task.kind in (Kind.HOLD, Kind.CLOSE, Kind.APPROVE, Kind.ANSWER, Kind.DECIDE) and tone == "danger":
        due_text, tone = _("Đã đến hạn"), "warn"
    weekday = f"{WEEKDAYS[task.due_on.weekday()]}, {_short(task.due_on, day)}" if task.due_on else ""
    where = task.bloc.named_on(day).name if many else ""
    about = ". ".join(part for part in (about, where) if part)
    return Line(due_text, tone, weekday, title, url, state, about, button, button_url, tone == "danger", task.due_on)


Words = tuple[str, str, tuple[str, str] | None, str, str, str]


def _said(task: Task, day: date) -> Words:
    """Title, its page, state, what is known, the button's word and page."""
    if task.seen is not None:
        return _of_item(task)
    if task.conference is not None:
        return _of_conference(task, task.conference, day)
    return _of_bloc(task, day)


def _of_item(task: Task) -> Words:
    seen, part = task.seen, task.part
    assert seen is not None and part is not None
    row: Assignment = part.part
    url = url_for("action_item.show", public_id=seen.item.public_id, _anchor=f"phan-{row.public_id}")
    text = shorten(seen.item.text, 140)
    passed = _(", đã qua %(count)s hội nghị", count=seen.reviews_passed) if seen.reviews_passed else ""
    state = ("action_item", "overdue" if part.overdue else row.state.value)
    if task.kind is Kind.REPORT:
        about = f"{part.unit_name}. {seen.origin}{passed}"
        return text, url, state, about, _("Ghi tiến độ"), url_for("assignment.report", public_id=row.public_id)
    if task.kind is Kind.CLOSE:
        files = _(", kèm %(count)s tài liệu", count=part.file_count) if part.file_count else ""
        about = _("%(unit)s đề nghị xác nhận", unit=part.unit_name) + files
        return _("Xác nhận: %(text)s", text=text), url, state, about, _("Xem và xác nhận"), url
    about = _("%(unit)s đã rời %(bloc)s, chờ thường trực quyết định", unit=part.unit_name, bloc=task.bloc.kind.small)
    return text, url, state, about, _("Quyết định"), url


def _of_conference(task: Task, conference: Conference, day: date) -> Words:
    key = conference.public_id
    page, minutes = url_for("conference.show", public_id=key), url_for("course.minutes", public_id=key)
    when = conference_words(conference)
    held = ("conference", conference.state.value)
    title = conference.title
    made: dict[Kind, Callable[[], Words]] = {
        Kind.COMMENT: lambda: (
            _("Góp ý biên bản %(title)s", title=title), minutes, held, when, _("Góp ý"), minutes),
        Kind.ANSWER: lambda: (
            _("Trả lời góp ý biên bản %(title)s", title=title), minutes, held,
            _("%(count)s góp ý chưa trả lời", count=task.count), _("Trả lời"), minutes),
        Kind.APPROVE: lambda: (
            _("Thông qua biên bản %(title)s", title=title), page, held,
            _("%(count)s góp ý chưa trả lời", count=task.count) if task.count else _("Không còn góp ý chưa trả lời"),
            _("Xem và thông qua"), page),
        Kind.SEND_MINUTES: lambda: (
            _("Gửi biên bản lấy ý kiến: %(title)s", title=title), page, held, when, _("Gửi lấy ý kiến"),
            url_for("conference.step", public_id=key, step="send-minutes")),
        Kind.HOLD: lambda: (
            _("Ghi nhận đã họp: %(title)s", title=title), page, held, when, _("Ghi nhận đã họp"),
            url_for("conference.step", public_id=key, step="hold")),
        Kind.PREPARE: lambda: (
            _("Chuẩn bị %(title)s", title=title), page, held,
            _("Còn thiếu: %(what)s", what=joined(task.missing, ", ")) if task.missing else when, _("Chuẩn bị"), page),
        Kind.DELEGATES: lambda: (
            _("Cử đại biểu dự %(title)s", title=title), page, held, when, _("Cử đại biểu"),
            url_for("course.own_delegates", public_id=key)),
    }
    return made[task.kind]()


def _of_bloc(task: Task, day: date) -> Words:
    key, name = task.bloc.public_id, task.bloc.named_on(day).name
    page, role = url_for("bloc.show", public_id=key), f"{task.bloc.kind.word} trưởng"
    if task.kind is Kind.APPOINT:
        about = _("Hôm nay %(bloc)s chưa có %(role)s", bloc=task.bloc.kind.small, role=role)
        return _("Giao %(role)s: %(bloc)s", role=role, bloc=name), page, None, about, _("Giao vai trò"), url_for(
            "term.appoint", public_id=key)
    assert task.term is not None
    unit = task.term.unit.named_on(day).name
    about = _("Nhiệm kỳ của %(unit)s sắp hết, chưa có đơn vị tiếp nối", unit=unit)
    return _("Bàn giao %(role)s: %(bloc)s", role=role, bloc=name), page, None, about, _("Bàn giao"), url_for(
        "term.hand_over", public_id=key)


def _event_url(event: queries.Event) -> str | None:
    if event.item is not None:
        return url_for("action_item.show", public_id=event.item.public_id)
    if event.conference is not None:
        return url_for("conference.show", public_id=event.conference.public_id)
    return None
