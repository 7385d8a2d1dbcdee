"""The sheet "Biểu đồ": shares of the units in the order of places, points over the periods, both tables beneath."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Font, Paragraph, ParagraphProperties

from tracker.domain.ranking_paper import RankingPaper
from tracker.exports.period_sheets.drawing import Drawing
from tracker.exports.ranking_sheets.looks import called_in, share
from tracker.exports.ranking_words import code_line, share_value
from tracker.exports.sheets import frame, printing
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.styles import FACE, Look
from tracker.exports.sheets.values import Kind, Value

TITLE = "Biểu đồ"
BAR_WIDTH, LINE_WIDTH, HEIGHT = 10.4, 14.2, 9.2
CM_PER_BAR, MOST_HEIGHT, POINTS_PER_CM = 0.62, 13.9, 28.35
MOST_BARS = 30
MOST_ROWS_OF_A_PAGE = 12
RED, GREEN, GREY = "9B1B1B", "3A5F4B", "5F5F66"
MARKS = ("circle", "square", "triangle")
NO_BOX = Look()
GAP = 4
COLUMNS = (
    Column("STT", 5, Kind.PLACE),
    Column("Đơn vị", 42),
    Column("Tỷ lệ %", 10.5, Kind.SHARE),
    Column("", 3.5),
    Column("Kỳ", 25),
    *(Column(head, 17.5, Kind.POINTS) for head in ("Bình quân của Khối", "Đơn vị cao nhất", "Đơn vị thấp nhất")),
)


def draw_charts(drawing: Drawing, paper: RankingPaper) -> None:
    shown = paper.shown
    sheet = Sheet(drawing.book, TITLE, called_in(COLUMNS, paper.kind))
    subtitle = f"Kỳ báo cáo: {shown.period.label}"
    edge = frame.draw_head(sheet, drawing.framed, drawing.right_head(), "BIỂU ĐỒ KẾT QUẢ THI ĐUA", subtitle)
    bars = min(len(shown.ranked), MOST_BARS)
    height = min(max(HEIGHT, CM_PER_BAR * bars), MOST_HEIGHT)
    place = sheet.advance(height * POINTS_PER_CM + 8)
    sheet.head()
    _clear(sheet, sheet.next_row - 1)
    first = sheet.next_row
    _rows(sheet, paper)
    course = len(paper.course)
    sheet.page.add_chart(_bars(sheet, first, bars, height), f"A{place}")
    sheet.page.add_chart(_lines(sheet, paper, first, course, height), f"E{place}")
    keep = sheet.close() - 2
    for number, text in enumerate(_notes(paper)):
        sheet.note(f"Ghi chú: {text}" if number == 0 else text)
    frame.draw_signature(sheet, drawing.framed, edge)
    printing.set_up(sheet, mark=drawing.framed.footer_mark, filtered=False, keep=keep)
    sheet.page.freeze_panes = None
    if len(shown.units) <= MOST_ROWS_OF_A_PAGE:
        sheet.page.page_setup.fitToHeight = 1


def _rows(sheet: Sheet, paper: RankingPaper) -> None:
    """Units at the left, periods at the right, each as long as it is."""
    shown, course = paper.shown, paper.course
    empty = Cell(None, look=NO_BOX)
    for place in range(max(len(shown.units), len(course))):
        cells: list[Value | Cell] = [empty] * len(COLUMNS)
        if place < len(shown.units):
            unit = shown.units[place]
            cells[:3] = [place + 1, unit.name, share(shown, unit)]
        if place < len(course):
            period, average, highest, lowest = course[place]
            label = period.label[:1].upper() + period.label[1:]
            cells[GAP:] = [label, average.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP), highest, lowest]
        sheet.row(cells)


def _clear(sheet: Sheet, row: int) -> None:
    """The gap between the two tables has no head."""
    sheet.write(row, GAP, GAP, None, NO_BOX)


def _notes(paper: RankingPaper) -> list[str]:
    told = []
    if paper.shown.apart:
        told.append("Biểu đồ cột không có đơn vị không xếp hạng.")
    if len(paper.shown.ranked) > MOST_BARS:
        told.append(f"Biểu đồ cột vẽ {MOST_BARS} đơn vị đầu; các đơn vị khác xem bảng.")
    low, _high = _axis(paper)
    told.append(f"Trục của biểu đồ đường bắt đầu từ {low} điểm.")
    return [" ".join(told), *code_line(paper)]


def _face(size: int, *, bold: bool = False, colour: str = "000000") -> RichText:
    """Text of a chart in the document font; `size` in hundredths of a point."""
    latin = Font(typeface=FACE)
    face = CharacterProperties(sz=size, b=bold, latin=latin, ea=latin, cs=latin, solidFill=colour)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)])


def _titled(chart: Any, title: str, width: float, height: float) -> None:
    chart.title = title
    latin = Font(typeface=FACE)
    face = CharacterProperties(sz=1100, b=True, latin=latin, cs=latin)
    for paragraph in chart.title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=face)
        for run in paragraph.r:
            run.rPr = face
    chart.title.overlay = False
    chart.width, chart.height = width, height
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _face(800)


def _bars(sheet: Sheet, first: int, count: int, height: float) -> BarChart:
    """The best unit on top: the axis of names is reversed, and the axis of shares put back below."""
    chart = BarChart()
    chart.type, chart.gapWidth, chart.legend = "bar", 45, None
    _titled(chart, "Tỷ lệ điểm được duyệt trên điểm tối đa", BAR_WIDTH, height)
    if count:
        chart.add_data(Reference(sheet.page, min_col=3, min_row=first, max_row=first + count - 1))
        chart.set_categories(Reference(sheet.page, min_col=2, min_row=first, max_row=first + count - 1))
        chart.series[0].graphicalProperties = GraphicalProperties(solidFill=RED)
        chart.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
        chart.dataLabels.numFmt = sheet.page.cell(row=first, column=3).number_format
        chart.dataLabels.txPr = _face(800)
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = 0, 1.1
    chart.y_axis.majorUnit = 0.2
    chart.y_axis.number_format, chart.y_axis.crosses = "0%", "max"
    return chart


def _lines(sheet: Sheet, paper: RankingPaper, first: int, count: int, height: float) -> LineChart:
    chart = LineChart()
    _titled(chart, "Điểm qua các kỳ", LINE_WIDTH, height)
    chart.legend.position = "b"
    chart.legend.txPr = _face(900)
    if count:
        for column, colour, mark in zip((6, 7, 8), (RED, GREEN, GREY), MARKS, strict=True):
            data = Reference(sheet.page, min_col=column, min_row=first - 1, max_row=first + count - 1)
            chart.add_data(data, titles_from_data=True)
            series = chart.series[-1]
            series.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=colour, w=22_000))
            series.marker.symbol, series.marker.size = mark, 7
            series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
            series.smooth = False
        chart.set_categories(Reference(sheet.page, min_col=5, min_row=first, max_row=first + count - 1))
    chart.y_axis.scaling.min, chart.y_axis.scaling.max = _axis(paper)
    chart.y_axis.number_format = "0"
    return chart


def _axis(paper: RankingPaper) -> tuple[int, int]:
    """70 to 105, wider where points are outside it, in steps of five."""
    figures = [each for _period, *row in paper.course for each in row]
    low = min([Decimal(70), *figures]) / 5
    high = max([Decimal(105), *figures]) / 5
    return (
        5 * int(low.to_integral_value(rounding=ROUND_FLOOR)), 5 * int(high.to_integral_value(rounding=ROUND_CEILING))
    )


def has_charts(paper: RankingPaper) -> bool:
    """Whether there is anything to draw."""
    return any(share_value(paper.shown, unit) is not None for unit in paper.shown.ranked)
