"""What is missing or odd before sending: each finding with its place, its words, and whether it stops."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tracker.domain.criteria import Direction, ScoreFunction
from tracker.domain.periods import Period, PeriodKind
from tracker.domain.submission_checks import EMPTY, FindingKind, findings
from tracker.domain.submission_seen import FileSeen, LineSeen, SectionSeen, SubmissionSeen, preceding
from tracker.domain.submissions import SectionKind, SubmissionState

LINE = LineSeen(
    entry_key="line1", version=1, number="1.2", title="Tỷ lệ giải ngân", group=(), unit_of_measure="%",
    direction=Direction.MORE, function=ScoreFunction.PROPORTIONAL, maximum=Decimal(10), target=Decimal(95),
    actual=Decimal(50), count=None, note=None,
)  # fmt: skip
SECTIONS = tuple(
    SectionSeen(kind.value, 1, kind, "" if kind is SectionKind.ACHIEVEMENTS else "Đã làm") for kind in SectionKind
)


def report(*lines: LineSeen, sections=SECTIONS, **more) -> SubmissionSeen:
    return SubmissionSeen(
        key="s", period_key="p", unit_key="u", unit_name="Đơn vị U", period=Period(2026, PeriodKind.FIRST_HALF),
        state=more.pop("state", SubmissionState.DRAFT), asks_figures=True, lines=lines, sections=sections,
        achievements=(), **more,
    )  # fmt: skip


def found(*lines: LineSeen, **more) -> list[tuple[FindingKind, str]]:
    return [(each.kind, each.place_key) for each in findings(report(*lines, **more))]


def test_a_full_report_has_no_finding():
    assert findings(report(LINE)) == []


def test_an_empty_report_stops_and_nothing_else_does():
    blank = replace(LINE, actual=None)
    silent = tuple(replace(section, text="") for section in SECTIONS)
    listed = findings(report(blank, sections=silent))
    assert [each.stops for each in listed] == [True, False, False, False, False]
    assert listed[0].sentence == EMPTY
    assert [each.kind for each in listed[1:]] == [FindingKind.BLANK, *[FindingKind.NARRATIVE] * 3]


def test_narrative_alone_is_a_report():
    assert findings(report()) == []


def test_blank_is_named_with_what_to_do():
    (finding,) = findings(report(replace(LINE, actual=None)))
    assert finding.sentence == (
        "Dòng 1.2 “Tỷ lệ giải ngân”: chưa có số liệu. Hãy ghi; nếu kết quả là không thì ghi 0."
    )


def test_zero_is_not_blank():
    assert found(replace(LINE, actual=Decimal(0))) == []


@pytest.mark.parametrize(
    ("function", "values", "blank"),
    [
        (ScoreFunction.BONUS, {"actual": Decimal(1)}, True),
        (ScoreFunction.BONUS, {"actual": None, "count": 0}, False),
        (ScoreFunction.MANUAL, {"actual": None}, True),
        (ScoreFunction.MANUAL, {"actual": None, "note": "Đã làm đủ"}, False),
        (ScoreFunction.LATENESS, {"actual": None}, False),
        (None, {"actual": None, "note": "Đang tính"}, True),
    ],
)
def test_each_function_asks_for_its_own_figure(function, values, blank):
    line = replace(LINE, function=function, unit_of_measure="lần", **values)
    assert ((FindingKind.BLANK, "line1") in found(line)) is blank


@pytest.mark.parametrize(
    ("last_year", "note", "far"),
    [("100", None, False), ("100.0001", None, True), ("33.4", None, False), ("33.3", None, True), ("0", None, False),
     ("200", "Đã tách đơn vị", False), (None, None, False)],
)  # fmt: skip
def test_far_from_last_year_is_asked_about(last_year, note, far):
    line = replace(LINE, last_year=Decimal(last_year) if last_year else None, note=note)
    assert ((FindingKind.FAR, "line1") in found(line)) is far


def test_far_is_said_in_numbers():
    line = replace(LINE, actual=Decimal("1286.5"), unit_of_measure="hồ sơ", last_year=Decimal(800))
    (finding,) = findings(report(line))
    assert "1.286,5 so với 800 cùng kỳ năm trước, tăng 60,81%" in finding.sentence


@pytest.mark.parametrize(
    ("measure", "actual", "words"),
    [("%", "100", None), ("%", "100.01", "lớn hơn 100%"), ("điểm", "10", None), ("điểm", "10.5", "vượt điểm tối đa 10"),
     ("hồ sơ", "1000", None), ("hồ sơ", "-1", "nhỏ hơn 0")],
)  # fmt: skip
def test_over_the_maximum(measure, actual, words):
    listed = findings(report(replace(LINE, unit_of_measure=measure, actual=Decimal(actual))))
    assert [each.kind for each in listed] == ([FindingKind.OVER] if words else [])
    assert words is None or words in listed[0].sentence


def test_missing_evidence_only_of_a_result():
    needs = replace(LINE, evidence_required=True)
    assert found(needs) == [(FindingKind.NO_EVIDENCE, "line1")]
    assert found(replace(needs, files=(FileSeen("f", "a.pdf", 9),))) == []
    assert found(replace(needs, actual=None)) == [(FindingKind.BLANK, "line1")]


def test_a_line_that_is_not_assigned_has_no_finding():
    assert found(replace(LINE, actual=None, evidence_required=True, assigned=False)) == []


def test_what_came_back_and_was_left_alone():
    returned = replace(LINE, returned_reason="Thiếu biên bản")
    part = replace(SECTIONS[0], returned_reason="Viết rõ hơn")
    state = {"state": SubmissionState.RETURNED}
    assert found(returned, sections=(part, *SECTIONS[1:]), **state) == [
        (FindingKind.UNANSWERED, "line1"), (FindingKind.UNANSWERED, "assessment"),
    ]  # fmt: skip
    answered = (replace(part, answered=True), *SECTIONS[1:])
    assert found(replace(returned, answered=True), sections=answered, **state) == []
    assert found(LINE, returned_whole=True, **state) == [(FindingKind.UNANSWERED, "")]
    assert found(LINE, returned_whole=True, answered=True, **state) == []


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (PeriodKind.FIRST_HALF, Period(2025, PeriodKind.SECOND_HALF)),
        (PeriodKind.SECOND_HALF, Period(2026, PeriodKind.FIRST_HALF)),
        (PeriodKind.YEAR, None),
        (PeriodKind.QUARTER_1, Period(2025, PeriodKind.QUARTER_4)),
        (PeriodKind.QUARTER_3, Period(2026, PeriodKind.QUARTER_2)),
    ],
)
def test_the_period_before(kind, expected):
    assert preceding(Period(2026, kind)) == expected


def test_filled_share_counts_what_is_asked():
    late = replace(LINE, function=ScoreFunction.LATENESS, actual=None)
    three = (LINE, replace(LINE, actual=None), replace(LINE, actual=None, assigned=False), late)
    assert report(*three).filled_share == 50
    assert report().filled_share is None
