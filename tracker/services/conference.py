"""Conferences: planned, changed, and taken from state to state. Their parts are kept by services/course."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from tracker.db import db
from tracker.domain import conferences
from tracker.domain.conference_dates import Meeting, meeting
from tracker.domain.conferences import ConferenceKind, ConferenceState, ConferenceStep, DayPart, Precision
from tracker.domain.periods import PeriodKind
from tracker.domain.vietnamese import short_date
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.conference import Chair, Conference, ConferenceKindRow, ConferenceTaken
from tracker.models.unit import Unit
from tracker.services.letterhead import set_letterhead
from tracker.services.recording import recorded
from tracker.text import clean_block, clean_line, fold

__all__ = ["ChairGiven", "change", "local_day", "plan", "refuse_closed", "set_chairs", "set_letterhead", "take"]

PLAIN = ("subject", "venue", "secretary_name", "secretary_post", "source_note")


@dataclass(frozen=True)
class ChairGiven:
    """One who presides: a unit, a named person, or a person of a unit."""

    unit: Unit | None
    person_name: str | None
    person_post: str | None


@recorded
def plan(
    bloc: Bloc,
    *,
    title: str,
    kinds: Iterable[ConferenceKind],
    precision: Precision = Precision.DAY,
    first_day: date,
    last_day: date | None = None,
    period_kind: PeriodKind | None = None,
    period_year: int | None = None,
    day_part: DayPart | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    host_unit: Unit | None = None,
    source_text: str | None = None,
    chairs: Sequence[ChairGiven] | None = None,
    by: Account | None,
    at: datetime,
    **words: str | None,
) -> Conference:
    """A new conference in state Dự kiến.

    `words`: venue, subject, secretary_name, secretary_post, source_note. RuleBroken names the field that is wrong;
    a second conference of the same title on the same days (a form sent twice) is refused.
    """
    db.session.scalar(select(Bloc.id).where(Bloc.id == bloc.id).with_for_update())
    met = meeting(precision, first_day, last_day, day_part, starts_at, ends_at)
    if bloc.dissolved_on is not None and met.first_day >= bloc.dissolved_on:
        raise RuleBroken(f"{bloc.kind.word} đã giải thể từ ngày {short_date(bloc.dissolved_on)}.", field="first_day")
    conference = Conference(bloc=bloc, state=ConferenceState.PLANNED)
    _fill(conference, title, met, period_kind, period_year, host_unit, source_text, words)
    _refuse_twin(conference)
    _set_kinds(conference, kinds)
    db.session.add(conference)
    if chairs is not None:
        _set_chairs(conference, chairs)
    return conference


@recorded
def change(
    conference: Conference,
    *,
    title: str,
    kinds: Iterable[ConferenceKind],
    precision: Precision = Precision.DAY,
    first_day: date,
    last_day: date | None = None,
    period_kind: PeriodKind | None = None,
    period_year: int | None = None,
    day_part: DayPart | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    host_unit: Unit | None = None,
    source_text: str | None = None,
    chairs: Sequence[ChairGiven] | None = None,
    seen: int,
    by: Account | None,
    at: datetime,
    **words: str | None,
) -> Conference:
    """Change what is known of a conference. Conflict when someone saved it since; NotOpen when it is closed."""
    refuse_closed(conference)
    if seen != conference.version:
        raise Conflict(conference)
    met = meeting(precision, first_day, last_day, day_part, starts_at, ends_at)
    if conference.state in ConferenceState.after_holding():
        _refuse_future(conference, met.first_day, at)
    flag_modified(conference, "title_fold")  # kinds and chairs are rows of their own: the version counts them too
    _fill(conference, title, met, period_kind, period_year, host_unit, source_text, words)
    _refuse_twin(conference)
    _set_kinds(conference, kinds)
    if chairs is not None:
        _set_chairs(conference, chairs)
    return conference


@recorded
def take(
    conference: Conference,
    step: ConferenceStep,
    *,
    reason: str = "",
    by: Account | None,
    at: datetime,
    comments_due_on: date | None = None,
    new_first_day: date | None = None,
    new_last_day: date | None = None,
) -> Conference:
    """Take one step and keep it.

    NotOpen when it does not follow the state, ReasonMissing without its reason. To hold needs a first day that has
    come; to plan again a new day; the comments' due date may not lie before the day the minutes are sent.
    """
    said = clean_block(reason)
    after = conferences.after(conference.state, step, said)
    if by is None:
        raise RuleBroken("Bước của hội nghị cần có người làm: hãy đăng nhập bằng tài khoản của người đó.")
    match step:
        case ConferenceStep.PLAN_AGAIN:
            _plan_again(conference, new_first_day, new_last_day)
        case ConferenceStep.HOLD:
            _refuse_future(conference, conference.first_day, at)
        case ConferenceStep.SEND_MINUTES:
            _send_minutes(conference, comments_due_on, at)
        case ConferenceStep.TAKE_BACK:
            conference.minutes_sent_at = conference.comments_due_on = None
        case ConferenceStep.APPROVE:
            conference.approved_at, conference.approved_by = at, by
        case ConferenceStep.REOPEN:
            conference.approved_at = conference.approved_by = None
    conference.state = after
    db.session.add(ConferenceTaken(conference=conference, step=step, at=at, by=by, reason=said))
    return conference


@recorded
def set_chairs(conference: Conference, chairs: Sequence[ChairGiven], *, by: Account | None, at: datetime) -> None:
    """Who presides, in order; who is not in `chairs` any more goes. RuleBroken for a row without unit and name."""
    refuse_closed(conference)
    _set_chairs(conference, chairs)


def refuse_closed(conference: Conference) -> None:
    """NotOpen when nothing may be written to the conference any more: approved, or called off."""
    if conference.state is ConferenceState.APPROVED:
        raise NotOpen("Biên bản đã thông qua nên hội nghị không sửa được nữa. Cơ quan theo dõi thi đua có thể mở lại.")
    if conference.state not in ConferenceState.editable():
        raise NotOpen(f"Hội nghị đang ở trạng thái “{conference.state.label}” nên không sửa được.")


def local_day(conference: Conference, at: datetime) -> date:
    """The day it is, at `at`, in the zone of the conference's authority."""
    return at.astimezone(ZoneInfo(conference.bloc.authority.time_zone)).date()


def _fill(
    conference: Conference,
    title: str,
    met: Meeting,
    period_kind: PeriodKind | None,
    period_year: int | None,
    host_unit: Unit | None,
    source_text: str | None,
    words: dict[str, str | None],
) -> None:
    if set(words) - set(PLAIN):
        raise TypeError(f"no such word of a conference: {sorted(set(words) - set(PLAIN))}")
    name = clean_line(title)
    if not name:
        raise RuleBroken("Hãy ghi tên hội nghị.", field="title")
    if period_kind is not None and period_year is None:
        raise RuleBroken(f"Hãy ghi năm của kỳ “{period_kind.label}”, ví dụ {met.first_day.year}.", field="period_year")
    if period_year is not None and period_kind is None:
        raise RuleBroken("Có năm thì cần chọn kỳ: hãy chọn kỳ hoặc để trống năm.", field="period_kind")
    if period_year is not None and abs(period_year - met.first_day.year) > 2:
        raise RuleBroken(f"Năm {period_year} của kỳ cách xa ngày họp: hãy xem lại.", field="period_year")
    conference.title, conference.title_fold = name, fold(name)
    conference.period_kind, conference.period_year = period_kind, period_year
    conference.precision, conference.first_day, conference.last_day = met.precision, met.first_day, met.last_day
    conference.day_part, conference.starts_at, conference.ends_at = met.day_part, met.starts_at, met.ends_at
    conference.host_unit = host_unit
    conference.source_text = clean_block(source_text) or None
    for word in PLAIN:
        setattr(conference, word, clean_line(words.get(word)) or None)


def _refuse_twin(conference: Conference) -> None:
    with db.session.no_autoflush:
        twin = db.session.scalar(
            select(Conference).where(
                Conference.bloc_id == conference.bloc.id,
                Conference.title_fold == conference.title_fold,
                Conference.first_day == conference.first_day,
                Conference.last_day == conference.last_day,
                Conference.state != ConferenceState.CANCELLED,
                Conference.public_id != conference.public_id,
            )
        )
    if twin is not None:
        raise RuleBroken(
            f"{conference.bloc.kind.word} đã có “{twin.title}” ngày {short_date(twin.first_day)}: "
            "hãy mở hội nghị ấy, hoặc đổi tên.",
            field="title",
        )


def _set_kinds(conference: Conference, kinds: Iterable[ConferenceKind]) -> None:
    wanted = set(kinds)
    if not wanted:
        raise RuleBroken("Hãy chọn ít nhất một loại hội nghị.", field="kinds")
    for row in list(conference.kinds):
        if row.kind not in wanted:
            conference.kinds.remove(row)
    held = {row.kind for row in conference.kinds}
    conference.kinds.extend(ConferenceKindRow(kind=kind) for kind in ConferenceKind if kind in wanted - held)


def _set_chairs(conference: Conference, chairs: Sequence[ChairGiven]) -> None:
    for place, given in enumerate(chairs, start=1):
        if given.unit is None and not clean_line(given.person_name):
            raise RuleBroken(
                f"Người chủ trì thứ {place} chưa có đơn vị hay họ tên: hãy ghi một trong hai, hoặc để trống cả dòng.",
                field=f"chair_{place}_unit",
            )
    for row in conference.chairs[len(chairs) :]:
        conference.chairs.remove(row)
    for place, given in enumerate(chairs):
        if place == len(conference.chairs):
            conference.chairs.append(Chair(position=place))
        row = conference.chairs[place]
        row.position, row.unit = place, given.unit
        row.person_name, row.person_post = clean_line(given.person_name) or None, clean_line(given.person_post) or None


def _refuse_future(conference: Conference, first_day: date, at: datetime) -> None:
    today = local_day(conference, at)
    if first_day > today:
        raise RuleBroken(
            f"Hôm nay {short_date(today)} chưa đến ngày họp {short_date(first_day)}: hãy sửa ngày họp hoặc chờ.",
            field="first_day",
        )


def _plan_again(conference: Conference, first_day: date | None, last_day: date | None) -> None:
    if first_day is None:
        raise RuleBroken("Hãy ghi ngày họp mới.", field="new_first_day")
    if last_day is not None and last_day < first_day:
        raise RuleBroken(
            f"Ngày cuối {short_date(last_day)} đứng trước ngày đầu {short_date(first_day)}.", field="new_last_day"
        )
    conference.precision = Precision.DAY
    conference.first_day, conference.last_day = first_day, last_day or first_day


def _send_minutes(conference: Conference, due_on: date | None, at: datetime) -> None:
    today = local_day(conference, at)
    if due_on is not None and due_on < today:
        raise RuleBroken(
            f"Hạn góp ý {short_date(due_on)} đã qua: hãy chọn từ hôm nay, {short_date(today)}, trở đi.",
            field="comments_due_on",
        )
    conference.minutes_sent_at, conference.comments_due_on = at, due_on
