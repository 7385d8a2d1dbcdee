"""Achievements of a unit's report: each on a page of its own, whose fields follow the kind."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.domain.submissions import AchievementKind, AwardLevel, AwardMethod, AwardObject, AwardSystem
from tracker.forms.achievement import ASKED, AchievementForm
from tracker.forms.base import UserForm
from tracker.models.submission import Achievement, Submission
from tracker.queries import submission_page as queries
from tracker.services import entry as services
from tracker.text import shorten
from tracker.views import head, pages

bp = Blueprint("achievement", __name__)
CODED = {
    "award_object": AwardObject,
    "award_method": AwardMethod,
    "conferred_level": AwardLevel,
    "conferred_system": AwardSystem,
}


@bp.route("/submissions/<id:public_id>/achievements/new", methods=["GET", "POST"])
@guard.allowed(policy.may_write_submission, Submission)
def new(submission: Submission) -> ResponseReturnValue:
    """First the kind, then its fields."""
    asked = request.args.get("kind")
    if asked not in set(AchievementKind):
        return render_template(
            "submission/achievement_kinds.html",
            title=_("Thêm thành tích"),
            kinds=[(kind, words) for kind, words in _kinds().items()],
            submission=submission,
            back=(_back(submission), _("Báo cáo")),
            head=_head(submission),
        )
    kind = AchievementKind(asked)
    form, values = _form(submission, kind, {})

    def save() -> Achievement:
        return services.add_achievement(submission, values=values(), by=guard.current_account(), at=clock.now())

    return _answer(form, submission, kind, save=save, said=_("Đã thêm thành tích."), title=_("Thêm thành tích"))


@bp.route("/achievements/<id:public_id>/edit", methods=["GET", "POST"])
@guard.allowed(policy.may_write_achievement, Achievement)
def edit(achievement: Achievement) -> ResponseReturnValue:
    submission, kind = achievement.submission, achievement.kind
    form, values = _form(submission, kind, _kept(achievement), achievement)

    def save() -> Achievement:
        return services.change_achievement(
            achievement, values=values(), seen=form.seen, by=guard.current_account(), at=clock.now()
        )

    return _answer(
        form, submission, kind, save=save, said=_("Đã lưu thành tích."), title=_("Sửa thành tích"),
        current=lambda: _kept(achievement),
    )  # fmt: skip


@bp.route("/achievements/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_write_achievement, Achievement)
def remove(achievement: Achievement) -> ResponseReturnValue:
    submission, count = achievement.submission, len(achievement.files)
    back = _back(submission)
    files = [_("%(count)s tệp kèm theo bị bỏ cùng.", count=count)] if count else []
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: services.remove_achievement(achievement, by=guard.current_account(), at=clock.now()),
        done=back,
        said=_("Đã bỏ thành tích."),
        template="confirm_page.html",
        title=_("Bỏ thành tích"),
        lead=shorten(achievement.subject or achievement.award or achievement.text, 200),
        consequences=[_("mục này không còn trong báo cáo của đơn vị."), *files],
        unchanged=_("Lịch sử báo cáo vẫn ghi nội dung cũ, ai bỏ và lúc nào."),
        submit_label=_("Bỏ thành tích"),
        keep_label=_("Giữ lại"),
        keep_url=back,
        back=(back, _("Báo cáo")),
        head=_head(submission),
    )


def _form(
    submission: Submission, kind: AchievementKind, kept: dict[str, Any], achievement: Achievement | None = None
) -> tuple[AchievementForm, Any]:
    """The form of a kind, and what turns it into the values of the service."""
    movements = queries.movements(submission, achievement)
    offered = [(row.public_id, row.name) for row in movements]
    form = pages.bind(AchievementForm, values=kept, prepare=lambda made: made.ask(kind, offered))

    def values() -> dict[str, Any]:
        typed: dict[str, Any] = {"kind": kind, **form.values()}
        for name, words in CODED.items():
            if typed.get(name):
                typed[name] = words(typed[name])
        typed["movement"] = next((row for row in movements if row.public_id == typed["movement"]), None)
        return typed

    return form, values


def _kept(achievement: Achievement) -> dict[str, Any]:
    names = [name for name in ASKED[achievement.kind] if name != "movement"]
    movement = achievement.movement.public_id if achievement.movement else None
    return {
        "version": achievement.version, "movement": movement, **{name: getattr(achievement, name) for name in names}
    }  # fmt: skip


def _answer(form: AchievementForm, submission: Submission, kind: AchievementKind, **page: Any) -> ResponseReturnValue:
    back = _back(submission)
    return pages.answer(
        form,
        done=back,
        lead=kind.label,
        back=(back, _("Báo cáo")),
        head=_head(submission),
        hints=_hints(kind),
        fields=list(ASKED[kind]),
        submit_label=_("Lưu thành tích"),
        cancel_url=back,
        secrets=True,
        **page,
    )


def _back(submission: Submission) -> str:
    return url_for("submission.edit", public_id=submission.public_id, _anchor="thanh-tich")


def _head(submission: Submission) -> head.BlocHead:
    return head.of(submission.period.bloc, "periods", submission.period.year)


def _kinds() -> dict[AchievementKind, str]:
    """What belongs under each kind."""
    return {
        AchievementKind.COLLECTIVE: _("Kết quả nổi bật của phòng, ban, đơn vị trực thuộc."),
        AchievementKind.PERSON: _("Kết quả nổi bật của một người."),
        AchievementKind.EXAMPLE: _("Người tốt, việc tốt, mô hình hay để các đơn vị học tập."),
        AchievementKind.INITIATIVE: _("Sáng kiến được công nhận hoặc đang áp dụng, hiệu quả, giá trị làm lợi."),
        AchievementKind.HELP: _("Giúp xã, hộ khó khăn: việc đã làm và giá trị."),
        AchievementKind.AWARD: _("Danh hiệu, bằng khen, giấy khen đã nhận: số, ngày quyết định, cấp khen."),
    }


def _hints(kind: AchievementKind) -> dict[str, str]:
    examples = {
        AchievementKind.COLLECTIVE: _("Ví dụ: Phòng Quản lý đô thị."),
        AchievementKind.PERSON: _("Ví dụ: Nguyễn Văn A, chuyên viên Phòng Kế hoạch."),
        AchievementKind.EXAMPLE: _("Ví dụ: Tổ một cửa; Nguyễn Văn A."),
        AchievementKind.INITIATIVE: _("Ví dụ: Nguyễn Văn A và nhóm tác giả."),
        AchievementKind.HELP: _("Ví dụ: xã A; 12 hộ nghèo ở xã B."),
        AchievementKind.AWARD: _("Ví dụ: Văn phòng Sở; Nguyễn Văn A. Nhiều đối tượng thì ghi chung."),
    }
    return {
        "subject": examples[kind],
        "text": _("Làm được gì, kết quả ra sao; mỗi ý một dòng."),
        "field": _("Ví dụ: cải cách hành chính, chuyển đổi số."),
        "happened_on": _("Ví dụ 20/05/2026; không rõ ngày thì để trống."),
        "value": _("Ví dụ 45.000.000; chưa tính được thì để trống."),
        "award": _("Ví dụ: Bằng khen của Chủ tịch UBND tỉnh."),
        "count": _("Số tập thể, cá nhân được khen bằng quyết định này, ví dụ 3."),
        "decision_number": _("Ví dụ 123/QĐ-UBND."),
        "decided_on": _("Ví dụ 20/05/2026."),
        "conferred_system": _("Địa phương hay ngành dọc, để không đếm hai lần."),
    }
