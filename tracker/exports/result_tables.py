"""The tables of a period's results as ready text: annexes of the report and the page on screen draw the same ones.

A blank is a box without text (chưa có số liệu), 0 is 0, "KG" is a line that was not assigned. Widths in millimetres.
"""

from decimal import Decimal
from itertools import pairwise

from tracker.domain.award_counts import AwardTable, count_awards, method_label, object_label
from tracker.domain.paper import Side, Table, TableColumn, TableRow
from tracker.domain.period_results import (
    NOT_ASSIGNED,
    AchievementLine,
    Figure,
    PeriodResults,
    ResultLine,
    SendingLine,
)
from tracker.domain.submissions import AwardObject
from tracker.domain.vietnamese import NO_FIGURE, number, sentence, short_date
from tracker.exports.measure import longest
from tracker.exports.phrases import line

PORTRAIT, LANDSCAPE = 165.0, 252.0
PLACE, MEASURE, TABLE_SIZE, PADDING = 12.0, 18.0, 12.0, 2.7
UNITS_A_TABLE = 8
LEAST_UNIT, MOST_HEAD, MOST_UNIT = 19.0, 22.8, 26.0
LEAST_TITLE, WIDE_TITLE = 40.0, 90.0
TARGET = "CT"
NOT_SENT = "Chưa gửi báo cáo"
BLANKS = f"Ô để trống: {NO_FIGURE}; số 0: có báo cáo và kết quả bằng không."


def percent_text(percent: Decimal | None) -> str:
    """55,0%; nothing when there is no plan or no figure."""
    return f"{number(percent, 1)}%" if percent is not None else ""


def figure_text(figure: Figure, *, with_target: bool) -> str:
    """688 over "CT 1.250" where the line has targets; KG; nothing for no figure."""
    if not figure.assigned:
        return NOT_ASSIGNED
    target = f"{TARGET} {number(figure.target)}" if with_target and figure.target is not None else ""
    return f"{number(figure.value)}\n{target}".rstrip("\n") if target else number(figure.value)


def matrix_tables(results: PeriodResults, units_a_table: int = UNITS_A_TABLE) -> tuple[Table, ...]:
    """Criteria × units, cut into as few even blocks of units as the page (and the longest figure) allows."""
    texts = _texts(results)
    number_room = max(11.0, longest((row.number for row in results.lines), TABLE_SIZE, bold=True) + PADDING)
    widest = longest((part for row in texts.values() for text in row for part in text.split("\n")), TABLE_SIZE)
    head = longest((word for unit in results.units for word in unit.short_name.split()), TABLE_SIZE, bold=True)
    each = max(LEAST_UNIT, widest + PADDING, min(head + PADDING, MOST_HEAD))
    most = max(1, min(units_a_table, int((LANDSCAPE - number_room - MEASURE - LEAST_TITLE) // each)))
    blocks = -(-len(results.units) // most)
    edges = [len(results.units) * block // blocks for block in range(blocks + 1)] if blocks else []
    return tuple(_matrix_block(results, texts, (first, last), number_room, each) for first, last in pairwise(edges))


def whole_matrix(results: PeriodResults) -> Table:
    """All units beside each other, for the screen: it scrolls sideways and has no blocks."""
    return _matrix_block(results, _texts(results), (0, len(results.units)), PLACE, LEAST_UNIT)


def _texts(results: PeriodResults) -> dict[str, list[str]]:
    return {
        row.key: [figure_text(figure, with_target=row.has_targets) for figure in row.figures]
        for row in results.measured
    }


def _matrix_block(
    results: PeriodResults, texts: dict[str, list[str]], part: tuple[int, int], number_room: float, each: float
) -> Table:
    """The units from the first of `part` up to, not including, its last; few units get wider columns."""
    first, last = part
    count = last - first
    room = LANDSCAPE - number_room - MEASURE
    each = max(each, min(MOST_UNIT, (room - WIDE_TITLE) / max(count, 1)))
    columns = (
        TableColumn("STT", number_room, Side.MIDDLE),
        TableColumn("Tiêu chí, chỉ tiêu", room - each * count),
        TableColumn("Đơn vị tính", MEASURE, Side.MIDDLE),
        *(TableColumn(line(unit.short_name), each, Side.RIGHT) for unit in results.units[first:last]),
    )
    rows = []
    for row in results.lines:
        if row.is_group:
            heading = row.title.upper() if row.level == 0 else row.title
            rows.append(TableRow((line(row.number), line(heading)), strong=True))
        else:
            rows.append(TableRow((line(row.number), line(row.title), measure_of(row), *texts[row.key][first:last])))
    return Table(columns, tuple(rows))


def measure_of(row: ResultLine) -> str:
    """The unit of measure; what counts times says so when it names none."""
    return line(row.measure) or ("lần" if row.counts_times else "")


def matrix_notes(results: PeriodResults) -> list[str]:
    told = []
    if any(not figure.assigned for row in results.measured for figure in row.figures):
        told.append(f"{NOT_ASSIGNED}: không được giao.")
    if any(row.has_targets for row in results.measured):
        told.append(f"{TARGET}: chỉ tiêu được giao, ghi dưới kết quả.")
    told.append(BLANKS)
    if absent := [line(each.unit.name) for each in results.not_sent]:
        told.append(f"{NOT_SENT}: {'; '.join(absent)}.")
    if names := short_names(results):
        told.append(f"Tên viết tắt: {names}.")
    return told


def short_names(results: PeriodResults) -> str:
    """The short names that stand for longer ones, spelt out."""
    longer = [(unit.short_name, unit.name) for unit in results.units if unit.short_name != unit.name]
    return "; ".join(f"{line(short)}: {line(name)}" for short, name in longer)


def progress_table(results: PeriodResults) -> Table | None:
    """Plan, done and percent, unit by unit; None without a pledge. A unit's name is a row over its own."""
    progress = results.progress
    if progress is None or not progress.rows or not progress.units:
        return None
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị, chỉ tiêu", 68),
        TableColumn("Đơn vị tính", 21, Side.MIDDLE),
        TableColumn("Kế hoạch năm", 23, Side.RIGHT),
        TableColumn("Thực hiện", 23, Side.RIGHT),
        TableColumn("Tỷ lệ", 18, Side.RIGHT),
    )
    rows = []
    for unit in progress.units:
        rows.append(TableRow((line(unit.name),), strong=True))
        for row, cell in zip(progress.rows, unit.cells, strict=True):
            measure = line(row.unit_of_measure)
            if not cell.assigned:
                rows.append(TableRow((str(row.number), line(row.content), measure, *[NOT_ASSIGNED] * 3)))
                continue
            done = number(cell.done) if cell.done is not None else ""
            shown = (number(cell.plan), done, percent_text(cell.percent))
            rows.append(TableRow((str(row.number), line(row.content), measure, *shown)))
    return Table(columns, tuple(rows))


def achievement_table(results: PeriodResults) -> Table | None:
    """Achievements and typical examples, unit by unit. None when no unit reports any."""
    rows = [*results.deeds, *results.examples]
    order = {unit.key: place for place, unit in enumerate(results.units)}
    rows.sort(key=lambda each: order[each.unit.key])
    if not rows:
        return None
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", 36),
        TableColumn("Tập thể, cá nhân", 34),
        TableColumn("Thành tích", 60),
        TableColumn("Ngày", 23, Side.MIDDLE),
    )
    return Table(
        columns,
        tuple(
            TableRow(
                (
                    str(place), line(row.unit.name), line(row.subject), deed_text(row),
                    short_date(row.happened_on or row.decided_on),
                )
            )
            for place, row in enumerate(rows, start=1)
        ),
    )


def deed_text(row: AchievementLine) -> str:
    """What was achieved, with its kind, value in đồng, movement and decision where they are recorded."""
    more = [row.kind.label]
    if row.field:
        more.append(line(row.field))
    if row.value is not None:
        more.append(f"{number(row.value)} đồng")
    if row.movement:
        more.append(f"phong trào “{line(row.movement)}”")
    if row.decision_number:
        more.append(f"Quyết định số {line(row.decision_number)}")
    return f"{line(row.text)} ({'; '.join(more)})"


def award_table(results: PeriodResults) -> Table | None:
    """Forms × (methods × objects), with totals. None when no unit reports an award."""
    counted = count_awards(results.awards)
    if not counted.rows:
        return None
    places = [(method, who) for method in counted.methods for who in counted.objects]
    page, form = (LANDSCAPE, 60) if is_wide(counted) else (PORTRAIT, 45)
    narrow = (page - PLACE - form) / (len(places) + len(counted.objects))
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Hình thức, danh hiệu", form),
        *(TableColumn(_object(who), narrow, Side.RIGHT, method_label(method)) for method, who in places),
        *(TableColumn(_object(who), narrow, Side.RIGHT, "Tổng số") for who in counted.objects),
    )
    rows = [
        TableRow(
            (
                str(place), line(row.form), *(number(row.counts.get(column)) for column in places),
                *(number(row.total(who)) for who in counted.objects),
            )
        )
        for place, row in enumerate(counted.rows, start=1)
    ]
    sums = [number(counted.column_total(*column)) for column in places]
    rows.append(TableRow(("", "TỔNG CỘNG", *sums, *(number(counted.total(who)) for who in counted.objects)), True))
    return Table(columns, tuple(rows))


def is_wide(counted: AwardTable) -> bool:
    """Whether the table of awards needs a page lying on its side."""
    return len(counted.methods) * len(counted.objects) > 6


_SHORT_OBJECTS = {AwardObject.HOUSEHOLD: "Hộ", None: "Chưa ghi"}


def _object(received_by: AwardObject | None) -> str:
    """A word that fits the narrow columns of this table."""
    return _SHORT_OBJECTS.get(received_by, object_label(received_by))


def award_notes(counted: AwardTable) -> list[str]:
    told = ["Ô để trống: không có khen thưởng được báo cáo."]
    if counted.uncounted:
        told.append(f"{counted.uncounted} dòng không ghi số lượng, mỗi dòng tính là 1.")
    if AwardObject.HOUSEHOLD in counted.objects:
        told.append("Hộ: hộ gia đình.")
    if None in counted.objects:
        told.append("Chưa ghi: đơn vị chưa ghi đối tượng khen thưởng.")
    return told


def sending_table(results: PeriodResults) -> Table | None:
    """When each unit was to send and did. None when no unit was asked."""
    if not results.sendings:
        return None
    columns = (
        TableColumn("STT", PLACE, Side.MIDDLE),
        TableColumn("Đơn vị", 35),
        *(TableColumn(head, 23, Side.MIDDLE) for head in ("Hạn gửi", "Gia hạn đến", "Gửi lần đầu", "Gửi lần cuối")),
        TableColumn("Số lần trả lại", 13, Side.RIGHT),
        TableColumn("Số ngày chậm", 13, Side.RIGHT),
    )
    return Table(
        columns, tuple(_sending(place, each) for place, each in enumerate(results.sendings, start=1))
    )


def _sending(place: int, row: SendingLine) -> TableRow:
    first, last = row.first_sent, row.last_sent
    return TableRow(
        (
            str(place), line(row.unit.name), short_date(row.due.date()), short_date(row.extended_to),
            short_date(first.date()) if first else sentence(NOT_SENT),
            short_date(last.date()) if last else "",
            str(row.times_returned), number(row.days_late),
        )
    )
