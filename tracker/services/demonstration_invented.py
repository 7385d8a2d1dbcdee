"""The invented authority "tỉnh Minh Họa": two blocs, three years of terms, reviews whose items are carried over."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain import demo_dates
from tracker.domain.action_items import ItemSource, Priority
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, TermRole
from tracker.domain.conferences import Attendance, ConferenceKind, ConferenceStep, DayPart, Precision, RemarkKind
from tracker.models.account import Account
from tracker.models.action_item import ActionItem, Assignment
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.models.course import AgendaItem, Assessment, Delegate, Limitation, Remark
from tracker.services import (
    action_item,
    bloc,
    conference,
    course,
    demonstration_quarter,
    demonstration_reporting,
    demonstration_scoring,
    demonstration_year,
    term,
)
from tracker.services.demonstration import Loaded, Row, add_rows, load_frame, morning, read

COMMENT_DAYS = timedelta(days=30)
#: How many parts `parts` has, for those who show progress.
PARTS = 10


def load_invented(as_of: date) -> list[Bloc]:
    """Everything of tỉnh Minh Họa as it stands on `as_of`; every act is recorded on its own day."""
    return list(parts(as_of))[-1]


def parts(as_of: date) -> Iterator[list[Bloc]]:
    """The same in `PARTS` parts, the work of each done when it comes: its blocs, again and again."""
    given = read("minh_hoa")
    year = demo_dates.leading_year(as_of)
    since = date(year - 3, 1, 1)
    loaded = load_frame(given, since=since, at=morning(since))
    blocs = [_load_bloc(row, loaded, since, year) for row in given["blocs"]]
    yield blocs
    for _part in _year_parts(blocs[0], loaded, as_of):
        yield blocs
    demonstration_quarter.score_half_way(demonstration_quarter.begin(blocs[1], loaded, as_of))
    yield blocs
    demonstration_reporting.narrative_only(blocs[1], loaded, as_of)
    yield blocs
    for made, row in zip(blocs, given["blocs"], strict=True):
        _load_reviews(made, row, given, loaded, as_of)
        yield blocs


def _year_parts(made: Bloc, loaded: Loaded, as_of: date) -> Iterator[None]:
    """The reporting of the first bloc: last year as a whole, its last half-year, the one that runs."""
    stage = demonstration_reporting.begin(made, loaded, as_of)
    before = demonstration_year.make_pledge(stage, stage.year - 1)
    criteria_then = demonstration_year.make_criteria(stage, before)
    demonstration_scoring.rank_by_rules(stage, criteria_then)
    yield
    scored = demonstration_reporting.last_year(stage, criteria_then, demonstration_scoring.type_own_points)
    yield
    demonstration_scoring.score_year(stage, scored)
    yield
    now = demonstration_year.make_pledge(stage, stage.year)
    criteria_now = demonstration_year.make_criteria(stage, now)
    demonstration_reporting.last_half(stage, criteria_now)
    yield
    demonstration_reporting.running(stage, criteria_now)
    demonstration_year.surround(stage)
    yield


def _load_bloc(row: Row, loaded: Loaded, since: date, year: int) -> Bloc:
    by, at = loaded.board, morning(since)
    made = bloc.found(
        loaded.authority,
        kind=BlocKind(row["kind"]),
        code=row["code"],
        name=row["name"],
        founded_on=since,
        founding_decision=row["decision"],
        by=by,
        at=at,
    )
    for name in row["members"]:
        bloc.admit(made, loaded.units[name], on=since, by=by, at=at)
    for offset, lead in row["years"].items():
        starts = demo_dates.hand_over(year + int(offset))
        ends = None if offset == "0" else demo_dates.hand_over(year + int(offset) + 1)
        given: dict[str, Any] = {"starts_on": starts, "ends_on": ends, "appointment": Appointment(lead["appointment"])}
        holder = {"holder_name": lead["holder"], "holder_post": lead["post"]}
        when = morning(starts)
        term.appoint(made, loaded.units[lead["leader"]], role=TermRole.LEADER, by=by, at=when, **given, **holder)
        for name in lead["deputies"]:
            term.appoint(made, loaded.units[name], role=TermRole.DEPUTY, by=by, at=when, **given)
    return made


def _load_reviews(made: Bloc, row: Row, given: Row, loaded: Loaded, as_of: date) -> None:
    """From the oldest review to the planned one: first what it said of older items, then the items it made."""
    items: dict[int, ActionItem] = {}
    leader = row["years"]["0"]["leader"]
    by = loaded.officer(leader)
    head = next((a for a in loaded.accounts.values() if a.role is AccountRole.HEAD and a.unit is by.unit), by)
    for place in sorted((int(key) for key in row["reviews"]), reverse=True):
        content, review = row["reviews"][str(place)], demo_dates.review(place, as_of)
        held = _plan(made, row, place, review, given, loaded, by, as_of)
        if place == 0:
            continue
        at = morning(review.day)
        conference.take(held, ConferenceStep.HOLD, by=by, at=at)
        _fill(held, content, given, loaded, by, at)
        for index, item in items.items():
            said = row["items"][index].get("said", {}).get(str(place))
            if said:
                action_item.review(item, held, text=said, by=by, at=at)
        for index, wanted in enumerate(row["items"]):
            if wanted["review"] == place:
                items[index] = _make_item(made, held, wanted, loaded, by, as_of)
        _finish(held, content, loaded, by, head, min(at + COMMENT_DAYS, morning(as_of - timedelta(days=1))))
    for index, item in items.items():
        _take_steps(item, row["items"][index], loaded, by, as_of)


def _plan(
    made: Bloc,
    row: Row,
    place: int,
    review: demo_dates.ReviewDate,
    given: Row,
    loaded: Loaded,
    by: Account,
    as_of: date,
) -> Conference:
    word = "sơ kết" if review.kind is ConferenceKind.HALF_YEAR_REVIEW else "tổng kết"
    leading = _leading(made, review.day)
    at = morning(min(review.day - timedelta(days=20), as_of))
    host = leading[min(1, len(leading) - 1)]
    held = conference.plan(
        made,
        title=f"Hội nghị {word} phong trào thi đua {review.period.label}",
        kinds=[review.kind],
        period_kind=review.period.kind,
        period_year=review.period.year,
        precision=Precision.DAY,
        first_day=review.day,
        day_part=DayPart.MORNING,
        venue=row["venues"][place],
        host_unit=host,
        by=by,
        at=at,
    )
    conference.set_chairs(held, [conference.ChairGiven(unit, None, None) for unit in leading[:2]], by=by, at=at)
    for title, presenter, minutes in given["agenda"]:
        said = {"title": title.replace("Khối", made.kind.word), "presenter": presenter.replace("Khối", made.kind.word)}
        course.add(held, AgendaItem, {**said, "minutes": minutes}, by=by, at=at)
    return held


def _leading(made: Bloc, day: date) -> list[Any]:
    """Leader first, then deputies, of that day."""
    roles = (TermRole.LEADER, TermRole.DEPUTY)
    held = sorted((t for t in made.terms if t.holds_on(day)), key=lambda t: roles.index(t.role))
    return [each.unit for each in held]


def _fill(held: Conference, content: Row, given: Row, loaded: Loaded, by: Account, at: datetime) -> None:
    add_rows(held, Delegate, given["guests"], loaded, by, at)
    course.propose_roster(held, by=by, at=at)
    rows = list(
        db.session.scalars(select(Delegate).where(Delegate.conference_id == held.id, Delegate.unit_id.is_not(None)))
    )
    for place, row in enumerate(rows):
        missing = place == len(rows) - 1 and not content["approved"]
        values = {"attendance": Attendance.EXCUSED if missing else Attendance.PRESENT, "people": None if missing else 2}
        course.change(row, values, seen=row.version, by=by, at=at)
    add_rows(held, Assessment, content["assessments"], loaded, by, at)
    add_rows(held, Limitation, content["limitations"], loaded, by, at)
    guest = given["guests"][0]
    speaker = {"speaker_name": guest["person_name"], "speaker_post": f"{guest['party_post']}, {guest['state_post']}"}
    directives = [{"kind": "directive", "text": text, **speaker} for text in content["directives"]]
    leader = next(t for t in held.bloc.terms if t.role is TermRole.LEADER and t.holds_on(held.first_day))
    chair = {
        "speaker_name": leader.holder_name,
        "speaker_post": f"{TermRole.LEADER.called_in(held.bloc.kind)}, {leader.holder_post}",
    }
    conclusions = [{"kind": "conclusion", "text": text, **chair} for text in content["conclusions"]]
    add_rows(held, Remark, directives + conclusions, loaded, by, at)


def _make_item(made: Bloc, held: Conference, wanted: Row, loaded: Loaded, by: Account, as_of: date) -> ActionItem:
    kind = RemarkKind(wanted["from"])
    asked = select(Remark).where(Remark.conference_id == held.id, Remark.kind == kind, Remark.text == wanted["text"])
    due = None if wanted["due"] is None else as_of + timedelta(days=wanted["due"])
    everyone = wanted["units"] == "all"
    return action_item.make(
        made,
        text=wanted["text"],
        source=ItemSource(wanted["from"]),
        conference=held,
        remark=db.session.scalar(asked),
        all_units=everyone,
        units=[] if everyone else [loaded.units[name] for name in wanted["units"]],
        due_on=due,
        priority=Priority(wanted.get("priority", "normal")),
        made_on=held.first_day,
        by=by,
        at=morning(held.first_day),
    )


def _finish(held: Conference, content: Row, loaded: Loaded, by: Account, head: Account, at: datetime) -> None:
    sent = morning(held.first_day + timedelta(days=1))
    due = max(at.date(), sent.date()) + timedelta(days=5)
    conference.take(held, ConferenceStep.SEND_MINUTES, by=by, at=sent, comments_due_on=due)
    for row in content.get("comments", []):
        writer = loaded.officer(row["unit"])
        course.comment(held, unit=loaded.units[row["unit"]], text=row["text"], agreed=row["agreed"], by=writer, at=sent)
    if content["approved"]:
        conference.take(held, ConferenceStep.APPROVE, by=head, at=max(at, sent))


def _take_steps(item: ActionItem, wanted: Row, loaded: Loaded, by: Account, as_of: date) -> None:
    at = morning(max(as_of - timedelta(days=3), item.made_on))
    for name, step, percent, text in wanted["steps"]:
        part: Assignment = next(each for each in item.parts if each.unit is loaded.units[name])
        writer = loaded.officer(name)
        action_item.report(part, text=text, percent=percent, ask_closing=step != "report", by=writer, at=at)
        if step == "done":
            action_item.close(part, by=by, at=at)
