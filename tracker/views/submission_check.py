"""The secretariat checks a unit's report: returns the whole or single places, accepts, sets what is not assigned."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.submission_checks import findings
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.errors import RuleBroken
from tracker.forms.base import ReasonForm
from tracker.forms.submission import ReturnedPlaceForm, ReturnForm
from tracker.models.submission import Entry, Section, Submission
from tracker.queries import submission_page as queries
from tracker.queries.submission_page import SubmissionPage
from tracker.services import submission as services
from tracker.views import head, locking, pages
from tracker.views import submission_words as words
from tracker.views.submission import acts, frame_of, step_page, take_at_once, zone

bp = Blueprint("submission_check", __name__)


@bp.post("/submissions/<id:public_id>/check")
@guard.allowed(policy.may_check_submission, Submission)
def start(submission: Submission) -> ResponseReturnValue:
    """From now on the unit does not recall; looking alone notes nothing."""
    said = _("Đã ghi nhận thường trực %(bloc)s bắt đầu kiểm tra.", bloc=submission.period.bloc.kind.small)
    take_at_once(submission, SubmissionStep.CHECK, said)
    return redirect(url_for("submission_check.show", public_id=submission.public_id))


@bp.route("/submissions/<id:public_id>/checking", methods=["GET", "POST"])
@guard.allowed(policy.may_check_submission, Submission, load=queries.FRAME)
def show(submission: Submission) -> ResponseReturnValue:
    """Every place with a box and a reason; one button returns what is ticked, another accepts."""
    page = queries.load(submission, zone())
    back = url_for("submission.show", public_id=submission.public_id)
    if request.method != "POST" and (submission.state is not SubmissionState.SENT or submission.checked_at is None):
        return redirect(back)
    places, form, forms = _forms(page)
    if request.method == "POST":
        ticked = form.places(list(forms.items()))
        faulty = _faulty(form, forms, bool(ticked))
        if not faulty and form.validate() and all(each.validate() for each in forms.values() if each.returned.data):
            chosen = [] if form.whole.data else [(places[key], why) for key, why in ticked]
            answer = _return(submission, form, chosen, len(chosen))
            if answer is not None:
                return answer
    return _page(page, form, forms), 422 if request.method == "POST" else 200


def _forms(page: SubmissionPage) -> tuple[dict[str, Entry | Section], ReturnForm, dict[str, ReturnedPlaceForm]]:
    """The places that can be returned, the form of the whole, and that of each place, as posted."""
    places = {key: place for key, place in page.places.items() if not isinstance(place, Entry) or place.assigned}
    posted = request.form if request.method == "POST" else None
    return places, pages.bind(ReturnForm), {key: ReturnedPlaceForm(posted, prefix=key) for key in places}


def _wrong(form: ReturnedPlaceForm) -> bool:
    return any(field.errors for field in form)


def _faulty(form: ReturnForm, forms: dict[str, ReturnedPlaceForm], ticked: bool) -> bool:
    """Sentences for a return without places, without reasons, or of the whole and of places at once."""
    if form.whole.data and ticked:
        form.refuse(_("Hãy chọn một trong hai: trả lại toàn bộ, hoặc chỉ các chỗ đã đánh dấu."), "whole")
    elif form.whole.data and not form.reason.data:
        form.refuse(_("Hãy ghi lý do trả lại toàn bộ báo cáo."), "reason")
    elif not form.whole.data and not ticked:
        form.refuse(_("Hãy đánh dấu ít nhất một chỗ phải sửa, hoặc chọn trả lại toàn bộ báo cáo."), None)
    return bool(form.form_errors or form.errors or any(_wrong(each) for each in forms.values()))


def _return(
    submission: Submission, form: ReturnForm, chosen: list[tuple[Entry | Section, str]], count: int
) -> ResponseReturnValue | None:
    """Back to the unit; None when a rule refused it, with its sentence in the form."""
    try:
        services.return_back(
            submission, reason=form.reason.data or "", places=chosen, by=guard.current_account(), at=clock.now()
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        locking.record(broken)
        form.refuse(broken.sentence, broken.field)
        return None
    said = _("Đã trả lại %(count)s chỗ để đơn vị sửa.", count=count) if count else _("Đã trả lại toàn bộ báo cáo.")
    flash(said, "success")
    return redirect(url_for("submission.show", public_id=submission.public_id))


def _page(page: SubmissionPage, form: ReturnForm, forms: dict[str, ReturnedPlaceForm]) -> str:
    submission = page.submission
    by_place: dict[str, list[str]] = {}
    for finding in findings(page.seen):
        by_place.setdefault(finding.place_key or "", []).append(finding.sentence)
    return render_template(
        "submission/check.html",
        **{**frame_of(page), "back": (url_for("submission.show", public_id=submission.public_id), _("Báo cáo"))},
        form=form,
        forms=forms,
        findings=by_place,
        acts=acts(submission),
        faulty=[key for key, each in forms.items() if _wrong(each)],
    )


@bp.post("/submissions/<id:public_id>/accept")
@guard.allowed(policy.may_check_submission, Submission, load=queries.FRAME)
def accept(submission: Submission) -> ResponseReturnValue:
    """One click, unless something was typed or ticked for returning: that is not dropped without a word."""
    page = queries.load(submission, zone())
    _places, form, forms = _forms(page)
    begun = form.whole.data or form.reason.data or any(each.returned.data or each.why.data for each in forms.values())
    if begun and submission.state is SubmissionState.SENT and submission.checked_at is not None:
        form.refuse(
            _("Có lý do trả lại đang ghi dở nên chưa tiếp nhận. Hãy bấm trả lại, hoặc xóa các lý do, bỏ các dấu rồi "
              "bấm “Tiếp nhận” lần nữa."),
            None,
        )  # fmt: skip
        return _page(page, form, forms), 422
    said = _("Đã tiếp nhận báo cáo của %(unit)s.", unit=words.unit_name(submission))
    return take_at_once(submission, SubmissionStep.ACCEPT, said)


@bp.route("/submissions/<id:public_id>/reopen", methods=["GET", "POST"])
@guard.allowed(policy.may_check_submission, Submission)
def reopen(submission: Submission) -> ResponseReturnValue:
    return step_page(
        submission, SubmissionStep.REOPEN, _("Đã bỏ tiếp nhận."),
        title=_("Bỏ tiếp nhận"), submit_label=_("Bỏ tiếp nhận"), keep_label=_("Giữ tiếp nhận"),
        consequences=[
            _("báo cáo trở về “Đã gửi”, thường trực %(bloc)s kiểm tra lại và trả lại được;",
              bloc=submission.period.bloc.kind.small),
            _("đơn vị thấy việc này và lý do."),
        ],
        unchanged=_("Nội dung và ngày gửi của đơn vị không đổi."),
    )


@bp.route("/entries/<id:public_id>/assigned", methods=["GET", "POST"])
@guard.allowed(policy.may_favour_entry, Entry)
def assign(entry: Entry) -> ResponseReturnValue:
    """Take a line off a unit, or give it back, with the reason that is kept."""
    submission, away = entry.submission, entry.assigned
    form = pages.bind(ReasonForm)
    back = words.period_url(submission.period)
    if guard.may(policy.may_read_submission, submission):
        back = url_for("submission.show", public_id=submission.public_id, _anchor=f"dong-{entry.public_id}")
    title = _("Xác định không được giao") if away else _("Giao lại dòng cho đơn vị")
    name = words.unit_name(submission)
    effects = (
        [_("%(unit)s không phải báo cáo dòng này;", unit=name),
         _("dòng không tính vào điểm đạt và điểm tối đa của đơn vị;")]
        if away
        else [_("%(unit)s lại báo cáo dòng này;", unit=name), _("dòng lại tính vào điểm đạt và điểm tối đa;")]
    )  # fmt: skip
    return pages.answer(
        form,
        save=lambda: services.set_assigned(
            submission, entry, not away, reason=form.reason.data or "", by=guard.current_account(), at=clock.now()
        ),
        done=back,
        said=_("Đã ghi: dòng không được giao.") if away else _("Đã giao lại dòng."),
        template="confirm_page.html",
        title=title,
        lead=f"{name}: {words.place_of(entry)}",
        consequences=[*effects, _("đơn vị thấy việc này và lý do; các kỳ sau của cùng tiêu chí theo như vậy.")],
        unchanged=_("Số liệu đơn vị đã ghi ở dòng này vẫn được giữ."),
        submit_label=_("Ghi không được giao") if away else _("Giao lại"),
        keep_label=_("Giữ nguyên"),
        keep_url=back,
        back=(back, _("Báo cáo")),
        head=head.of(submission.period.bloc, "periods", submission.period.year),
    )
