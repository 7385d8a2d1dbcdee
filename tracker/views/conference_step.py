"""The steps of a conference, each on a page of its own that says what will happen; and the head of its papers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain import conferences
from tracker.domain.blocs import BlocKind
from tracker.domain.conferences import ConferenceStep
from tracker.domain.vietnamese import short_date
from tracker.errors import NotOpen
from tracker.forms.base import UserForm
from tracker.forms.conference import LetterheadForm, PlainStepForm, PlanAgainForm, SendMinutesForm, StepReasonForm
from tracker.models.conference import Conference
from tracker.queries import conference as queries
from tracker.services import conference as service
from tracker.views import head, pages

bp = Blueprint("conference", __name__)
COMMENT_DAYS = 7
#: The steps of the secretariat, by their word in the address.
STEPS = {
    step.value.replace("_", "-"): step
    for step in ConferenceStep
    if step not in (ConferenceStep.APPROVE, ConferenceStep.REOPEN)
}


@dataclass(frozen=True)
class StepPage:
    """What the page of a step says: the button's words, what will happen, what stays, what was done."""

    label: str
    consequences: tuple[str, ...]
    unchanged: str
    said: str
    form: type[UserForm] = PlainStepForm


@bp.route("/conferences/<id:public_id>/steps/<any('" + "','".join(STEPS) + "'):step>", methods=["GET", "POST"])
@guard.allowed(policy.may_write_conference, Conference)
def step(conference: Conference, step: str) -> ResponseReturnValue:
    return _step(conference, STEPS[step])


@bp.route("/conferences/<id:public_id>/steps/approve", methods=["GET", "POST"])
@guard.allowed(policy.may_approve_minutes, Conference)
def approve(conference: Conference) -> ResponseReturnValue:
    return _step(conference, ConferenceStep.APPROVE)


@bp.route("/conferences/<id:public_id>/steps/reopen", methods=["GET", "POST"])
@guard.allowed(policy.may_reopen_conference, Conference)
def reopen(conference: Conference) -> ResponseReturnValue:
    return _step(conference, ConferenceStep.REOPEN)


def url_of(conference: Conference, taken: ConferenceStep) -> str:
    """The page of a step."""
    if taken in (ConferenceStep.APPROVE, ConferenceStep.REOPEN):
        return url_for(f"conference.{taken.value}", public_id=conference.public_id)
    return url_for("conference.step", public_id=conference.public_id, step=taken.value.replace("_", "-"))


def _step(conference: Conference, taken: ConferenceStep) -> ResponseReturnValue:
    page = pages_of_steps(conference.bloc.kind)[taken]
    if taken not in conferences.open_steps(conference.state):
        raise NotOpen(
            _(
                "Hội nghị đang ở trạng thái “%(state)s” nên không làm được việc “%(step)s”.",
                state=conference.state.label,
                step=taken.label,
            )
        )
    form = pages.bind(page.form, values=_first_values(conference, taken))
    show = url_for("conference.show", public_id=conference.public_id)
    return pages.answer(
        form,
        save=lambda: service.take(conference, taken, **form.values(), by=guard.current_account(), at=clock.now()),
        done=show,
        said=page.said,
        template="confirm_page.html",
        title=taken.label,
        lead=conference.title,
        consequences=[*page.consequences, *_warnings(conference, taken)],
        unchanged=page.unchanged,
        submit_label=page.label,
        keep_label=_("Thôi, giữ nguyên"),
        keep_url=show,
        back=(show, _("Hội nghị")),
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
    )


def _warnings(conference: Conference, taken: ConferenceStep) -> list[str]:
    """What the reader should know before the step, from the conference itself."""
    waiting = queries.unanswered(conference) if taken is ConferenceStep.APPROVE else 0
    return [_("Còn %(count)s góp ý chưa được trả lời.", count=waiting)] if waiting else []


def _first_values(conference: Conference, taken: ConferenceStep) -> dict[str, Any]:
    """What a step's form offers at first: a week for comments; a reason form carries the version."""
    if taken is ConferenceStep.SEND_MINUTES:
        return {"comments_due_on": guard.today() + timedelta(days=COMMENT_DAYS)}
    return {"version": conference.version}


def pages_of_steps(kind: BlocKind) -> dict[ConferenceStep, StepPage]:
    """The words of each step in a bloc of this kind; made at each request, in the reader's language."""
    kept = _("Nội dung đã ghi của hội nghị được giữ nguyên.")
    return {
        ConferenceStep.POSTPONE: StepPage(
            _("Hoãn hội nghị"),
            (_("Hội nghị chuyển sang “Hoãn”; các đơn vị thành viên thấy việc hoãn và lý do."),
             _("Thường trực %(bloc)s định lại ngày họp khi có ngày mới.", bloc=kind.small)),
            kept, _("Đã ghi việc hoãn hội nghị."), StepReasonForm,
        ),
        ConferenceStep.PLAN_AGAIN: StepPage(
            _("Định lại ngày họp"),
            (_("Hội nghị trở lại “Dự kiến” với ngày họp mới."),
             _("Các đơn vị thành viên thấy ngày mới và cử lại đại biểu nếu cần.")),
            kept, _("Đã định lại ngày họp."), PlanAgainForm,
        ),
        ConferenceStep.CANCEL: StepPage(
            _("Hủy hội nghị"),
            (_("Hội nghị chuyển sang “Hủy” và không mở lại được; các đơn vị thành viên thấy lý do."),),
            _("Các nhiệm vụ đang mở không đổi và lên hội nghị sau."), _("Đã hủy hội nghị."), StepReasonForm,
        ),
        ConferenceStep.HOLD: StepPage(
            _("Ghi nhận đã họp"),
            (_("Hội nghị chuyển sang “Đã họp”; thường trực %(bloc)s ghi diễn biến, chỉ đạo, kết luận.",
               bloc=kind.small),
             _("Các đơn vị chưa đọc được diễn biến cho đến khi biên bản được gửi lấy ý kiến.")),
            kept, _("Đã ghi nhận hội nghị đã họp."),
        ),
        ConferenceStep.SEND_MINUTES: StepPage(
            _("Gửi biên bản lấy ý kiến"),
            (_("Mọi đơn vị thành viên đọc được biên bản và góp ý đến hết hạn."),
             _("Thường trực %(bloc)s trả lời từng góp ý; lãnh đạo đơn vị %(Bloc)s trưởng thông qua.",
               bloc=kind.small, Bloc=kind.word)),
            kept, _("Đã gửi biên bản lấy ý kiến."), SendMinutesForm,
        ),
        ConferenceStep.TAKE_BACK: StepPage(
            _("Rút biên bản về sửa"),
            (_("Các đơn vị thành viên không đọc được biên bản cho đến khi gửi lại; họ thấy lý do."),),
            _("Các góp ý đã nhận được giữ nguyên."), _("Đã rút biên bản về sửa."), StepReasonForm,
        ),
        ConferenceStep.APPROVE: StepPage(
            _("Thông qua biên bản"),
            (_("Biên bản được thông qua dưới tên người bấm; hội nghị đóng lại, không ai sửa được nội dung."),
             _("Mọi đơn vị thành viên tải được báo cáo, biên bản và bảng tổng hợp, không còn dấu DỰ THẢO.")),
            _("Nhiệm vụ từ hội nghị vẫn được cập nhật tiến độ. Muốn sửa biên bản, cơ quan theo dõi phải mở lại."),
            _("Đã thông qua biên bản."),
        ),
        ConferenceStep.REOPEN: StepPage(
            _("Mở lại hội nghị"),
            (_("Hội nghị trở lại “Đã họp”; thường trực %(bloc)s sửa được nội dung và phải gửi, thông qua lại biên bản.",
               bloc=kind.small),
             _("Các đơn vị thành viên thấy việc mở lại và lý do; văn bản tải về mang lại dấu DỰ THẢO.")),
            kept, _("Đã mở lại hội nghị."), StepReasonForm,
        ),
    }  # fmt: skip


@bp.route("/conferences/<id:public_id>/letterhead", methods=["GET", "POST"])
@guard.allowed(policy.may_set_letterhead, Conference)
def letterhead(conference: Conference) -> ResponseReturnValue:
    form = pages.bind(LetterheadForm, values=letterhead_values(conference))
    show = url_for("conference.show", public_id=conference.public_id)
    return pages.answer(
        form,
        save=lambda: service.set_letterhead(
            conference, **form.values(), seen=form.seen, by=guard.current_account(), at=clock.now()
        ),
        done=show,
        said=_("Đã lưu thể thức văn bản."),
        current=lambda: letterhead_values(conference),
        title=_("Thể thức văn bản"),
        lead=_("Ô để trống được lấy theo đơn vị %(Bloc)s trưởng và %(bloc)s trong ngày họp.",
               bloc=conference.bloc.kind.small, Bloc=conference.bloc.kind.word),
        hints={
            "report_sign": _("Ví dụ: BC-KTĐ"),
            "minutes_sign": _("Ví dụ: BB-KTĐ"),
            "signed_on": _("Từ ngày họp %(day)s trở đi", day=short_date(conference.first_day)),
            "recipients": _("Ví dụ: Các đơn vị trong %(Bloc)s", Bloc=conference.bloc.kind.word),
        },
        submit_label=_("Lưu thể thức"),
        cancel_url=show,
        back=(show, _("Hội nghị")),
        head=head.of(conference.bloc, "conferences", conference.first_day.year),
    )


def letterhead_values(conference: Conference) -> dict[str, Any]:
    """What is set now, by field; version 0 while nothing is."""
    own = conference.letterhead
    names = [name for name in LetterheadForm()._fields if name != "version"]
    return {"version": own.version if own else 0, **{name: getattr(own, name, None) for name in names}}
