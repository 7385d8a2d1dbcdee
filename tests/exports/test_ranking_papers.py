"""The papers of a ranking by themselves and in a review: order, KG, blanks, formats, blocks, stamp, charts, report."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.exports.rankings import NOON, paper_of, shown_of
from tests.exports.records_full import full_review
from tests.exports.results import half_year, reviewed
from tests.exports.workbooks import cells_of_type, opened, row_of, texts
from tracker.domain.criteria import RankBasis
from tracker.domain.ranking_paper import RankingPaper, of_one_unit
from tracker.domain.ranking_words import grouped
from tracker.exports import pdf, review_text, word
from tracker.exports.conference_workbook import workbook
from tracker.exports.ranking_text import ranking_notice, ranking_told
from tracker.exports.ranking_words import arithmetic, status
from tracker.exports.ranking_workbook import explained_workbook, ranking_workbook
from tracker.exports.sheets.frame import Frame, date_line


def framed(paper: RankingPaper) -> Frame:
    head = full_review().letterhead
    return Frame(head, date_line(head, NOON.date()), draft=paper.draft, illustration=paper.shown.illustration)


def book_of(paper: RankingPaper):
    return opened(ranking_workbook(paper, framed(paper)))


def test_the_sheets_in_order_without_formulas() -> None:
    paper = paper_of(shown_of(1, 8, 12))
    book = book_of(paper)
    units = [f"Giải thích {unit.short_name}" for unit in paper.shown.units]
    assert book.sheetnames == ["Tổng hợp đơn vị", "Điểm theo tiêu chí", "Chênh lệch", *units, "Biểu đồ"]
    assert cells_of_type(book, "f") == []
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts(book.worksheets[0])
    forms = [next(text for text in texts(page) if str(text).startswith("Biểu số")) for page in book.worksheets[1:]]
    assert forms == [f"Biểu số {place:02d}" for place in range(2, 2 + len(forms))]


def test_places_are_numbers_shared_ones_say_so_and_who_stands_apart_is_blank() -> None:
    paper = paper_of(shown_of(1, 8, 12))
    page = book_of(paper)["Tổng hợp đơn vị"]
    rows = {values[1]: values for values in page.iter_rows(values_only=True) if isinstance(values[0], int)}
    shared = [unit for unit in paper.shown.units if unit.shared]
    assert len(shared) == 2 and shared[0].rank == shared[1].rank
    for unit in shared:
        assert rows[unit.name][9] == unit.rank and "đồng hạng" in rows[unit.name][11]
    last = list(rows.values())[-1]
    assert last[2:10] == (None,) * 8 and last[10:] == ("Không xét", "Chưa gửi báo cáo")
    next_place = min(unit.rank for unit in paper.shown.ranked if unit.rank > shared[0].rank)
    assert next_place == shared[0].rank + 2


def test_formats_are_vietnamese_and_belong_to_the_column() -> None:
    page = book_of(paper_of(shown_of(1, 8, 12)))["Tổng hợp đơn vị"]
    row = row_of(page, 1)
    assert page.cell(row, 7).number_format == "[$-42A]#,##0.00"
    assert page.cell(row, 9).number_format == "[$-42A]0.00%"
    assert page.cell(row, 10).number_format == "0"
    assert page.freeze_panes == f"C{row}"


def test_shares_that_look_equal_and_rank_differently_get_more_decimals() -> None:
    shown = shown_of(1, 4, 3)
    first, second, *others = shown.units
    close = first._replace(rank=1, shared=False, points=Decimal("96.2502"), maximum=Decimal(100))
    behind = second._replace(rank=2, shared=False, points=Decimal("96.2501"), maximum=Decimal(100))
    paper = paper_of(replace(shown, units=(close, behind, *others), places=4))
    page = book_of(paper)["Tổng hợp đơn vị"]
    row = row_of(page, 1)
    assert page.cell(row, 9).number_format == "[$-42A]0.0000%"
    assert page.cell(row, 7).number_format == "[$-42A]#,##0.0000"
    assert Decimal(str(page.cell(row, 9).value)) != Decimal(str(page.cell(row + 1, 9).value))


def test_twenty_units_stand_in_even_blocks() -> None:
    page = book_of(paper_of(shown_of(2, 20, 6)))["Điểm theo tiêu chí"]
    assert [each.id for each in page.col_breaks.brk] == [3 + 14, 3 + 28]
    assert page.print_title_cols == "$A:$C"


def test_a_large_bloc_is_explained_in_one_sheet() -> None:
    shown = shown_of(3, 20, 3)
    more = tuple(unit._replace(key=f"{unit.key}-2", name=f"{unit.name} 2") for unit in shown.units)
    points = {**shown.points, **{f"{key}-2": own for key, own in shown.points.items()}}
    book = book_of(paper_of(replace(shown, units=(*shown.units, *more), points=points)))
    assert [name for name in book.sheetnames if name.startswith("Giải thích")] == ["Giải thích"]
    told = [str(text) for text in texts(book["Giải thích"])]
    assert all(any(text.startswith(f"{unit.name} (tự chấm: ") for text in told) for unit in more)


def test_the_stamp_stands_under_the_table_and_its_code_on_every_sheet() -> None:
    paper = paper_of(shown_of(1, 5, 3))
    assert paper.stamp is not None
    book = book_of(paper)
    first = "\n".join(map(str, texts(book.worksheets[0])))
    assert f"Mã kiểm tra: {paper.stamp.code}. SHA-256: {grouped(paper.stamp.sha256)}." in first
    assert "Phiên bản 2; công bố 16:20 ngày 12/01/2026; căn cứ văn bản số 02/BB-KTĐ ngày 12/01/2026" in first
    assert "Bằng điểm thì đồng hạng." in first
    for page in book.worksheets:
        assert any(paper.stamp.code in str(text) for text in texts(page)), page.title


def test_charts_keep_their_axes_and_begin_with_the_best() -> None:
    paper = paper_of(shown_of(1, 8, 12))
    content = ranking_workbook(paper, framed(paper))
    with ZipFile(BytesIO(content)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert all(chart.count('<delete val="0"') == 2 and "<delete val=\"1\"" not in chart for chart in charts)
    bars = next(chart for chart in charts if "barChart" in chart)
    lines = next(chart for chart in charts if "lineChart" in chart)
    assert 'orientation val="maxMin"' in bars and '<max val="1.1"' in bars
    assert '<min val="70"' in lines and '<max val="105"' in lines
    page = opened(content)["Biểu đồ"]
    row = row_of(page, "Năm 2022")
    assert [page.cell(row, column).value for column in (6, 7, 8)] == [92.75, 98, 87.5]


def test_a_unit_alone_is_explained_with_its_arithmetic() -> None:
    paper = paper_of(shown_of(1, 8, 12))
    unit = paper.shown.ranked[0]
    book = opened(explained_workbook(paper, unit.key, framed(paper)))
    assert book.sheetnames == ["Giải thích"]
    told = texts(book["Giải thích"])
    assert arithmetic(paper.shown, unit) in told
    others = tuple(other.name for other in paper.shown.units if other.key != unit.key)
    assert not any(str(text).startswith(others) for text in told)
    with pytest.raises(KeyError):
        explained_workbook(paper, "khong-co", framed(paper))


def test_the_arithmetic_adds_up() -> None:
    shown = shown_of(1, 8, 12)
    for unit in shown.ranked:
        told = arithmetic(shown, unit).replace(",", ".")
        main, bonus, penalty, points = (Decimal(part.split()[0]) for part in _terms(told))
        assert main + bonus - penalty == points == unit.points


def _terms(told: str) -> list[str]:
    head = told.removeprefix("Điểm được duyệt: ").split(";")[0]
    left, points = head.split(" = ")
    main, rest = left.split(" + ")
    bonus, penalty = rest.split(" - ")
    return [main, bonus, penalty, points]


def test_before_publication_nothing_of_others_is_left() -> None:
    paper = paper_of(shown_of(1, 8, 3))
    unit = paper.shown.ranked[2]
    hidden = of_one_unit(paper, unit.key, judged=False)
    assert (hidden.stamp, hidden.earlier, hidden.shown.hints) == (None, (), ())
    assert [each.key for each in hidden.shown.units] == [unit.key] and set(hidden.shown.points) == {unit.key}
    assert all(each.final is None for each in hidden.shown.points[unit.key].values())
    assert (hidden.shown.units[0].rank, hidden.shown.units[0].points) == (None, None)
    assert of_one_unit(paper, unit.key, judged=True).shown.points[unit.key] == paper.shown.points[unit.key]


def test_a_draft_says_so_and_has_no_hash() -> None:
    paper = paper_of(shown_of(1, 5, 3), draft=True)
    head = full_review().letterhead
    notice = ranking_notice(paper, head, date_line(head, NOON.date()))
    assert notice.draft and "SHA-256" not in str(notice)
    assert "Bảng tạm tính, chưa công bố" in str(notice)
    assert all(status(paper, unit).startswith("Đã chấm") for unit in paper.shown.ranked)


def test_the_report_of_a_scored_period_tells_the_ranking_and_names_its_annexes() -> None:
    ranking = paper_of(shown_of(1, 8, 6))
    paper = review_text.review_report(reviewed(replace(half_year(8, 4), ranking=ranking)))
    block = next(
        clause for section in paper.sections for clause in section.clauses
        if clause.title == "Kết quả chấm điểm, xếp hạng"
    )
    told = " ".join(block.paragraphs)
    assert "07/08 đơn vị được xếp hạng" in told.replace("\u00a0", " ") and "So với năm 2024" in told
    assert "Bảng xếp hạng tại Phụ lục I; điểm theo tiêu chí tại Phụ lục II" in told
    assert [annex.number for annex in paper.annexes[:2]] == ["Phụ lục I", "Phụ lục II"]
    assert paper.annexes[0].title[0] == "BẢNG XẾP HẠNG CÁC ĐƠN VỊ"
    assert word.draw(paper, word.REPORT)[:2] == b"PK" and pdf.draw(paper)[:4] == b"%PDF"


def test_a_report_without_points_says_nothing_of_them() -> None:
    paper = review_text.review_report(reviewed(half_year(8, 4)))
    assert not any("xếp hạng" in clause.title for section in paper.sections for clause in section.clauses)
    assert not any("XẾP HẠNG" in " ".join(annex.title) for annex in paper.annexes)


def test_the_workbook_of_a_scored_review_holds_the_ranking_once() -> None:
    ranking = paper_of(shown_of(1, 8, 6))
    book = opened(workbook(reviewed(replace(half_year(8, 4), ranking=ranking))))
    first = book.sheetnames.index("Tổng hợp đơn vị")
    assert book.sheetnames[first : first + 6] == [
        "Tổng hợp đơn vị", "Điểm theo tiêu chí", "Chênh lệch", "Giải thích", "Biểu đồ", "Tổng hợp báo cáo",
    ]
    forms = [next(text for text in texts(page) if str(text).startswith("Biểu số")) for page in book.worksheets[first:]]
    assert forms == [f"Biểu số {place:02d}" for place in range(first + 1, len(book.sheetnames) + 1)]


def test_against_the_year_before_who_rose_fell_and_stayed() -> None:
    paper = paper_of(shown_of(1, 8, 6, RankBasis.POINTS))
    told = next(text for text in ranking_told(paper) if text.startswith("So với năm 2024"))
    before = {each.unit: each.rank for each in paper.earlier[-1].lines}
    for unit in paper.shown.ranked:
        moved = f"{unit.name} (hạng {before[unit.key]} thành hạng {unit.rank})"
        assert (moved in told) == (before[unit.key] != unit.rank)
    without = replace(paper, earlier=paper.earlier[:1])
    assert not any(text.startswith("So với") for text in ranking_told(without))
