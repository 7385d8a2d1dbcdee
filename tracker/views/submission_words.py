"""What the pages of a submission say in words: where it stands, who holds it since when, what each step did."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from tracker import clock, guard
from tracker.domain.deadlines import deadline
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState, SubmissionStep
from tracker.domain.vietnamese import short_date
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Section, Submission, SubmissionTaken
from tracker.queries.submission_page import SubmissionPage
from tracker.views import frame

Step = tuple[str, str, str, str | None]
STATE_KEYS = {SubmissionState.NOT_BEGUN: "none"}


@dataclass(frozen=True)
class StepSaid:
    """One line of the way of a submission. `places`: (line or section, reason)."""

    label: str
    who: str
    at: datetime
    reason: str
    places: tuple[tuple[str, str], ...]


def period_url(period: ReportingPeriod) -> str:
    return url_for("period.show", public_id=period.public_id)


def title_of(submission: Submission) -> str:
    return str(_("Kết quả %(period)s", period=submission.period.period.label))


def unit_name(submission: Submission) -> str:
    """As it was called in the period."""
    return submission.unit.named_on(submission.period.period.last_day).name


def place_of(place: Entry | Section) -> str:
    """ "1.2 Tỷ lệ giải ngân", "Hạn chế, nguyên nhân"."""
    if isinstance(place, Section):
        return place.kind.label
    if place.criterion is not None:
        return f"{place.criterion.number} {place.criterion.title}".strip()
    return place.pledge_row.content if place.pledge_row is not None else ""


def state_key(state: SubmissionState) -> str:
    """The key of its shape and word in macros/states.html."""
    return STATE_KEYS.get(state, state.value)


def local_day(moment: datetime) -> str:
    """30/06/2026 in the reader's zone."""
    return short_date(clock.local(moment, guard.current_account().authority.time_zone).date())


def due_of(page: SubmissionPage) -> tuple[str, str, str]:
    """(moment, words, tone) of the unit's own due time, with its extension."""
    zone = guard.current_account().authority.time_zone
    due = clock.local(page.submission.period.due_at, zone)
    if page.extension is not None and page.extension.until > due.date():
        until = page.extension.until
        due = due.replace(year=until.year, month=until.month, day=until.day)
    words, tone = deadline(due.date(), guard.today())
    if page.submission.first_sent_at is not None or page.submission.period.state is not PeriodState.OPEN:
        words, tone = "", ""
    return f"{due:%H:%M} ngày {short_date(due.date())}", words, tone


def lateness(page: SubmissionPage) -> str:
    """ "trước hạn 10 ngày", "đúng hạn", "chậm 2 ngày"; blank while nothing was sent."""
    first = page.submission.first_sent_at
    if page.late is None or first is None:
        return ""
    if page.late:
        return str(_("chậm %(days)s ngày", days=page.late))
    zone = guard.current_account().authority.time_zone
    early = (clock.local(page.submission.period.due_at, zone).date() - clock.local(first, zone).date()).days
    return str(_("trước hạn %(days)s ngày", days=early)) if early > 0 else str(_("đúng hạn"))


def stepper(page: SubmissionPage) -> list[Step]:
    """(label, detail, done / current / next, symbol): written, sent, maybe returned, accepted, locked."""
    submission = page.submission
    state, period = submission.state, submission.period
    begun = _first(page, SubmissionStep.WRITE)
    writes = state in (SubmissionState.NOT_BEGUN, SubmissionState.DRAFT)
    write_detail = _("%(who)s, từ %(day)s", who=begun.by.full_name, day=local_day(begun.at)) if begun else ""
    if writes and submission.with_head_at is not None:
        write_detail = _("Chờ lãnh đạo đơn vị duyệt, từ %(at)s", at=frame.local_time(submission.with_head_at))
    label = SubmissionState.NOT_BEGUN.label if state is SubmissionState.NOT_BEGUN else _("Soạn")
    shape = state_key(state) if writes else None
    steps: list[Step] = [(label, write_detail or _("Đơn vị"), "current" if writes else "done", shape)]
    sent = "next" if writes else "current" if state is SubmissionState.SENT else "done"
    steps.append((_("Đã gửi"), _sent_detail(page), sent, "sent" if sent == "current" else None))
    if state is SubmissionState.RETURNED:
        steps.append((_returned_label(page), _returned_detail(page), "current", "returned"))
    accepted = state is SubmissionState.ACCEPTED
    detail = _("Thường trực %(bloc)s", bloc=period.bloc.kind.small)
    if accepted and submission.accepted_by is not None:
        detail = f"{submission.accepted_by.full_name}, {frame.local_time(submission.accepted_at)}"
    locked = period.is_locked
    steps.append((_("Tiếp nhận"), detail, "done" if accepted and locked else "current" if accepted else "next",
                  "accepted" if accepted else None))  # fmt: skip
    steps.append((_("Khóa"), _lock_detail(period), "done" if locked else "next", "locked" if locked else None))
    return steps


def _first(page: SubmissionPage, step: SubmissionStep) -> SubmissionTaken | None:
    return next((taken for taken in page.steps if taken.step is step), None)


def _sent_detail(page: SubmissionPage) -> str:
    submission = page.submission
    if submission.last_sent_at is None:
        return str(_("Hạn %(day)s", day=local_day(submission.period.due_at)))
    said = frame.local_time(submission.last_sent_at)
    checking = ""
    if submission.state is SubmissionState.SENT and submission.checked_at is not None:
        checking = _("; thường trực %(bloc)s đang kiểm tra", bloc=submission.period.bloc.kind.small)
    return f"{said}, {lateness(page)}{checking}"


def _returned_label(page: SubmissionPage) -> str:
    count = sum(1 for place in page.places.values() if place.returned_reason)
    return str(_("Trả lại %(count)s chỗ", count=count) if count else _("Trả lại toàn bộ"))


def _returned_detail(page: SubmissionPage) -> str:
    taken = [step for step in page.steps if step.step is SubmissionStep.RETURN][-1]
    days = (guard.today() - clock.local(taken.at, guard.current_account().authority.time_zone).date()).days
    holds = _("Đơn vị đang giữ, %(days)s ngày", days=days) if days else _("Đơn vị đang giữ, từ hôm nay")
    return f"{who(page, taken)} trả {frame.local_time(taken.at)}. {holds}"


def _lock_detail(period: ReportingPeriod) -> str:
    return frame.local_time(period.locked_at or period.locks_at)


def who(page: SubmissionPage, taken: SubmissionTaken) -> str:
    """The person, with the unit of the time."""
    unit = page.names.get(taken.by.unit_id) if taken.by.unit_id is not None else None
    return f"{taken.by.full_name} ({unit})" if unit else taken.by.full_name


def steps_said(page: SubmissionPage) -> list[StepSaid]:
    """Every step, the last one first: kept and shown for ever."""
    return [
        StepSaid(
            taken.step.label,
            who(page, taken),
            taken.at,
            taken.reason,
            tuple(
                (place_of(owner), place.reason)
                for place in taken.returned
                if (owner := place.entry or place.section) is not None
            ),
        )
        for taken in reversed(page.steps)
    ]
