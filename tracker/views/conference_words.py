"""What the page of a conference says in words: when, what kind, where it stands, what comes next."""

from datetime import date

from flask_babel import gettext as _

from tracker import policy
from tracker.domain.conference_dates import when
from tracker.domain.conferences import ConferenceState, ConferenceStep
from tracker.domain.vietnamese import joined, short_date, spoken_date
from tracker.models.conference import Chair, Conference, ConferenceTaken
from tracker.queries.conference import ConferencePage
from tracker.views import frame

Step = tuple[str, str, str, str | None]
ORDER = (
    ConferenceState.PLANNED,
    ConferenceState.HELD,
    ConferenceState.MINUTES_SENT,
    ConferenceState.APPROVED,
)
SYMBOLS = {
    ConferenceState.PLANNED: "planned",
    ConferenceState.POSTPONED: "postponed",
    ConferenceState.CANCELLED: "called-off",
    ConferenceState.HELD: "held",
    ConferenceState.MINUTES_SENT: "minutes",
    ConferenceState.APPROVED: "approved",
}
LEADS_TO = {
    ConferenceState.HELD: ConferenceStep.HOLD,
    ConferenceState.MINUTES_SENT: ConferenceStep.SEND_MINUTES,
    ConferenceState.APPROVED: ConferenceStep.APPROVE,
}
#: The step that the page offers first in each state.
MAIN = {
    ConferenceState.PLANNED: ConferenceStep.HOLD,
    ConferenceState.POSTPONED: ConferenceStep.PLAN_AGAIN,
    ConferenceState.HELD: ConferenceStep.SEND_MINUTES,
    ConferenceState.MINUTES_SENT: ConferenceStep.APPROVE,
}


def when_of(conference: Conference) -> str:
    """ "Sáng 20/7/2022", "Tháng 7 năm 2022"."""
    return when(
        conference.precision, conference.first_day, conference.last_day, conference.day_part, conference.starts_at
    )


def kinds_of(conference: Conference) -> str:
    return joined([kind.label for kind in conference.kind_set])


def rule_of(step: ConferenceStep) -> policy.Rule:
    """Who may take the step."""
    rules = {
        ConferenceStep.APPROVE: policy.may_approve_minutes,
        ConferenceStep.REOPEN: policy.may_reopen_conference,
    }
    return rules.get(step, policy.may_write_conference)


def has_come(step: ConferenceStep, conference: Conference, day: date) -> bool:
    """A planned conference is not held before its day; every other step waits for no date."""
    return step is not ConferenceStep.HOLD or conference.first_day <= day


def main_step(conference: Conference, steps: list[ConferenceStep]) -> ConferenceStep | None:
    """The one step that the page puts forward for this reader."""
    main = MAIN.get(conference.state)
    return main if main in steps else None


def stepper(page: ConferencePage, day: date) -> list[Step]:
    """(label, detail, done / current / next, symbol) of the four states; a postponed one stands at the first."""
    conference = page.conference
    state = conference.state
    if state in (ConferenceState.POSTPONED, ConferenceState.CANCELLED):
        reason = page.steps[-1].reason if page.steps else ""
        rest = [(later.label, "", "next", None) for later in ORDER[1:]]
        first = (state.label, reason, "current", SYMBOLS[state])
        return [first, *rest] if state is ConferenceState.POSTPONED else [first]
    place = ORDER.index(state)
    return [
        (
            shown.label,
            _detail(page, shown, index, place, day),
            "done" if index < place or state is ConferenceState.APPROVED else "current" if index == place else "next",
            SYMBOLS[shown] if index == place else None,
        )
        for index, shown in enumerate(ORDER)
    ]


def _detail(page: ConferencePage, shown: ConferenceState, index: int, place: int, day: date) -> str:
    """Who brought it here and since when; what is awaited at the present state."""
    conference = page.conference
    if index > place:
        waiting = {
            ConferenceState.HELD: _("họp %(when)s", when=when_of(conference)[:1].lower() + when_of(conference)[1:]),
            ConferenceState.APPROVED: _("Thủ trưởng đơn vị %(Bloc)s trưởng", Bloc=conference.bloc.kind.word),
        }
        return str(waiting.get(shown, ""))
    if shown is ConferenceState.PLANNED:
        return when_of(conference)
    taken = _taken(page, shown)
    said = f"{taken.by.full_name}, {frame.local_time(taken.at)}" if taken else ""
    if shown is ConferenceState.MINUTES_SENT and index == place and conference.comments_due_on:
        due = conference.comments_due_on
        return str(_("Góp ý đến hết %(day)s", day=short_date(due)) if due >= day else _("Hết hạn góp ý"))
    return said


def _taken(page: ConferencePage, shown: ConferenceState) -> ConferenceTaken | None:
    """The latest step that led to a state."""
    found = [taken for taken in page.steps if taken.step is LEADS_TO[shown]]
    return found[-1] if found else None


def chair_of(page: ConferencePage, chair: Chair) -> str:
    """ "đ/c A, Giám đốc, Sở B (đơn vị Khối trưởng)": what is known, in this order."""
    kind = page.conference.bloc.kind
    unit = page.names[chair.unit_id] if chair.unit_id is not None else ""
    role = page.roles.get(chair.unit_id) if chair.unit_id is not None else None
    unit_words = _("%(unit)s (đơn vị %(role)s)", unit=unit, role=role.called_in(kind)) if role else unit
    person = ", ".join(word for word in (chair.person_name and f"đ/c {chair.person_name}", chair.person_post) if word)
    return ", ".join(word for word in (person, unit_words) if word)


def facts(page: ConferencePage) -> list[tuple[str, str | None, str | None]]:
    """(label, value, word when blank) of the panel "Thông tin"."""
    conference = page.conference
    hours = " - ".join(f"{hour:%H:%M}" for hour in (conference.starts_at, conference.ends_at) if hour)
    secretary = ", ".join(word for word in (conference.secretary_name, conference.secretary_post) if word)
    host = page.names.get(conference.host_unit_id) if conference.host_unit_id is not None else None
    not_said = _("không nêu")
    return [
        (_("Loại"), kinds_of(conference), None),
        (_("Kỳ"), conference.period.label if conference.period else None, _("không theo kỳ")),
        (_("Thời gian"), when_of(conference), None),
        (_("Giờ"), hours, not_said),
        (_("Địa điểm"), conference.venue, not_said),
        (_("Đăng cai"), host, not_said),
        (_("Chủ trì"), "; ".join(chair_of(page, chair) for chair in page.chairs), not_said),
        (_("Thư ký"), secretary, not_said),
        (_("Biên bản"), _minutes(conference), _("chưa gửi lấy ý kiến")),
    ]


def _minutes(conference: Conference) -> str:
    if conference.approved_at and conference.approved_by:
        return _("%(name)s thông qua lúc %(at)s", name=conference.approved_by.full_name,
                 at=frame.local_time(conference.approved_at))  # fmt: skip
    if conference.state is ConferenceState.MINUTES_SENT and conference.comments_due_on:
        return _("đang lấy ý kiến đến hết %(day)s", day=spoken_date(conference.comments_due_on))
    return ""
