"""The page of the real review stays within the aim for queries (quality.md: at most 15), whoever reads it."""

import pytest
import time_machine
from sqlalchemy import select

from tests.counting import counted
from tests.world import NOON, Browser
from tracker.db import db
from tracker.models.account import Account
from tracker.services import demonstration

AIM = 15


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize("email", ["thuky@nghean.example", "theodoi@nghean.example"])
def test_the_page_of_the_real_review_takes_few_queries(app, email: str):
    held = demonstration.load_real(at=NOON)
    db.session.commit()
    reader = db.session.scalar(select(Account).where(Account.email == email))
    browser = Browser(app, reader)
    path = f"/conferences/{held.public_id}"
    browser.get(path)
    with counted() as sent:
        assert browser.get(path).status_code == 200
    asked = [statement for statement in sent if not statement.startswith("BEGIN")]
    print(f"{email}: {len(asked)} queries, aim {AIM}")
    assert 0 < len(asked) <= AIM
