"""States of action items, their sum, what is overdue, deadlines in words, changes of leader."""

from datetime import date

import pytest

from tracker.domain.action_items import NEXT, ItemState, PartStep, after, is_overdue, sum_up
from tracker.domain.deadlines import deadline, leader_changes
from tracker.errors import NotOpen

OPEN, BEGUN, WAITING = ItemState.still_open()
DONE, GONE = ItemState.DONE, ItemState.CANCELLED
DAY = date(2026, 6, 25)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], OPEN), ([GONE], OPEN), ([OPEN, OPEN], OPEN), ([OPEN, BEGUN], BEGUN), ([OPEN, DONE], BEGUN),
        ([OPEN, WAITING], BEGUN), ([DONE, WAITING], WAITING), ([DONE, DONE], DONE), ([DONE, GONE], DONE),
    ],
)
def test_an_item_is_as_far_as_its_parts_that_count(parts, whole):
    assert sum_up(parts) is whole


def test_every_pair_of_state_and_step_either_leads_on_or_is_refused():
    led = 0
    for state in ItemState:
        for step in PartStep:
            if (state, step) in NEXT:
                assert after(state, step) is NEXT[state, step]
                led += 1
            else:
                with pytest.raises(NotOpen):
                    after(state, step)
    assert led == len(NEXT)


@pytest.mark.parametrize(
    ("state", "due_on", "late"),
    [
        (OPEN, date(2026, 6, 24), True), (BEGUN, date(2026, 6, 24), True), (OPEN, DAY, False), (OPEN, None, False),
        (WAITING, date(2026, 6, 1), False), (DONE, date(2026, 6, 1), False), (GONE, date(2026, 6, 1), False),
    ],
)
def test_overdue_is_computed_from_the_day_after_the_due_date(state, due_on, late):
    assert is_overdue(state, due_on, DAY) is late


@pytest.mark.parametrize(
    ("due_on", "words", "tone"),
    [
        (None, "Chưa đặt hạn", "neutral"), (date(2026, 6, 20), "Quá 5 ngày", "danger"), (DAY, "Hôm nay", "warn"),
        (date(2026, 6, 26), "Ngày mai", "warn"), (date(2026, 7, 2), "Còn 7 ngày", "warn"),
        (date(2026, 7, 3), "Còn 8 ngày", "neutral"),
    ],
)
def test_a_deadline_is_said_in_words_with_its_tone(due_on, words, tone):
    assert deadline(due_on, DAY) == (words, tone)


def test_only_another_leading_unit_after_the_day_of_giving_is_a_change():
    terms = [(date(2026, 1, 15), 3), (date(2024, 1, 15), 1), (date(2025, 1, 15), 1), (date(2027, 1, 15), 4)]
    assert leader_changes(terms, date(2024, 6, 1), date(2026, 12, 31)) == 1
    assert leader_changes(terms, date(2026, 1, 15), date(2026, 12, 31)) == 0
    assert leader_changes(terms, date(2024, 6, 1), date(2027, 1, 15)) == 2
    assert leader_changes([], date(2024, 6, 1), date(2027, 1, 15)) == 0
