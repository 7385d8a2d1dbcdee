"""Sheet 6: the action items of the conference and those that lay on its table, with the state of each."""

from tracker.domain.record import ConferenceRecord, ItemLine
from tracker.exports import item_words
from tracker.exports.conference_sheets import words
from tracker.exports.conference_sheets.people import finish
from tracker.exports.sheets import frame, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import Cell, Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Nhiệm vụ"
COLUMNS = (
    Column("STT", 6, Kind.PLACE),
    Column("Nội dung nhiệm vụ", 64),
    Column("Nguồn", 24),
    Column("Đơn vị thực hiện", 20),
    Column("Thời hạn", 13, Kind.DATE),
    Column("Tình trạng", 18),
)
CARRIED_COLUMNS = (
    Column("STT", 6, Kind.PLACE),
    Column("Nội dung nhiệm vụ", 45),
    Column("Nguồn", 20),
    Column("Đơn vị thực hiện", 18),
    Column("Thời hạn", 12, Kind.DATE),
    Column("Tình trạng", 16),
    Column("Thời gian theo dõi", 15),
    Column("Ý kiến tại hội nghị này", 17),
)


def draw(book: Book, record: ConferenceRecord, framed: Frame) -> tuple[Sheet, dict[int, str]]:
    """Draw the sheet; give it, to be moved to the end, and the place of each item for the links to it."""
    carried = bool(record.carried_items)
    sheet = Sheet(book, TITLE, CARRIED_COLUMNS if carried else COLUMNS)
    title = "NHIỆM VỤ SAU HỘI NGHỊ"
    if record.period:
        title = f"NHIỆM VỤ {record.period.following.label}".upper()
    edge = frame.draw_head(sheet, framed, [("Biểu số 06", styles.BLOC)], title, words.subtitle(record))
    sheet.head()
    places = {}
    for item in (*record.made_items, *record.carried_items):
        row = sheet.row(_item(record, item, carried))
        places[item.number] = f"'{sheet.title}'!A{row}"
    _draw_tallies(sheet, record)
    finish(sheet, framed, edge, _note(record), freeze_after=2)
    return sheet, places


def _item(record: ConferenceRecord, item: ItemLine, carried: bool) -> list[Value]:
    cells: list[Value] = [item.number, item.text, item_words.source_text(item), item.owners, item.due_on]
    cells.append(item_words.state_text(item))
    if carried:
        cells += [item_words.age_text(item, record.bloc_kind), item.said_here]
    return cells


def _note(record: ConferenceRecord) -> str | None:
    """Why a box is empty, if one is."""
    open_columns = []
    if any(item.owners is None for item in record.items):
        open_columns.append("đơn vị thực hiện")
    if any(item.due_on is None for item in record.items):
        open_columns.append("thời hạn")
    if not open_columns:
        return None
    return f"Ghi chú: Ô để trống ở cột {' và '.join(open_columns)}: {' '.join(words.asker(record))}."


def _draw_tallies(sheet: Sheet, record: ConferenceRecord) -> None:
    """Beneath the items: for each unit with a part, how many items it has in each of four states."""
    rows = item_words.tallies(record.items, [member.unit_key for member in record.members])
    sheet.close()
    if not rows:
        return
    over = len(sheet.columns) - 6
    heads = ["Hoàn thành", "Đang thực hiện, chờ xác nhận", "Chưa thực hiện", "Quá hạn"]
    cells: list[Value | Cell] = ["STT", "Số nhiệm vụ của từng đơn vị theo tình trạng"]
    cells += [Cell(head, kind=Kind.SHORT) for head in heads]
    sheet.row([*cells, *_rest(over)], styles.group)
    for place, tally in enumerate(rows, start=1):
        numbers = (tally.done, tally.in_progress, tally.untouched, tally.overdue)
        figures = [Cell(number, kind=Kind.NUMBER) for number in numbers]
        sheet.row([place, tally.name, *figures, *_rest(over)])


def _rest(columns: int) -> list[Cell]:
    """The columns right of the tallies, merged and empty."""
    return [Cell(None, span=columns)] if columns else []
