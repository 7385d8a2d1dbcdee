"""The tables of a ranking for Word and PDF: nothing breaks, nothing is lost, what every line shares is said once."""

from dataclasses import replace
from decimal import Decimal

from tests.exports.rankings import NOON, paper_of, shown_of
from tracker.domain.paper import Side, Table
from tracker.domain.ranking_shown import RankingShown, ShownPoint, ShownStage
from tracker.exports.measure import longest
from tracker.exports.ranking_tables import difference_table, explained_table, matrix_tables, summary_table
from tracker.exports.ranking_text import EXPLANATIONS, ranking_parts
from tracker.exports.ranking_words import reasons, told_by_stage, unit_heading, usual_judges
from tracker.exports.result_tables import LANDSCAPE, PADDING, TABLE_SIZE

LINE = 5.0
"""Millimetres of a line of 12 points, somewhat more than it takes."""


def in_thousands(shown: RankingShown) -> RankingShown:
    """The same ranking with points ten times as many, as sets of 1000 points have them."""
    criteria = tuple(replace(each, maximum=(each.maximum or Decimal(0)) * 10) for each in shown.criteria)
    money = ("own_total", "bloc_total", "bonus", "penalty", "points", "maximum")
    units = tuple(
        unit._replace(**{name: value * 10 for name in money if (value := getattr(unit, name)) is not None})
        for unit in shown.units
    )
    return replace(shown, criteria=criteria, units=units)


def with_point(shown: RankingShown, point: ShownPoint) -> RankingShown:
    """The first unit's first line replaced."""
    unit, leaf = shown.units[0].key, shown.leaves[0].key
    return replace(shown, points={**shown.points, unit: {**shown.points[unit], leaf: point}})


def cramped(table: Table) -> list[tuple[str, str]]:
    """(head, figure) wherever a figure is wider than its column."""
    return [
        (column.head, text)
        for row in table.rows
        if len(row.cells) == len(table.columns)
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.side is Side.RIGHT
        for text in cell.split("\n")
        if longest([text], TABLE_SIZE, row.strong) + PADDING > column.width + 0.01
    ]


def test_no_figure_breaks_and_no_table_is_wider_than_the_page() -> None:
    for shown in (shown_of(1, 8, 12), in_thousands(shown_of(1, 8, 12))):
        paper = paper_of(shown)
        changed = difference_table(paper)
        assert changed is not None
        for table in (summary_table(paper), *matrix_tables(shown), changed, explained_table(paper)):
            assert cramped(table) == []
            assert sum(column.width for column in table.columns) <= LANDSCAPE + 0.01


def test_all_units_are_explained_in_one_table_each_under_its_name() -> None:
    paper = paper_of(shown_of(1, 8, 6))
    part = next(each for each in ranking_parts(paper) if each.key == EXPLANATIONS)
    (table,) = part.tables
    heads = [row.cells[0] for row in table.rows if len(row.cells) == 1 and row.strong]
    assert heads == [unit_heading(unit, usual_judges(paper.shown, unit)) for unit in paper.shown.units]


def test_who_judged_most_lines_is_named_once_and_others_at_their_line() -> None:
    shown = shown_of(1, 3, 6)
    own, bloc = ShownStage(Decimal(5), "Trần Thị Ví Dụ", NOON), ShownStage(Decimal(5), "Nguyễn Văn Mẫu", NOON)
    usual = {"Tự chấm": "Trần Thị Ví Dụ", "Khối chấm": "Nguyễn Văn Mẫu"}
    unit = shown.units[0]
    assert usual_judges(shown, unit) == usual
    assert unit_heading(unit, usual) == f"{unit.name} (tự chấm: Trần Thị Ví Dụ; khối chấm: Nguyễn Văn Mẫu)"
    assert reasons(shown, ShownPoint(own=own, bloc=bloc), usual) == ""
    stranger = replace(bloc, by="Lê Thị Thí Dụ")
    assert reasons(shown, ShownPoint(own=own, bloc=stranger), usual) == "Khối chấm 5,00 (Lê Thị Thí Dụ)"
    lowered = replace(bloc, points=Decimal(4), reason="Thiếu minh chứng")
    assert reasons(shown, ShownPoint(own=own, bloc=lowered), usual) == (
        "Khối chấm 4,00 (Nguyễn Văn Mẫu): Thiếu minh chứng"
    )
    assert reasons(shown, ShownPoint(own=own, bloc=bloc)) == "Khối chấm 5,00 (Nguyễn Văn Mẫu)"


def test_the_explanation_stands_between_the_points_it_answers_and_those_it_led_to() -> None:
    stage = ShownStage(Decimal(4), "Nguyễn Văn Mẫu", NOON, "Thiếu minh chứng")
    point = ShownPoint(
        own=ShownStage(Decimal(5)), bloc=stage, second=replace(stage, points=Decimal(5), reason="Đã bổ sung"),
        explanation="Gửi bổ sung quyết định.",
    )
    assert told_by_stage(shown_of(1, 3, 3), point) == [
        "Khối chấm 4,00 (Nguyễn Văn Mẫu): Thiếu minh chứng",
        "Giải trình: Gửi bổ sung quyết định.",
        "Lần hai 5,00 (Nguyễn Văn Mẫu): Đã bổ sung",
    ]


def test_groups_say_their_sums() -> None:
    shown = shown_of(1, 4, 6)
    rows = explained_table(paper_of(shown)).rows
    unit = shown.units[0]
    group = next(each for each in shown.criteria if not each.is_leaf)
    leaves = [each.key for each in shown.leaves if each.parent == group.key]
    final = sum((shown.points[unit.key][leaf].final or Decimal(0) for leaf in leaves), Decimal(0))
    row = next(row for row in rows if len(row.cells) > 1 and row.cells[1] == group.title)
    assert Decimal(row.cells[8].replace(",", ".")) == final


def tallest(table: Table) -> float:
    """Millimetres of the highest row, reckoned from its last cell."""
    room = table.columns[-1].width - PADDING
    return max(
        LINE * sum(1 + longest([part], TABLE_SIZE) // room for part in row.cells[-1].split("\n")) for row in table.rows
    )


def test_the_longest_explanation_is_not_cut_off_by_the_page() -> None:
    """A row is never cut, so what a page cannot take goes on in rows below."""
    words = [f"từ{place}" for place in range(800)]
    stage = ShownStage(Decimal(1), "Nguyễn Văn Mẫu", NOON, "Thiếu minh chứng")
    point = ShownPoint(own=ShownStage(Decimal(2)), bloc=stage, explanation=" ".join(words))
    paper = paper_of(with_point(shown_of(1, 3, 3), point))
    changed = difference_table(paper)
    assert changed is not None
    for table in (explained_table(paper), changed):
        told = " ".join(row.cells[-1] for row in table.rows).replace("(tiếp) ", "")
        assert " ".join(words) in told
        assert tallest(table) < 150
