"""The table of a submission's steps, written down once more by hand; lateness by hand-made answers."""

from datetime import UTC, date, datetime

import pytest

from tracker.domain.reporting import days_late
from tracker.domain.submissions import NEEDS_REASON, NEXT, SectionKind, SubmissionState, SubmissionStep, after
from tracker.errors import NotOpen

#: state → {step: the state it leads to}; what is not here is refused.
EXPECTED = {
    "not_begun": {"write": "draft"},
    "draft": {"submit_to_head": "draft", "head_sends_back": "draft", "send": "sent"},
    "sent": {"recall": "draft", "check": "sent", "return": "returned", "accept": "accepted"},
    "returned": {"submit_to_head": "returned", "head_sends_back": "returned", "send": "sent"},
    "accepted": {"reopen": "sent"},
}
ZONE = "Asia/Ho_Chi_Minh"
#: 17:00 on 30/05/2026 in Việt Nam.
DUE = datetime(2026, 5, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", list(SubmissionState))
@pytest.mark.parametrize("step", list(SubmissionStep))
def test_every_state_and_step(state: SubmissionState, step: SubmissionStep):
    to = EXPECTED[state.value].get(step.value)
    if to is None:
        with pytest.raises(NotOpen, match=f"“{state.label}”.*“{step.label}”"):
            after(state, step)
    else:
        assert after(state, step).value == to


def test_no_step_more_than_the_table():
    assert len(NEXT) == sum(len(steps) for steps in EXPECTED.values())


def test_what_another_must_understand_needs_a_reason():
    assert {step.value for step in NEEDS_REASON} == {"return", "reopen", "head_sends_back", "recall"}


def test_words_on_the_screen():
    assert [state.label for state in SubmissionState] == [
        "Chưa bắt đầu", "Đang soạn", "Đã gửi", "Trả lại", "Đã tiếp nhận",
    ]  # fmt: skip
    assert SectionKind.ACHIEVEMENTS not in SectionKind.texts()


@pytest.mark.parametrize(
    ("sent", "extended_to", "days"),
    [
        (datetime(2026, 5, 30, 10, 0, 0, tzinfo=UTC), None, 0),
        (datetime(2026, 5, 30, 10, 0, 0, 1, tzinfo=UTC), None, 1),
        (datetime(2026, 5, 30, 16, 59, 59, tzinfo=UTC), None, 1),  # 23:59:59 of the day
        (datetime(2026, 5, 30, 17, 0, 0, tzinfo=UTC), None, 1),  # 00:00 of the 31st
        (datetime(2026, 5, 31, 17, 0, 0, tzinfo=UTC), None, 2),
        (datetime(2026, 6, 2, 10, 0, 0, tzinfo=UTC), date(2026, 6, 2), 0),
        (datetime(2026, 6, 2, 10, 0, 1, tzinfo=UTC), date(2026, 6, 2), 1),
        (datetime(2026, 5, 30, 9, 0, 0, tzinfo=UTC), date(2026, 5, 29), 0),  # an extension never shortens
    ],
)
def test_days_late(sent: datetime, extended_to: date | None, days: int):
    assert days_late(sent, DUE, extended_to, ZONE) == days
