"""A unit's report as it is read, its steps by the unit and its head, and what is said about it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain import submission_checks
from tracker.domain.submission_checks import Finding
from tracker.domain.submissions import NEXT, SectionKind, SubmissionState, SubmissionStep
from tracker.forms.base import ReasonForm, UserForm
from tracker.forms.submission import CommentForm
from tracker.models.submission import Entry, Section, Submission
from tracker.queries import submission_page as queries
from tracker.queries.submission_page import SubmissionPage
from tracker.services import submission as services
from tracker.views import frame, head, pages
from tracker.views import submission_words as words

bp = Blueprint("submission", __name__)
#: Tables whose history tells the points that others gave, or that a unit is about to stand apart.
JUDGED = ("score", "scoring_step", "set_apart")


def zone() -> str:
    return guard.current_account().authority.time_zone


def frame_of(page: SubmissionPage) -> dict[str, Any]:
    """What every page of a submission shows around its own part."""
    submission, period = page.submission, page.submission.period
    due, due_words, due_tone = words.due_of(page)
    return {
        "page": page,
        "submission": submission,
        "period": period,
        "title": words.title_of(submission),
        "unit_name": words.unit_name(submission),
        "due": due,
        "due_words": due_words,
        "due_tone": due_tone,
        "stepper": words.stepper(page),
        "state_key": words.state_key(submission.state),
        "late": words.lateness(page),
        "back": back_of(submission),
        "head": head.of(period.bloc, "periods", period.year),
    }


def back_of(submission: Submission) -> tuple[str, str]:
    """The page of the period."""
    period = submission.period
    return words.period_url(period), _("Kỳ báo cáo %(period)s", period=period.period.label)


@bp.get("/submissions/<id:public_id>")
@guard.allowed(policy.may_read_submission, Submission, load=queries.FRAME)
def show(submission: Submission) -> ResponseReturnValue:
    """All of it, for whoever may read it; how it came about only for the unit, the secretariat and the board."""
    page = queries.load(submission, zone())
    whole_way = guard.may(policy.may_see_submission_history, submission)
    return render_template(
        "submission/show.html",
        **frame_of(page),
        whole_way=whole_way,
        steps=words.steps_said(page) if whole_way else [],
        acts=acts(submission),
        writes=guard.may(policy.may_write_submission, submission),
        holds=holds(submission),
        checks=guard.may(policy.may_check_submission, submission),
        comments_open=not submission.period.is_locked and guard.may(policy.may_comment_submission, submission),
    )


@bp.get("/submissions/<id:public_id>/changes")
@guard.allowed(policy.may_see_submission_history, Submission)
def changes(submission: Submission) -> ResponseReturnValue:
    """Every write of it, from what to what; what others gave it for points only once these are shared."""
    period = submission.period
    hidden = () if guard.may(policy.may_see_judged_points, submission) else JUDGED
    return render_template(
        "submission/changes.html",
        title=words.title_of(submission),
        lead=f"{words.unit_name(submission)}: {words.title_of(submission)}",
        history=frame.history_of(submission, without=hidden),
        back=(url_for("submission.show", public_id=submission.public_id), _("Báo cáo")),
        head=head.of(period.bloc, "periods", period.year),
    )


def holds(submission: Submission) -> bool:
    """Whether the reader may go on writing: while the unit's head looks it through, only the head."""
    if submission.state not in SubmissionState.writable() or submission.period.is_locked:
        return False
    rule = policy.may_write_submission if submission.with_head_at is None else policy.may_sign_submission
    return guard.may(rule, submission)


def acts(submission: Submission) -> set[SubmissionStep]:
    """The steps that follow the state and that the reader may take, locked ones left out."""
    period, state = submission.period, submission.state
    found: set[SubmissionStep] = set()
    open_now = not period.is_locked and clock.now() < period.locks_at
    begun = SubmissionState.DRAFT if state is SubmissionState.NOT_BEGUN else state
    follows = {step for (origin, step) in NEXT if origin is begun}
    if guard.may(policy.may_write_submission, submission) and open_now:
        signs = guard.may(policy.may_sign_submission, submission)
        waits = submission.with_head_at is not None
        if SubmissionStep.SEND in follows:
            found.add(SubmissionStep.SEND if signs or not submission.unit.head_signs else SubmissionStep.SUBMIT_TO_HEAD)
        if waits:
            found.discard(SubmissionStep.SUBMIT_TO_HEAD)
            found |= {SubmissionStep.HEAD_SENDS_BACK} if signs else set()
        if SubmissionStep.RECALL in follows and submission.checked_at is None:
            found.add(SubmissionStep.RECALL)
    if guard.may(policy.may_check_submission, submission):
        if state is SubmissionState.SENT:
            found.add(SubmissionStep.CHECK if submission.checked_at is None else SubmissionStep.ACCEPT)
            found |= {SubmissionStep.RETURN} if open_now else set()
        if state is SubmissionState.ACCEPTED and open_now:
            found.add(SubmissionStep.REOPEN)
    return found


@bp.post("/submissions/<id:public_id>/comments")
@guard.allowed(policy.may_comment_submission, Submission)
def comment(submission: Submission) -> ResponseReturnValue:
    """A word about the whole or about one place; what cannot be kept comes back with its sentence."""
    form = pages.bind(CommentForm)
    place = _place(submission, form.place.data)
    anchor = f"dong-{place.public_id}" if place is not None else "trao-doi"
    entry, section = (place, None) if isinstance(place, Entry) else (None, place)
    return pages.answer(
        form,
        save=lambda: services.comment(
            submission, text=form.text.data or "", entry=entry, section=section, by=guard.current_account(),
            at=clock.now(),
        ),
        done=url_for("submission.show", public_id=submission.public_id, _anchor=anchor),
        said=_("Đã gửi trao đổi."),
        title=_("Trao đổi về báo cáo"),
        lead=words.place_of(place) if place is not None else words.title_of(submission),
        back=(url_for("submission.show", public_id=submission.public_id), _("Báo cáo")),
        head=head.of(submission.period.bloc, "periods", submission.period.year),
        submit_label=_("Gửi trao đổi"),
        cancel_url=url_for("submission.show", public_id=submission.public_id),
        secrets=True,
    )  # fmt: skip


def _place(submission: Submission, key: str | None) -> Entry | Section | None:
    """The line or section of this submission with that public id."""
    places: list[Entry | Section] = [*submission.entries, *submission.sections]
    return next((place for place in places if place.public_id == key), None)


@bp.route("/submissions/<id:public_id>/send", methods=["GET", "POST"])
@guard.allowed(policy.may_write_submission, Submission, load=queries.FRAME)
def send(submission: Submission) -> ResponseReturnValue:
    """What is missing or odd, each with its link; then sending, or handing it to the unit's head."""
    page = queries.load(submission, zone())
    found = [finding for finding in submission_checks.findings(page.seen) if finding.stops or _in_reach(page, finding)]
    may_take = acts(submission)
    to_head = SubmissionStep.SUBMIT_TO_HEAD in may_take
    step = SubmissionStep.SUBMIT_TO_HEAD if to_head else SubmissionStep.SEND
    edit = url_for("submission.edit", public_id=submission.public_id)
    show_url = url_for("submission.show", public_id=submission.public_id)
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: services.take(submission, step, by=guard.current_account(), at=clock.now()),
        done=show_url,
        said=_("Đã trình lãnh đạo đơn vị.") if to_head
        else _("Đã gửi báo cáo cho thường trực %(bloc)s.", bloc=submission.period.bloc.kind.small),
        template="submission/send.html",
        **{**frame_of(page), "back": (edit, _("Soạn báo cáo"))},
        findings=[(finding, _link(page, finding)) for finding in found],
        stops=any(finding.stops for finding in found),
        to_head=to_head,
        can_send=bool(may_take & {SubmissionStep.SEND, SubmissionStep.SUBMIT_TO_HEAD}),
        waits_for_head=submission.with_head_at is not None,
        returned=submission.state is SubmissionState.RETURNED,
        keep_url=edit,
    )


def _in_reach(page: SubmissionPage, finding: Finding) -> bool:
    """Whether the unit can do anything about it: of a report returned in part, only at the places that are open."""
    place = page.places.get(finding.place_key)
    return place is None or page.opens(place)


def _link(page: SubmissionPage, finding: Finding) -> str:
    """The place a finding speaks of, in the form."""
    place = page.places.get(finding.place_key or "")
    listed = isinstance(place, Section) and place.kind is SectionKind.ACHIEVEMENTS
    anchor = "thanh-tich" if listed or (place is None and finding.place_key) else f"dong-{finding.place_key}"
    return url_for("submission.edit", public_id=page.submission.public_id, _anchor=anchor)


@bp.route("/submissions/<id:public_id>/recall", methods=["GET", "POST"])
@guard.allowed(policy.may_write_submission, Submission)
def recall(submission: Submission) -> ResponseReturnValue:
    return step_page(
        submission, SubmissionStep.RECALL, _("Đã rút báo cáo về để sửa."),
        title=_("Rút báo cáo về"), submit_label=_("Rút về"), keep_label=_("Giữ như đã gửi"),
        consequences=[
            _("báo cáo trở về “Đang soạn”, đơn vị sửa rồi phải gửi lại trước hạn;"),
            _("ngày gửi để tính đúng hạn là ngày gửi lại; lần gửi trước vẫn còn trong lịch sử."),
        ],
        unchanged=_("Số liệu, lời và tài liệu đã ghi còn nguyên."),
    )


@bp.route("/submissions/<id:public_id>/send-back", methods=["GET", "POST"])
@guard.allowed(policy.may_sign_submission, Submission)
def send_back(submission: Submission) -> ResponseReturnValue:
    """The unit's head gives it back to the officer."""
    return step_page(
        submission, SubmissionStep.HEAD_SENDS_BACK, _("Đã chuyển lại để sửa."),
        title=_("Chuyển lại để sửa"), submit_label=_("Chuyển lại"), keep_label=_("Chưa chuyển lại"),
        consequences=[_("cán bộ của đơn vị sửa tiếp, thấy lý do, rồi trình lại;"), _("báo cáo chưa được gửi đi.")],
        unchanged=_("Nội dung đã soạn còn nguyên."),
    )


def step_page(submission: Submission, step: SubmissionStep, said: str, **page: Any) -> ResponseReturnValue:
    """A step with a reason, on a page of its own."""
    form = pages.bind(ReasonForm)
    show_url = url_for("submission.show", public_id=submission.public_id)
    return pages.answer(
        form,
        save=lambda: services.take(
            submission, step, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        done=show_url,
        said=said,
        template="confirm_page.html",
        lead=f"{words.unit_name(submission)}: {words.title_of(submission)}",
        keep_url=show_url,
        back=(show_url, _("Báo cáo")),
        head=head.of(submission.period.bloc, "periods", submission.period.year),
        **page,
    )


def take_at_once(submission: Submission, step: SubmissionStep, said: str) -> ResponseReturnValue:
    """A step of one click, and back to the page."""
    services.take(submission, step, by=guard.current_account(), at=clock.now())
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("submission.show", public_id=submission.public_id))
