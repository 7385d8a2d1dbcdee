"""The jobs of each minute: periods are locked at their second, letters go out once, a dead server loses none."""

import socket
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.conftest import SECRET, make_app
from tests.jobs.postbox import postbox
from tests.reporting import LOCKS_AT, make_period
from tests.world import NOON, Browser, World, build_world
from tracker.adapters import mail as smtp
from tracker.db import db
from tracker.domain.reporting import PeriodState
from tracker.jobs import minute
from tracker.jobs.thread import KEY, Runner
from tracker.models.notice import OutgoingMail
from tracker.models.period import ReportingPeriod
from tracker.services import mail as letters
from tracker.services import reminder

MINUTE = timedelta(minutes=1)
PAGE = "https://so.example/periods/abc"


def settings(port: int, **more: object) -> dict[str, object]:
    return {
        "MAIL_HOST": "127.0.0.1", "MAIL_PORT": port, "MAIL_FROM": "so@tinh.example", "MAIL_USER": "",
        "MAIL_PASSWORD": "", "MAIL_TLS": "none", **more,
    }  # fmt: skip


def queue(world: World) -> OutgoingMail:
    period = make_period(world)
    reminder.remind(period, [world.units["V"]], by=world.accounts["oL"], at=NOON, page=PAGE)
    db.session.commit()
    return db.session.scalars(select(OutgoingMail)).one()


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_letter_goes_out_once_in_vietnamese(world: World):
    mail = queue(world)
    with postbox() as box:
        assert minute.run(settings(box.port), NOON) == minute.Done(sent=1)
        assert minute.run(settings(box.port), NOON + MINUTE) == minute.Done()
    (letter,) = box.letters
    assert box.recipients == ["ov@officer.example"]
    assert letter["Subject"] == "Nhắc gửi báo cáo 6 tháng đầu năm 2026"
    assert "hạn 17:00 ngày 30/05/2026" in letter.get_content()
    assert PAGE in letter.get_content()
    db.session.refresh(mail)
    assert (mail.sent_at, mail.tries, mail.last_error) == (NOON, 1, None)


def test_a_dead_server_keeps_the_letter_with_the_reason_and_a_longer_pause(world: World):
    mail = queue(world)
    port = closed_port()
    assert minute.run(settings(port), NOON) == minute.Done(failed=1)
    db.session.refresh(mail)
    assert (mail.sent_at, mail.tries) == (None, 1)
    assert "ConnectionRefusedError" in mail.last_error
    assert minute.run(settings(port), NOON + MINUTE - timedelta(seconds=1)) == minute.Done()
    assert minute.run(settings(port), NOON + MINUTE) == minute.Done(failed=1)
    assert minute.run(settings(port), NOON + 2 * MINUTE) == minute.Done()
    with postbox() as box:
        assert minute.run(settings(box.port), NOON + 3 * MINUTE) == minute.Done(sent=1)
    db.session.refresh(mail)
    assert (mail.tries, mail.last_error) == (3, None)


def test_a_refused_address_is_tried_ten_times_and_then_left(world: World):
    mail = queue(world)
    at = NOON
    with postbox(refuses=b"550 no such user") as box:
        for _try in range(30):
            minute.run(settings(box.port), at)
            at += timedelta(hours=2)
    db.session.refresh(mail)
    assert (mail.sent_at, mail.tries) == (None, letters.MOST_TRIES)
    assert "550" in mail.last_error
    assert box.letters == []


def test_two_senders_do_not_take_the_same_letter(world: World):
    mail = queue(world)
    assert letters.take(mail.id, 0)
    assert not letters.take(mail.id, 0)


def test_without_a_server_nothing_is_sent(world: World):
    queue(world)
    assert minute.run(settings(1, MAIL_HOST=""), NOON) == minute.Done()


def test_no_second_header_gets_into_a_letter():
    server = smtp.Server("127.0.0.1", 25, "so@tinh.example", password="bi-mat")
    with pytest.raises(ValueError, match=r"linefeed|newline"):
        smtp.letter(server, to="a@b.example", subject="Nhắc\r\nBcc: x@y.example", body="")
    assert "bi-mat" not in repr(server)


def test_periods_are_locked_at_their_second_even_with_a_dead_mail_server(world: World):
    period = make_period(world)
    port = closed_port()
    assert minute.run(settings(port), LOCKS_AT - timedelta(seconds=1)) == minute.Done()
    assert minute.run(settings(port), LOCKS_AT) == minute.Done(locked=1)
    assert minute.run(settings(port), NOON) == minute.Done()
    assert period.state is PeriodState.REVIEWING


def test_the_lock_is_recorded_on_both_databases(either_app: Flask):
    period = make_period(build_world())
    assert minute.lock_due(LOCKS_AT) == 1
    db.session.expire_all()
    assert (period.state, period.locked_at) == (PeriodState.REVIEWING, LOCKS_AT)


@time_machine.travel(LOCKS_AT, tick=False)
def test_the_command_runs_one_round_and_says_what_it_did(app: Flask, world: World):
    make_period(world)
    result = app.test_cli_runner().invoke(args=["run-jobs", "--once"])
    assert result.exit_code == 0, result.output
    assert "Đã khóa 1 kỳ, gửi 0 thư" in result.output
    assert app.test_cli_runner().invoke(args=["run-jobs"]).exit_code != 0


@time_machine.travel(LOCKS_AT, tick=False)
def test_the_thread_locks_and_outlives_a_fault(app: Flask, world: World, monkeypatch):
    make_period(world)
    db.session.commit()
    whole, rounds = minute.run, []

    def once_at_fault(given, at):
        rounds.append(at)
        if len(rounds) == 1:
            raise RuntimeError("a fault of the first minute")
        runner.stop()
        return whole(given, at)

    monkeypatch.setattr(minute, "run", once_at_fault)
    runner = Runner(app, pause=0.01)
    runner.start()
    runner.join(timeout=20)
    assert len(rounds) == 2
    db.session.expire_all()
    assert db.session.scalars(select(ReportingPeriod.state)).one() is PeriodState.REVIEWING


def test_the_thread_begins_with_the_first_request_unless_it_is_left_to_an_outer_clock(tmp_path):
    for jobs in (True, False):
        app = make_app(tmp_path / str(jobs), TESTING=False, JOBS=jobs, SECRET_KEY=SECRET)
        assert KEY not in app.extensions
        app.test_client().get("/sign-in")
        assert (KEY in app.extensions) is jobs
        if jobs:
            app.extensions[KEY].stop()
            app.extensions[KEY].join(timeout=20)


@time_machine.travel(LOCKS_AT, tick=False)
def test_a_write_that_came_too_late_records_the_lock_itself(app: Flask, world: World):
    period = make_period(world)
    entry_of = next(one for one in period.submissions if one.unit is world.units["U"])
    browser = Browser(app, world.accounts["oU"], LOCKS_AT)
    late = browser.post(f"/submissions/{entry_of.public_id}/comments", {"text": "Xin thêm một ngày"})
    assert late.status_code == 409
    db.session.expire_all()
    assert (period.state, period.locked_at, period.steps[-1].by) == (PeriodState.REVIEWING, LOCKS_AT, None)
