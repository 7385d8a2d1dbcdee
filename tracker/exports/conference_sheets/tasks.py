"""Sheet 6: the action items of the conference and those that lay on its table, with the state of each."""

from tracker.domain.record import ConferenceRecord, ItemLine
from tracker.exports import item_words
from tracker.exports.conference_sheets import words
from tracker.exports.conference_sheets.people import finish
from tracker.exports.sheets import frame, styles
from tracker.exports.sheets.book import Book
from tracker.exports.sheets.frame import Frame
from tracker.exports.sheets.sheet import Column, Sheet
from tracker.exports.sheets.values import Kind, Value

TITLE = "Nhiệm vụ"


def draw(book: Book, record: ConferenceRecord, framed: Frame) -> tuple[Sheet, dict[int, str]]:
    """Draw the sheet; give it, to be moved to the end, and the place of each item for the links to it."""
    shared = any(item_words.parts_text(item) for item in record.items)
    carried = bool(record.carried_items)
    sheet = Sheet(book, TITLE, _columns(shared, carried))
    title = "NHIỆM VỤ SAU HỘI NGHỊ"
    if record.period:
        title = f"NHIỆM VỤ {record.period.following.label}".upper()
    edge = frame.draw_head(sheet, framed, [("Biểu số 06", styles.BLOC)], title, words.subtitle(record))
    sheet.head()
    places = {}
    for item in (*record.made_items, *record.carried_items):
        more = [item_words.parts_text(item)] * shared
        if carried:
            more += [item_words.age_text(item, record.bloc_kind), item.said_here]
        row = sheet.row([*_item(item), *more])
        places[item.number] = f"'{sheet.title}'!A{row}"
    finish(sheet, framed, edge, _note(record), freeze_after=2)
    return sheet, places


def _columns(shared: bool, carried: bool) -> list[Column]:
    """The reference's six; units of shared items, age and what was said take their room from them."""
    tight = shared and carried
    columns = [
        Column("STT", 6, Kind.PLACE),
        Column("Nội dung nhiệm vụ", 38 if tight else 64 - 19 * (shared or carried)),
        Column("Nguồn", 17 if tight else 24 - 4 * (shared or carried)),
        Column("Đơn vị thực hiện", 15 if tight else 20 - 2 * (shared or carried)),
        Column("Thời hạn", 12 if shared or carried else 13, Kind.DATE),
        Column("Tình trạng", 14 if tight else 18 - 2 * (shared or carried)),
    ]
    columns += [Column("Tình trạng từng đơn vị", 22 if tight else 32)] * shared
    if carried:
        columns += [Column("Thời gian theo dõi", 12 if tight else 15)]
        columns += [Column("Ý kiến tại hội nghị này", 13 if tight else 17)]
    return columns


def _item(item: ItemLine) -> list[Value]:
    """The first six columns."""
    source, state = item_words.source_text(item), item_words.state_text(item)
    return [item.number, item.text, source, item.owners, item.due_on, state]


def _note(record: ConferenceRecord) -> str | None:
    """Why a box is empty, if one is, and which names the short ones stand for."""
    open_columns = []
    if any(item.owners is None for item in record.items):
        open_columns.append("đơn vị thực hiện")
    if any(item.due_on is None for item in record.items):
        open_columns.append("thời hạn")
    said = []
    if open_columns:
        said.append(f"Ô để trống ở cột {' và '.join(open_columns)}: {' '.join(words.asker(record))}.")
    named = item_words.short_names(part for item in record.items for part in item_words.named_parts(item))
    if named:
        said.append(f"Tên viết tắt: {named}.")
    return f"Ghi chú: {' '.join(said)}" if said else None
