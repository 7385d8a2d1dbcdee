"""A reporting period by hand, from the pledge to the numbers in the review's report; by Excel and on the page."""

from datetime import timedelta

import pytest
import time_machine

from tests.e2e.conftest import Desk
from tests.e2e.reporting_hand import (
    AIM_FILE,
    AIM_PAGE,
    BY_FILE,
    BY_PAGE,
    DUE_DAYS,
    check,
    correct_returned,
    make_frame,
    publish,
    put,
    read_word,
    report_by_file,
    report_by_page,
    return_line,
)
from tests.e2e.reporting_papers import CORRECTED, COUNT, DEED, LIMITATION, RESULT, stored
from tracker import clock
from tracker.domain.submissions import SubmissionState


@pytest.mark.browser
@pytest.mark.long
def test_a_period_by_hand_from_pledge_to_report(address, chromium, today, tmp_path):
    secretary, by_file, by_page, board = (Desk(chromium, address) for _ in range(4))
    period = make_frame(secretary, today)
    report_by_file(by_file)
    file_hands = by_file.interactions
    report_by_page(by_page)
    with stored(tmp_path) as read:
        filed, typed = read(BY_FILE[1]), read(BY_PAGE[1])
        assert filed == typed
        assert filed.state is SubmissionState.SENT
        assert [(actual, count) for _target, actual, count, _note in filed.lines] == [
            (RESULT.get(place), COUNT.get(place)) for place in range(4)
        ]
        assert [target for target, *_rest in filed.lines] == [80, 95, None, 4]
        check(secretary, period, BY_FILE[1])
        return_line(secretary, 1)
        assert read(BY_FILE[1]).state is SubmissionState.RETURNED
        correct_returned(by_file)
        for unit in (BY_FILE[1], BY_PAGE[1]):
            check(secretary, period, unit)
            secretary.click("main button:has-text('Tiếp nhận')")
            assert read(unit).state is SubmissionState.ACCEPTED
        assert read(BY_FILE[1]).lines[1][1] == CORRECTED
    with time_machine.travel(clock.now() + timedelta(days=DUE_DAYS + 1)):
        publish(secretary, board, period)
        told = read_word(secretary, clock.today())
    for wanted in ("63", "54,25", "52,75", LIMITATION, DEED, BY_FILE[1], "Văn bản tham mưu đúng hạn"):
        assert wanted in told, wanted
    print(
        f"period by hand: secretary {secretary.interactions}, by file {file_hands} to sending, "
        f"by page {by_page.interactions} interactions"
    )
    assert file_hands <= AIM_FILE and by_page.interactions <= AIM_PAGE
    for desk in (secretary, by_file, by_page, board):
        assert desk.complaints == []
        desk.close()


@pytest.mark.browser
@pytest.mark.long
def test_a_draft_of_the_demonstration_saves_as_it_is_typed(address, chromium):
    desk = Desk(chromium, address)
    desk.sign_in("nnmt@minhhoa.example")
    desk.click("main a[href*='/submissions/'] >> nth=0")
    box = desk.page.locator("form#bao-cao [data-part=actual]").nth(1)
    before = box.input_value()
    put(desk, box, "97,5")
    desk.page.reload()
    box = desk.page.locator("form#bao-cao [data-part=actual]").nth(1)
    assert (before == "97,5", box.input_value()) == (False, "97,5")
    assert desk.complaints == []
    desk.close()
