"""Signing in: one answer for everything wrong, waits that grow and are kept in the database."""

import statistics
import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.world import NOON, PASSWORD, World
from tracker.db import db
from tracker.errors import RuleBroken, TooManyTries
from tracker.models.account import SignInDelay
from tracker.services import account as accounts
from tracker.services import sign_in as service

DAY = timedelta(days=1)


def refused(email: str, password: str = "khong phai dau", address: str = "10.0.0.1", at=NOON) -> RuleBroken:
    """The refusal of one try; what is flushed is kept, as the view keeps it."""
    with pytest.raises(RuleBroken) as raised:
        service.sign_in(email, password, address=address, at=at)
    db.session.commit()
    return raised.value


def test_right_name_and_password_give_the_account_and_a_token(app, world: World):
    account, token = service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.1", at=NOON)
    assert account is world.accounts["oU"]
    assert service.find(token, at=NOON, idle=DAY, longest=DAY).account is account


def test_name_is_matched_in_any_case_and_with_spaces_round_it(app, world: World):
    account, _token = service.sign_in("  OU@Officer.Example ", PASSWORD, address="10.0.0.1", at=NOON)
    assert account is world.accounts["oU"]


def test_unknown_wrong_and_disabled_are_refused_in_the_same_words_under_the_same_field(app, world: World):
    answers = [
        refused("nobody@officer.example", PASSWORD),
        refused("ou@officer.example"),
        refused("di@officer.example", PASSWORD),
    ]
    assert {(answer.sentence, answer.field, answer.status) for answer in answers} == {
        (service.WRONG, "password", 422)
    }


def test_unknown_wrong_and_disabled_take_similar_time(app, world: World):
    def median(email: str, password: str) -> float:
        spent = []
        for number in range(5):
            started = time.perf_counter()
            refused(email, password, address=f"10.1.{number}.{len(email)}", at=NOON + number * DAY * 2)
            spent.append(time.perf_counter() - started)
        return statistics.median(spent)

    unknown = median("nobody@officer.example", PASSWORD)
    wrong = median("ou@officer.example", "khong phai dau")
    disabled = median("di@officer.example", PASSWORD)
    print(f"unknown {unknown:.4f} s, wrong {wrong:.4f} s, disabled {disabled:.4f} s")
    assert max(unknown, wrong, disabled) < 3 * min(unknown, wrong, disabled)


def test_sixth_try_at_one_name_waits_and_each_further_one_waits_twice_as_long(app, world: World):
    at, waits = NOON, []
    for _try in range(5):
        refused("ou@officer.example", at=at)
    for _try in range(4):
        answer = refused("ou@officer.example", PASSWORD, at=at)
        assert isinstance(answer, TooManyTries)
        waits.append(answer.seconds - 1)
        at += timedelta(seconds=answer.seconds)
        refused("ou@officer.example", at=at)
    assert waits == [30, 60, 120, 240]


def test_wait_never_exceeds_a_quarter_of_an_hour(app, world: World):
    at = NOON
    for _try in range(20):
        refused("ou@officer.example", at=at)
        at += timedelta(minutes=16)
    refused("ou@officer.example", at=at)
    answer = refused("ou@officer.example", at=at)
    assert answer.seconds <= 15 * 60 + 1


def test_waits_are_kept_for_names_that_do_not_exist_too(app, world: World):
    for _try in range(5):
        refused("nobody@officer.example")
    assert isinstance(refused("nobody@officer.example"), TooManyTries)


def test_one_address_that_tries_many_names_must_wait(app, world: World):
    for number in range(20):
        refused(f"name{number}@officer.example")
    assert isinstance(refused("ou@officer.example", PASSWORD), TooManyTries)
    account, _token = service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.2", at=NOON)
    assert account is world.accounts["oU"]


def test_failures_outlive_the_process_and_are_kept_without_the_name(app, world: World):
    for _try in range(3):
        refused("ou@officer.example")
    db.session.expire_all()
    rows = {row.kind: row for row in db.session.scalars(select(SignInDelay))}
    assert {kind: row.failures for kind, row in rows.items()} == {"account": 3, "address": 3}
    assert "officer" not in rows["account"].key


def test_success_forgives_the_name_and_a_day_forgives_all(app, world: World):
    for _try in range(4):
        refused("ou@officer.example")
    service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.1", at=NOON)
    for _try in range(4):
        refused("ou@officer.example", address="10.0.0.3")
    service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.4", at=NOON)
    for _try in range(6):
        with pytest.raises(RuleBroken):
            service.sign_in("ou@officer.example", "khong phai", address="10.0.0.5", at=NOON)
    account, _token = service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.5", at=NOON + DAY * 1.01)
    assert account is world.accounts["oU"]


def test_each_sign_in_has_a_token_of_its_own(app, world: World):
    tokens = {service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.1", at=NOON)[1] for _try in range(3)}
    assert len(tokens) == 3


@pytest.mark.parametrize("act", ["sign_out", "disable", "reset"])
def test_token_is_dead_after_sign_out_disabling_and_reset(app, world: World, act: str):
    account, token = service.sign_in("ou@officer.example", PASSWORD, address="10.0.0.1", at=NOON)
    row = service.find(token, at=NOON, idle=DAY, longest=DAY)
    if act == "sign_out":
        service.end(row, at=NOON)
    if act == "disable":
        accounts.disable(account, reason="Thử", by=world.accounts["ad"], at=NOON)
    if act == "reset":
        accounts.reset_password(account, reason="Thử", by=world.accounts["ad"], at=NOON)
    assert service.find(token, at=NOON, idle=DAY, longest=DAY) is None


def test_first_failure_of_one_name_is_counted_on_both_databases(either_app):
    refused("nobody@officer.example")
    refused("nobody@officer.example")
    failures = dict(db.session.execute(select(SignInDelay.kind, SignInDelay.failures)).all())
    assert failures == {"account": 2, "address": 2}
