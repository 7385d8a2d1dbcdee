"""The demonstration: a real review exactly as published, loaded through the same services as the pages use."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from tracker.db import db
from tracker.domain.action_items import ItemSource
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, Force, TermRole
from tracker.domain.conferences import (
    AssessmentKind,
    Attendance,
    ConferenceKind,
    ConferenceStep,
    CountSubject,
    DayPart,
    DelegateKind,
    Precision,
    RemarkKind,
)
from tracker.domain.periods import PeriodKind
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import Assessment, DeclaredCount, Delegate, Limitation, Photograph, Remark
from tracker.models.unit import Unit
from tracker.services import account, action_item, authority, bloc, conference, course, term, unit
from tracker.services.recording import acting

DATA = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = "xem thu so thi dua"
Row = dict[str, Any]


@dataclass
class Loaded:
    """What has been made so far, by the names the data files use."""

    authority: Authority
    units: dict[str, Unit] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def officer(self, unit_name: str) -> Account:
        """The account that writes for a unit; of the authority's board where the unit has none."""
        found = [a for a in self.accounts.values() if a.unit is self.units[unit_name]]
        officers = [a for a in found if a.role is AccountRole.OFFICER] or found
        return officers[0] if officers else self.board

    @property
    def board(self) -> Account:
        return next(a for a in self.accounts.values() if a.role is AccountRole.BOARD)


def read(name: str) -> Row:
    """A data file of tracker/demo/."""
    content: Row = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return content


def morning(day: date) -> datetime:
    """Ten o'clock of a day in Vietnam, as a moment: when the demonstration's acts are recorded."""
    return datetime.combine(day, time(3, 0), tzinfo=UTC)


def load_frame(given: Row, *, since: date, at: datetime) -> Loaded:
    """Authority, units with their names, accounts (which need no new password: they are shown at start)."""
    loaded = Loaded(authority.found(**given["authority"], by=None, at=at))
    for row in given["units"]:
        loaded.units[row["name"]] = unit.create(
            loaded.authority,
            force=Force(row["force"]),
            name=row["name"],
            short_name=row["short_name"],
            since=since,
            letterhead=row.get("letterhead"),
            by=None,
            at=at,
        )
    for row in given["accounts"]:
        made, _password = account.create(
            loaded.authority,
            role=AccountRole(row["role"]),
            email=row["email"],
            full_name=row["full_name"],
            unit=loaded.units[row["unit"]] if row.get("unit") else None,
            post=row.get("post"),
            password=PASSWORD,
            must_change=False,
            demonstration=True,
            by=None,
            at=at,
        )
        loaded.accounts[row["email"]] = made
    return loaded


def load_real(*, at: datetime) -> Conference:
    """The review of 20/7/2022: nothing invented; memberships and terms begin with 2022 and stay open."""
    given = read("nghe_an")
    since = date.fromisoformat(given["since"])
    loaded = load_frame(given, since=since, at=at)
    made = bloc.found(
        loaded.authority,
        kind=BlocKind(given["bloc"]["kind"]),
        code=given["bloc"]["code"],
        name=given["bloc"]["name"],
        founded_on=since,
        letterhead=given["bloc"]["letterhead"],
        by=loaded.board,
        at=at,
    )
    made.founded_on = None
    with acting(loaded.board, at):
        db.session.flush()
    for name in loaded.units:
        bloc.admit(made, loaded.units[name], on=since, by=loaded.board, at=at)
    for row in given["terms"]:
        held = term.appoint(
            made,
            loaded.units[row["unit"]],
            role=TermRole(row["role"]),
            starts_on=since,
            appointment=Appointment.UNKNOWN,
            holder_name=row.get("holder_name"),
            holder_post=row.get("holder_post"),
            by=loaded.board,
            at=at,
        )
        with acting(loaded.board, at):
            held.start_known = False
    return _real_conference(given["conference"], made, loaded, at)


def _real_conference(given: Row, made: Bloc, loaded: Loaded, at: datetime) -> Conference:
    by = loaded.officer(given["chairs"][0]["unit"])
    held = conference.plan(
        made,
        title=given["title"],
        kinds=[ConferenceKind(kind) for kind in given["kinds"]],
        period_kind=PeriodKind(given["period_kind"]),
        period_year=given["period_year"],
        precision=Precision(given["precision"]),
        first_day=date.fromisoformat(given["first_day"]),
        day_part=DayPart(given["day_part"]),
        venue=given["venue"],
        host_unit=loaded.units[given["host_unit"]],
        source_note=given["source_note"],
        source_text=given["source_text"],
        by=by,
        at=at,
    )
    chairs = [conference.ChairGiven(loaded.units[row["unit"]], None, None) for row in given["chairs"]]
    conference.set_chairs(held, chairs, by=by, at=at)
    conference.take(held, ConferenceStep.HOLD, by=by, at=at)
    add_rows(held, Delegate, given["delegates"], loaded, by, at)
    add_rows(held, Assessment, given["assessments"], loaded, by, at)
    add_rows(held, Limitation, given["limitations"], loaded, by, at)
    remarks = add_rows(held, Remark, given["remarks"], loaded, by, at)
    add_rows(held, DeclaredCount, given["counts"], loaded, by, at)
    add_rows(held, Photograph, [{"caption": caption} for caption in given["photos"]], loaded, by, at)
    conference.set_letterhead(held, seen=0, by=by, at=at, **given["letterhead"])
    conclusions = [remark for remark in remarks if remark.kind is RemarkKind.CONCLUSION]
    for text, remark in zip(given["items"], conclusions, strict=True):
        action_item.make(
            made,
            text=text,
            source=ItemSource.CONCLUSION,
            conference=held,
            remark=remark,
            made_on=held.first_day,
            by=by,
            at=at,
        )
    return held


WORDS: dict[type[Any], dict[str, Any]] = {
    Delegate: {"kind": DelegateKind, "attendance": Attendance},
    Assessment: {"kind": AssessmentKind},
    Remark: {"kind": RemarkKind},
    DeclaredCount: {"subject": CountSubject},
}


def add_rows(
    held: Conference, model: type[Any], rows: list[Row], loaded: Loaded, by: Account, at: datetime
) -> list[Any]:
    """The rows of one part of a conference, codes as enums and unit names as units."""
    made = []
    for row in rows:
        values = {key: WORDS.get(model, {}).get(key, lambda value: value)(value) for key, value in row.items()}
        if "unit" in values:
            values["unit"] = loaded.units[values["unit"]]
        made.append(course.add(held, model, values, by=by, at=at))
    return made
