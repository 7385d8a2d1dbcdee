"""Records to measure with: blocs of eight units, an earlier review with its items, a later one that finds them open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from flask.testing import FlaskClient

from tracker import create_app
from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, Force, TermRole
from tracker.domain.conferences import (
    AssessmentKind,
    Attendance,
    ConferenceKind,
    ConferenceStep,
    DelegateKind,
    RemarkKind,
)
from tracker.domain.periods import PeriodKind
from tracker.jobs import calm_collector
from tracker.models import closing
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import AgendaItem, Assessment, Delegate, Limitation, Remark
from tracker.models.unit import Unit
from tracker.services import account, action_item, authority, bloc, conference, course, term, unit

UNITS = 8
BEGINNING, EARLIER, LATER = date(2025, 1, 1), date(2025, 7, 18), date(2026, 1, 16)
EMAIL, MEMBER, PASSWORD = "thuky0@do.example", "thanhvien0@do.example", "mot cau ngan de do may"
SECRET = "benchmarks-only-0123456789abcdefghijkl"
SENTENCE = (
    "Các đơn vị rà soát chỉ tiêu đã ký giao ước, chọn việc khó để tập trung, phân công người theo dõi và báo cáo kết"
    " quả với thường trực khối trước ngày 25 hằng tháng; nơi nào chậm thì nêu nguyên nhân và đề xuất cách làm."
)


@dataclass(frozen=True)
class Measured:
    """The application with its records, and the public ids of what is looked at."""

    app: Flask
    bloc: str
    conference: str

    def browser(self, email: str = EMAIL) -> FlaskClient:
        """A browser of the bloc's secretary, or of a member's officer, signed in."""
        client = self.app.test_client()
        answer = client.post("/sign-in", data={"email": email, "password": PASSWORD})
        assert answer.status_code == 302, answer.status_code
        return client


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


@contextmanager
def year_of(items: int, blocs: int = 1) -> Iterator[Measured]:
    """A database in a temporary folder: `blocs` like blocs; in each the later review holds `items` agenda points,
    as many remarks, and finds as many items open, each given to all units."""
    with TemporaryDirectory() as folder:
        app = create_app(TRACKER_DATA=Path(folder), SECRET_KEY=SECRET, TESTING=True, WTF_CSRF_ENABLED=False)
        with app.app_context():
            db.create_all()
            closing.make(db.session.connection())
            province = authority.found(name="Ủy ban nhân dân tỉnh Đo", place_name="Đo", by=None, at=at(BEGINNING))
            made = [_bloc(province, number, items) for number in range(blocs)]
            ids = made[0][0].public_id, made[0][1].public_id
            db.session.commit()
            db.session.remove()
        calm_collector()
        yield Measured(app, *ids)
        with app.app_context():
            db.engine.dispose()


def _bloc(province: Authority, number: int, items: int) -> tuple[Bloc, Conference]:
    begun = at(BEGINNING)
    made = bloc.found(
        province, kind=BlocKind.KHOI, code=f"K{number}", name=f"Khối thi đua số {number}", founded_on=BEGINNING,
        by=None, at=begun,
    )
    units = [
        unit.create(
            province, force=Force.CIVIL, name=f"Sở Đo lường {number}.{place}", short_name=f"Đo {number}.{place}",
            since=BEGINNING, by=None, at=begun,
        )
        for place in range(UNITS)
    ]
    for member in units:
        bloc.admit(made, member, on=BEGINNING, by=None, at=begun)
    for member, role in zip(units, (TermRole.LEADER, TermRole.DEPUTY), strict=False):
        term.appoint(made, member, role=role, starts_on=BEGINNING, appointment=Appointment.ELECTED, by=None, at=begun)
    secretary, _member = [
        account.create(
            province, role=AccountRole.OFFICER, email=email.replace("0", str(number)), full_name=f"Cán bộ {number}",
            unit=own, password=PASSWORD, must_change=False, by=None, at=begun,
        )[0]
        for email, own in ((EMAIL, units[0]), (MEMBER, units[2]))
    ]
    earlier = _review(made, "sơ kết 6 tháng đầu năm 2025", ConferenceKind.HALF_YEAR_REVIEW, EARLIER, secretary)
    for place in range(items):
        action_item.make(
            made, text=f"Việc thứ {place + 1}. {SENTENCE}", source=ItemSource.FREE, conference=earlier,
            all_units=True, made_on=EARLIER, by=secretary, at=at(EARLIER),
        )
    later = _review(made, "tổng kết năm 2025", ConferenceKind.YEAR_END_REVIEW, LATER, secretary)
    _course(later, units, items, secretary)
    conference.take(
        later, ConferenceStep.SEND_MINUTES, comments_due_on=LATER + timedelta(days=7), by=secretary, at=at(LATER)
    )
    return made, later


def _review(made: Bloc, title: str, kind: ConferenceKind, day: date, by: Account) -> Conference:
    half = kind is ConferenceKind.HALF_YEAR_REVIEW
    held = conference.plan(
        made, title=f"Hội nghị {title}", kinds=[kind], first_day=day,
        period_kind=PeriodKind.FIRST_HALF if half else PeriodKind.YEAR, period_year=2025,
        venue="Hội trường tỉnh", by=by, at=at(day),
    )
    conference.take(held, ConferenceStep.HOLD, by=by, at=at(day))
    return held


def _course(held: Conference, units: list[Unit], items: int, by: Account) -> None:
    when = {"by": by, "at": at(LATER)}
    kinds = (RemarkKind.DISCUSSION, RemarkKind.DIRECTIVE, RemarkKind.CONCLUSION)
    course.add_many(
        held, AgendaItem,
        [{"title": f"Mục {place + 1}: báo cáo và thảo luận", "presenter": "Khối trưởng", "minutes": 15}
         for place in range(items)], **when,
    )
    course.add_many(
        held, Remark,
        [{"kind": kinds[place % 3], "text": f"Ý thứ {place + 1}. {SENTENCE}", "speaker_name": "Nguyễn Văn Đo"}
         for place in range(items)], **when,
    )
    course.add_many(
        held, Delegate,
        [{"kind": DelegateKind.MEMBER, "unit": member, "person_name": "Trần Thị Đo",
          "attendance": Attendance.PRESENT} for member in units], **when,
    )
    course.add_many(held, Assessment, [{"kind": kind, "text": SENTENCE} for kind in AssessmentKind], **when)
    course.add_many(held, Limitation, [{"text": f"{place}. {SENTENCE}"} for place in range(4)], **when)
