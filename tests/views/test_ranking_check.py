"""A printed code, checked by anyone; a ranking that was published stays as it was whatever happens later."""

import random
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from tests.services.test_ranking import prepare, publish, scored
from tests.services.test_scoring import AFTER, give, line, period
from tests.views.test_ranking import browser, words
from tracker.db import db
from tracker.domain.ranking_shown import hash_of
from tracker.domain.ranking_words import grouped
from tracker.domain.scores import ScoreStage
from tracker.errors import RuleBroken
from tracker.models.bloc import Bloc
from tracker.models.criteria import Criterion
from tracker.models.ranking import Ranking
from tracker.models.scoring import Score
from tracker.models.submission import Entry
from tracker.models.unit import UnitName
from tracker.queries import ranking as rankings
from tracker.services import ranking, scoring
from tracker.services.recording import acting

__all__ = ["period", "scored"]


@pytest.fixture(autouse=True)
def after_lock():
    with time_machine.travel(AFTER, tick=False):
        yield


def checked(world, code: str):
    return browser(world, "an").client.get("/check-code", query_string={"code": code})


def test_anyone_checks_a_printed_code(scored, world):
    made = publish(scored, world, decision_number="Biên bản số 12/BB-KTĐ")
    db.session.commit()
    for typed in (made.code, f" {made.code.upper()} ", made.sha256, grouped(made.sha256)):
        read = words(checked(world, typed))
        assert "Đang có hiệu lực" in read and grouped(made.sha256) in read and "Biên bản số 12/BB-KTĐ" in read
        assert "6 tháng đầu năm 2026" in read
        assert "Đơn vị U" not in read and "37,5" not in read


@pytest.mark.parametrize("typed", ["abcdefghjkmn", "' or 1=1 --", "0" * 64, "12345"])
def test_a_wrong_code_is_answered_in_a_friendly_sentence(scored, world, typed):
    publish(scored, world)
    assert "Không có bảng xếp hạng nào mang mã này" in words(checked(world, typed))


def test_the_page_asks_for_a_code(app, world):
    read = words(browser(world, "an").client.get("/check-code"))
    assert "Mã kiểm tra" in read and "Không có bảng" not in read
    assert "Hãy ghi mã in trên văn bản" in words(checked(world, ""))


def test_a_code_that_waits_for_its_confirmation_is_not_known(scored, world):
    made = prepare(scored, world)
    db.session.commit()
    assert "Không có bảng xếp hạng nào" in words(checked(world, made.code))


def test_a_revoked_code_says_what_took_its_place(scored, world):
    first = publish(scored, world)
    ranking.revoke(first, reason="Cộng sót điểm", by=world.accounts["bd"], at=AFTER)
    db.session.commit()
    read = words(checked(world, first.code))
    assert "Đã thu hồi" in read and "không còn hiệu lực" in read and "Đang có hiệu lực" not in read
    give(line(scored, world, "V", 1), "18", world.accounts["oL"], reason="Cộng lại", seen=1)
    publish(scored, world, reason="Cộng sót điểm")
    assert "Đã được thay bằng phiên bản 2" in words(checked(world, first.code))


def edits(world, scored, chance: random.Random):
    """One random later edit: through a service, or past it, as a later program or an operator might."""
    entry = chance.choice(db.session.scalars(select(Entry)).all())
    by = world.accounts[chance.choice(["oL", "oD", "hL", "bd"])]
    value = Decimal(chance.randrange(0, 1000)) / 100
    return chance.choice([
        lambda: scoring.give(entry, chance.choice(list(ScoreStage.judged())), points=value, reason="Sửa", seen=1,
                             by=by, at=AFTER),
        lambda: setattr(entry, "actual", value),
        lambda: setattr(chance.choice(db.session.scalars(select(Score)).all()), "points", value),
        lambda: setattr(chance.choice(db.session.scalars(select(Criterion)).all()), "maximum", value),
        lambda: setattr(chance.choice(db.session.scalars(select(Criterion)).all()), "title", f"Tên {value}"),
        lambda: setattr(chance.choice(db.session.scalars(select(UnitName)).all()), "name", f"Đơn vị {value}"),
        lambda: setattr(db.session.scalars(select(Bloc)).first(), "note", f"Ghi chú {value}"),
        lambda: setattr(world.accounts["oL"], "full_name", f"Người {value}"),
        lambda: setattr(scored.criteria_set, "name", f"Bảng điểm {value}"),
        lambda: setattr(db.session.scalars(select(Ranking)).one(), "content", "{}"),
        lambda: scoring.recompute(scored, by=by, at=AFTER),
    ])  # fmt: skip


def test_two_hundred_later_edits_leave_the_published_page_as_it_was(scored, world):
    made = publish(scored, world)
    number, content, sha256 = made.id, made.content, made.sha256
    shown = rankings.shown_of(made)
    before = browser(world, "oV").get(f"/rankings/{made.public_id}/units/{world.units['V'].public_id}").get_data()
    chance = random.Random(2026)
    landed = refused = 0
    for _turn in range(200):
        try:
            with acting(None, AFTER):
                edits(world, scored, chance)()
                db.session.flush()
            db.session.commit()
            landed += 1
        except (SQLAlchemyError, RuleBroken):
            db.session.rollback()
            refused += 1
    print(f"later edits: {landed} landed, {refused} refused")
    assert landed > 20 and refused > 20
    db.session.expire_all()
    kept = db.session.get(Ranking, number)
    assert (kept.content, kept.sha256, hash_of(kept.content)) == (content, sha256, sha256)
    assert rankings.shown_of(kept) == shown
    after = browser(world, "oV").get(f"/rankings/{kept.public_id}/units/{world.units['V'].public_id}").get_data()
    assert of_points(after) == of_points(before)


def of_points(page: bytes) -> str:
    """The part of the page that the frozen copy fills: names of today stand in the head only."""
    text = page.decode()
    return text[text.index('id="tung-dong"') : text.index("</main>")]
