"""The demonstration: the real review as published and nothing invented; the invented one alive on any day."""

import re
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.conftest import make_app
from tests.exports.records_2022 import review_2022
from tests.world import NOON
from tracker.db import db
from tracker.domain import demo_dates
from tracker.domain.action_items import ItemState
from tracker.domain.blocs import TermRole
from tracker.domain.conferences import ConferenceState
from tracker.domain.doubts import doubts
from tracker.models.account import Account
from tracker.models.action_item import ActionItem
from tracker.models.bloc import Bloc
from tracker.models.conference import Conference
from tracker.queries import action_item as items
from tracker.queries import bloc as blocs
from tracker.queries.report import collect
from tracker.services import demonstration, demonstration_invented

TURNING_DAYS = [date(2026, 1, 1), date(2028, 2, 29), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)]
#: What only the database knows, or what the paper's own record leaves to it.
OWN = {"public_id", "title", "members", "items", "draft"}


@pytest.fixture
def real(app) -> Conference:
    held = demonstration.load_real(at=NOON)
    db.session.commit()
    return held


def test_real_review_is_the_published_one_fact_by_fact(real):
    record, published = collect(real, NOON.date()), review_2022()
    differing = [
        f.name for f in fields(record) if f.name not in OWN and getattr(record, f.name) != getattr(published, f.name)
    ]
    assert differing == []
    assert record.title == "Hội nghị sơ kết phong trào thi đua yêu nước 06 tháng đầu năm 2022"
    assert [item.text for item in record.items] == [item.text for item in published.items]
    assert [(m.name, m.role, m.holder_name, m.role_from) for m in record.members] == [
        (m.name, m.role, m.holder_name, None) for m in published.members
    ]


def test_real_review_stays_held_with_its_source_named(real):
    assert real.state is ConferenceState.HELD
    assert real.source_note == "theo nguồn công bố ngày 20/7/2022, chưa cập nhật"
    assert real.bloc.authority.illustration is False


def test_six_task_groups_stay_unlisted(real):
    counts = {
        line.subject.value: (line.declared, line.recorded, line.difference)
        for line in collect(real, NOON.date()).counts
    }
    assert counts["task_groups"] == (6, 0, -6)
    assert counts["members"] == (8, 8, 0)


def test_faults_of_the_source_are_kept_and_marked(real):
    text = real.source_text or ""
    assert len(doubts(text)) >= 4
    assert text.count("kinh tế cả nước và trong tỉnh hồi phục") == 2


def test_accounts_of_the_real_authority_bear_roles_not_persons(real):
    names = set(db.session.scalars(select(Account.full_name)))
    published = {"Phạm Quốc Nam", "Lê Hồng Vinh"}
    assert not names & published
    assert all(re.match(r"Thư ký|Thủ trưởng|Cán bộ|Quản trị", name) for name in names)


@pytest.mark.parametrize("as_of", TURNING_DAYS, ids=str)
def test_invented_authority_is_alive_on_any_day(tmp_path: Path, demonstrated, as_of: date):
    demonstrated(as_of, tmp_path)
    with make_app(tmp_path).app_context():
        alive(as_of)
        db.session.remove()
        db.engine.dispose()


def alive(as_of: date) -> None:
    """Both invented blocs have a leader, a planned review, items to carry into it, something due in a week."""
    made = db.session.scalars(
        select(Bloc).where(Bloc.authority.has(illustration=True)).order_by(Bloc.id)
    ).all()
    assert [bloc.kind.word for bloc in made] == ["Khối", "Cụm"]
    for bloc in made:
        assert bloc.authority.illustration is True
        assert len(blocs.terms_on(bloc, TermRole.LEADER, as_of)) == 1
        held = list(
            db.session.scalars(select(Conference).where(Conference.bloc_id == bloc.id).order_by(Conference.first_day))
        )
        assert held[-1].state is ConferenceState.PLANNED
        assert held[-1].first_day >= as_of + timedelta(days=10)
        assert all(each.first_day <= as_of - timedelta(days=7) for each in held[:-1])
        carried = items.carried_into(held[-1], as_of)
        still_open = db.session.scalar(
            select(func.count(ActionItem.id)).where(
                ActionItem.bloc_id == bloc.id, ActionItem.state.in_(ItemState.still_open())
            )
        )
        assert len(carried) >= still_open >= 2
    due = db.session.scalars(select(ActionItem.due_on).where(ActionItem.due_on.is_not(None)))
    assert any(as_of <= day <= as_of + timedelta(days=7) for day in due)


def test_terms_of_the_invented_khoi_cover_three_years(app):
    made = demonstration_invented.load_invented(date(2026, 11, 23))[0]
    leaders = [(t.starts_on, t.ends_on) for t in made.terms if t.role is TermRole.LEADER]
    assert leaders == [
        (date(2024, 1, 15), date(2025, 1, 15)),
        (date(2025, 1, 15), date(2026, 1, 15)),
        (date(2026, 1, 15), None),
    ]


def test_planned_review_is_never_in_the_past():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(800)]
    assert all(demo_dates.review(0, day).day > day for day in days)
    assert all(demo_dates.review(1, day).day < day for day in days)


def test_blocs_are_found_by_code(real):
    assert db.session.scalar(select(Bloc.code)) == "NC-LLVT"
