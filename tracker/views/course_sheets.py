"""Lists of a conference filled in on one page: the roster, attendance, declared numbers, a member's own people."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.conferences import Attendance, CountSubject
from tracker.forms.course import OwnDelegateForm, attendance_form, counts_form
from tracker.models.conference import Conference
from tracker.models.course import DeclaredCount, Delegate
from tracker.queries import bloc as blocs
from tracker.queries import conference as conferences
from tracker.queries import course as courses
from tracker.services import course
from tracker.services.course import AttendanceGiven, CountGiven
from tracker.views import head, pages
from tracker.views.course_parts import bp, place


def _frame(conference: Conference) -> dict[str, Any]:
    return {
        "back": (place(conference), conference.title),
        "cancel_url": place(conference),
        "head": head.of(conference.bloc, "conferences", conference.first_day.year),
        "conference": conference,
    }


@bp.post("/conferences/<id:public_id>/course/roster")
@guard.allowed(policy.may_write_conference, Conference)
def roster(conference: Conference) -> ResponseReturnValue:
    """The members of that day as delegates."""
    made = course.propose_roster(conference, by=guard.current_account(), at=clock.now())
    db.session.commit()
    said = _("Đã thêm %(count)s đơn vị thành viên vào danh sách đại biểu.", count=len(made))
    flash(said if made else _("Danh sách đã có đủ các đơn vị thành viên của ngày họp."), "success" if made else "info")
    return redirect(place(conference, "dai-bieu"))


@bp.post("/conferences/<id:public_id>/course/all-present")
@guard.allowed(policy.may_write_conference, Conference)
def all_present(conference: Conference) -> ResponseReturnValue:
    """Everyone not yet recorded was present; the few who were not are corrected by name."""
    marked = course.all_present(conference, by=guard.current_account(), at=clock.now())
    db.session.commit()
    flash(_("Đã ghi có mặt %(count)s đại biểu. Ai vắng hoặc dự thay, sửa ở “Điểm danh”.", count=marked), "success")
    return redirect(place(conference, "dai-bieu"))


def _row_name(row: Delegate, conference: Conference) -> str:
    unit = row.unit.named_on(conference.first_day).name if row.unit else None
    return row.body or unit or row.person_name or ""


def _attendance_values(rows: Sequence[Delegate]) -> dict[str, Any]:
    values: dict[str, Any] = {"version": courses.list_version(rows)}
    for row in rows:
        values[f"attendance_{row.public_id}"] = row.attendance.value if row.attendance else None
        values[f"person_name_{row.public_id}"] = row.person_name
        values[f"people_{row.public_id}"] = row.people
    return values


@bp.route("/conferences/<id:public_id>/course/attendance", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def attendance(conference: Conference) -> ResponseReturnValue:
    """Who came: one line a delegate, saved together."""
    blocs.load(conference.bloc)
    rows = courses.rows(conference, Delegate)
    named = [(row, _row_name(row, conference)) for row in rows]
    form = pages.bind(attendance_form([(row.public_id, name) for row, name in named]), values=_attendance_values(rows))

    def given() -> list[AttendanceGiven]:
        values = form.values()
        return [
            AttendanceGiven(
                row,
                Attendance(values[f"attendance_{row.public_id}"]) if values[f"attendance_{row.public_id}"] else None,
                values[f"person_name_{row.public_id}"],
                values[f"people_{row.public_id}"],
            )
            for row in rows
        ]

    return pages.answer(
        form,
        save=lambda: course.set_attendance(
            conference, given(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=place(conference, "dai-bieu"),
        said=_("Đã lưu điểm danh."),
        current=lambda: _attendance_values(courses.rows(conference, Delegate)),
        template="course/attendance.html",
        title=_("Điểm danh đại biểu"),
        rows=named,
        **_frame(conference),
    )


def _count_values(rows: Sequence[DeclaredCount]) -> dict[str, Any]:
    values: dict[str, Any] = {"version": courses.list_version(rows)}
    for row in rows:
        for name in ("declared", "label", "note"):
            values[f"{name}_{row.subject.value}"] = getattr(row, name)
    return values


@bp.route("/conferences/<id:public_id>/course/counts", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def counts(conference: Conference) -> ResponseReturnValue:
    """The numbers that the paper states, beside what is recorded; neither corrects the other."""
    form = pages.bind(counts_form(), values=_count_values(courses.rows(conference, DeclaredCount)))
    recorded = {line.subject: line.recorded for line in conferences.load(conference).counts}

    def given() -> list[CountGiven]:
        values = form.values()
        return [
            CountGiven(
                subject, values[f"declared_{subject.value}"], values[f"label_{subject.value}"],
                values[f"note_{subject.value}"],
            )
            for subject in CountSubject
        ]

    return pages.answer(
        form,
        save=lambda: course.set_counts(
            conference, given(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=place(conference, "doi-chieu"),
        said=_("Đã lưu số nêu trong văn bản."),
        current=lambda: _count_values(courses.rows(conference, DeclaredCount)),
        template="course/counts.html",
        title=_("Số nêu trong văn bản"),
        lines=[(subject, recorded.get(subject)) for subject in CountSubject],
        **_frame(conference),
    )


@bp.route("/conferences/<id:public_id>/course/own-delegates", methods=["GET", "POST"])
@guard.allowed(policy.may_name_delegates, Conference)
def own_delegates(conference: Conference) -> ResponseReturnValue:
    """A member says whom it sends, while the conference is planned."""
    account = guard.current_account()
    unit = account.unit
    assert unit is not None
    form = pages.bind(OwnDelegateForm)
    return pages.answer(
        form,
        save=lambda: course.name_delegate(conference, unit, form.values(), by=account, at=clock.now()),
        done=url_for("course.own_delegates", public_id=conference.public_id),
        said=_("Đã ghi đại biểu của đơn vị."),
        template="course/own_delegates.html",
        title=_("Đại biểu của %(unit)s", unit=unit.named_on(conference.first_day).name),
        delegates=[row for row in courses.own_delegates(conference, unit.id) if row.person_name],
        **_frame(conference),
    )


@bp.post("/conferences/<id:public_id>/course/own-delegates/<id:row_id>/withdraw")
@guard.allowed(policy.may_name_delegates, Conference)
def withdraw(conference: Conference, row_id: str) -> ResponseReturnValue:
    """Take one of the unit's own people off the list."""
    account = guard.current_account()
    row = courses.row(conference, Delegate, row_id)
    if row is None or row.unit_id is None or row.unit_id != account.unit_id:
        abort(404)
    course.withdraw_delegate(row, by=account, at=clock.now())
    db.session.commit()
    flash(_("Đã rút đại biểu."), "success")
    return redirect(url_for("course.own_delegates", public_id=conference.public_id))
