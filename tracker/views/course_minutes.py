"""The minutes as text, what the members say of them, and what the secretariat answers."""

from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.conferences import ConferenceState
from tracker.exports.minutes_text import minutes as minutes_paper
from tracker.forms.course import AnswerForm, CommentForm
from tracker.models.conference import Conference
from tracker.models.course import MinutesComment
from tracker.queries import course as courses
from tracker.queries import report
from tracker.services import course
from tracker.views import head, pages
from tracker.views.course_parts import bp, place


def _minutes_place(conference: Conference, anchor: str | None = None) -> str:
    return url_for("course.minutes", public_id=conference.public_id, _anchor=anchor)


def _page(conference: Conference) -> dict[str, Any]:
    """What the page of the minutes shows; no text before the conference was held."""
    held = conference.state in ConferenceState.after_holding()
    comments = courses.comments(conference)
    return {
        "title": _("Biên bản: %(title)s", title=conference.title),
        "back": (place(conference), conference.title),
        "head": head.of(conference.bloc, "conferences", conference.first_day.year),
        "conference": conference,
        "paper": minutes_paper(report.collect(conference, guard.today())) if held else None,
        "comments": comments,
        "agreed_words": course.AGREED,
        "silent": courses.silent_members(conference, comments),
    }


@bp.get("/conferences/<id:public_id>/minutes")
@guard.allowed(policy.may_read_conference, Conference)
def minutes(conference: Conference) -> ResponseReturnValue:
    """The minutes, the comments, and the box for one's own."""
    return render_template("course/minutes.html", form=CommentForm(), **_page(conference))


@bp.post("/conferences/<id:public_id>/minutes/comments")
@guard.allowed(policy.may_comment_minutes, Conference)
def comment(conference: Conference) -> ResponseReturnValue:
    """Say something of the minutes, or that one agrees."""
    account = guard.current_account()
    form = pages.bind(CommentForm)
    return pages.answer(
        form,
        save=lambda: course.comment(conference, unit=account.unit, **form.values(), by=account, at=clock.now()),
        done=lambda row: _minutes_place(conference, f"gop-y-{row.public_id}"),
        said=_("Đã gửi góp ý."),
        template="course/minutes.html",
        **_page(conference),
    )


def _answer_values(row: MinutesComment) -> dict[str, Any]:
    taken = {True: "yes", False: "no", None: None}[row.taken_over]
    return {"taken_over": taken, "answer": row.answer, "version": row.version}


@bp.route("/minutes-comments/<id:public_id>/answer", methods=["GET", "POST"])
@guard.allowed(policy.may_answer_comment, MinutesComment)
def answer(row: MinutesComment) -> ResponseReturnValue:
    """Taken over or not, and why."""
    conference = row.conference
    form = pages.bind(AnswerForm, values=_answer_values(row))
    who = row.unit.named_on(conference.first_day).name if row.unit else row.by.full_name
    return pages.answer(
        form,
        save=lambda: course.answer(
            row, answer=form.values()["answer"], taken_over=form.values()["taken_over"] == "yes", seen=form.seen,
            by=guard.current_account(), at=clock.now(),
        ),
        done=_minutes_place(conference, f"gop-y-{row.public_id}"),
        said=_("Đã trả lời góp ý."),
        current=lambda: _answer_values(row),
        title=_("Trả lời góp ý của %(who)s", who=who),
        lead=row.text,
        back=(_minutes_place(conference), _("Biên bản")),
        cancel_url=_minutes_place(conference),
        hints={"answer": _("Cần ghi khi không tiếp thu; đơn vị góp ý đọc được câu trả lời.")},
        secrets=True,
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
    )
