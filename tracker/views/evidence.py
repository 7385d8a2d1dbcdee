"""Files of a unit's lines and achievements: added, taken away, and the list of what is still missing."""

from flask import Blueprint, current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker import clock, guard, policy
from tracker.forms.achievement import EvidenceForm
from tracker.forms.base import UserForm
from tracker.models.attachment import Attachment
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Achievement, Entry, Submission
from tracker.queries import submission_page as queries
from tracker.services import evidence as services
from tracker.text import shorten
from tracker.views import head, pages
from tracker.views.submission_words import period_url, place_of

bp = Blueprint("evidence", __name__)
MEGABYTE = 1024 * 1024


@bp.route("/entries/<id:public_id>/files/new", methods=["GET", "POST"])
@guard.allowed(policy.may_write_entry, Entry)
def add(entry: Entry) -> ResponseReturnValue:
    return _add(entry, place_of(entry))


@bp.route("/achievements/<id:public_id>/files/new", methods=["GET", "POST"])
@guard.allowed(policy.may_write_achievement, Achievement)
def add_to_achievement(achievement: Achievement) -> ResponseReturnValue:
    return _add(achievement, shorten(achievement.subject or achievement.text, 200))


def _add(owner: Entry | Achievement, place: str) -> ResponseReturnValue:
    form = pages.bind(EvidenceForm)
    submission = owner.submission
    back = edit_url(submission, owner)
    limit, quota = current_app.config["FILE_LIMIT"], current_app.config["UNIT_QUOTA"]

    def save() -> int:
        for stream, name in form.chosen():
            services.add_file(
                owner, stream, name, limit=limit, quota=quota, by=guard.current_account(), at=clock.now()
            )
        return len(form.chosen())

    used = services.used_bytes(submission)
    return pages.answer(
        form,
        save=save,
        done=back,
        said=lambda count: _("Đã thêm %(count)s tệp.", count=count),
        title=_("Thêm tài liệu minh chứng"),
        lead=place,
        back=(back, _("Báo cáo")),
        head=head.of(submission.period.bloc, "periods", submission.period.year),
        hints={
            "files": _(
                "PDF, Word, Excel, OpenDocument, ảnh JPG hoặc PNG; mỗi tệp nhiều nhất %(most)s MB. Năm %(year)s đơn vị "
                "đã dùng %(used)s trên %(quota)s MB. Chọn được nhiều tệp cùng lúc.",
                most=limit // MEGABYTE, year=submission.period.year, used=_megabytes(used), quota=quota // MEGABYTE,
            ),
            "no_secrets": _(
                "Tệp có dòng chữ MẬT, TỐI MẬT, TUYỆT MẬT bị chặn lại và không được lưu. Bản quét, bản chụp thì chương "
                "trình không đọc được chữ: đơn vị tự xem."
            ),
        },
        submit_label=_("Thêm tài liệu"),
        cancel_url=back,
        multipart=True,
        secrets=True,
    )  # fmt: skip


@bp.route("/attachments/<id:public_id>/remove", methods=["GET", "POST"])
@guard.allowed(policy.may_write_evidence, Attachment)
def remove(attachment: Attachment) -> ResponseReturnValue:
    owner = attachment.entry or attachment.achievement
    assert owner is not None
    submission, name = owner.submission, attachment.name
    back = edit_url(submission, owner)
    return pages.answer(
        pages.bind(UserForm),
        save=lambda: services.remove_file(attachment, by=guard.current_account(), at=clock.now()),
        done=back,
        said=_("Đã bỏ tệp “%(name)s”.", name=name),
        template="confirm_page.html",
        title=_("Bỏ tài liệu"),
        lead=name,
        consequences=[
            _("tệp “%(name)s” bị xóa khỏi báo cáo và không lấy lại được;", name=name),
            _("lịch sử báo cáo vẫn ghi tên tệp, ai bỏ và lúc nào."),
        ],
        unchanged=_("Số liệu và các tệp khác của dòng không đổi."),
        submit_label=_("Bỏ tệp"),
        keep_label=_("Giữ tệp"),
        keep_url=back,
        back=(back, _("Báo cáo")),
        head=head.of(submission.period.bloc, "periods", submission.period.year),
    )


@bp.get("/periods/<id:public_id>/missing-evidence")
@guard.allowed(policy.may_see_period_board, ReportingPeriod)
def missing(period: ReportingPeriod) -> ResponseReturnValue:
    """Which lines of which units lack their evidence."""
    return render_template(
        "submission/missing_evidence.html",
        title=_("Tài liệu minh chứng còn thiếu, %(period)s", period=period.period.label),
        rows=queries.missing_evidence(period, guard.current_account(), guard.today()),
        back=(period_url(period), _("Kỳ báo cáo")),
        head=head.of(period.bloc, "periods", period.year),
    )


def edit_url(submission: Submission, owner: Entry | Achievement | None = None) -> str:
    """The form, at the line or at the achievements."""
    anchor = f"dong-{owner.public_id}" if isinstance(owner, Entry) else "thanh-tich" if owner is not None else None
    return url_for("submission.edit", public_id=submission.public_id, _anchor=anchor)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".removesuffix(".0").replace(".", ",")
