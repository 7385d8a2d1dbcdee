"""The workbook of a criteria set: sheets and columns, said once for what writes it and for what reads it.

A row is known by the key in its hidden column; a row without key by its place in the tree (I › 1 › 1a). A row that is
missing is taken out of the set: the preview names it.
"""

import hashlib
import json
from dataclasses import dataclass, field

from tracker.domain.criteria import BandBasis, CriterionPart, Direction, RankBasis, Rounding, ScoreFunction
from tracker.domain.criteria_changes import LABELS, SET_LABELS, written
from tracker.domain.criteria_tree import CriteriaTree, number_key
from tracker.domain.form_sheet import KEY_FIELD, KEY_HEAD, CellError, FormColumn
from tracker.domain.labels import Labelled
from tracker.text import fold

CRITERIA_FORM = "so-thi-dua/bo-tieu-chi/1"
ROWS, BANDS, ABOUT = "Bộ tiêu chí", "Bậc điểm", "Phần chung"
CRITERIA_KEYS = ("Mẫu biểu", "Bộ tiêu chí", "Nội dung khi tải")
"""Labels of the hidden sheet form_sheet.KEYS: CRITERIA_FORM, public id of the set, its fingerprint."""

YES, NO = "có", "không"
INCLUDED, EXCLUDED = "kể cả", "không kể"

COLUMNS: dict[str, tuple[FormColumn, ...]] = {
    ROWS: (
        FormColumn("level", "Cấp", 6, filled=True),
        FormColumn("number", "STT", 9, filled=True),
        FormColumn("title", "Nội dung", 52, filled=True),
        FormColumn("part", "Phần", 17, filled=True),
        FormColumn("maximum", "Điểm tối đa", 10, filled=True),
        FormColumn("unit_of_measure", "Đơn vị tính", 11, filled=True),
        FormColumn("function", "Cách chấm", 24, filled=True),
        FormColumn("direction", "Chiều", 15, filled=True),
        FormColumn("band_basis", "Bậc tính theo", 17, filled=True),
        FormColumn("points_each", "Điểm mỗi lần", 9, filled=True),
        FormColumn("limit_points", "Giới hạn điểm", 9, filled=True),
        FormColumn("floor_points", "Điểm thấp nhất", 9, filled=True),
        FormColumn("evidence_required", "Cần minh chứng", 9, filled=True),
        FormColumn("guidance", "Hướng dẫn", 34, filled=True),
        FormColumn("rule", "Cách tính điểm (chương trình ghi)", 44),
        FormColumn(KEY_FIELD, KEY_HEAD, 18),
    ),
    BANDS: (
        FormColumn("path", "Dòng", 18, filled=True),
        FormColumn("title", "Tiêu chí (chương trình ghi)", 50),
        FormColumn("low", "Từ", 12, filled=True),
        FormColumn("low_end", "Đầu dưới", 12, filled=True),
        FormColumn("high", "Đến", 12, filled=True),
        FormColumn("high_end", "Đầu trên", 12, filled=True),
        FormColumn("points", "Điểm", 10, filled=True),
    ),
    ABOUT: (FormColumn("label", "Mục", 26), FormColumn("value", "Giá trị", 80, filled=True)),
}
#: A sheet without one of these columns cannot be read.
NEEDED: dict[str, tuple[str, ...]] = {
    ROWS: tuple(column.field for column in COLUMNS[ROWS] if column.filled),
    BANDS: ("path", "low", "low_end", "high", "high_end", "points"),
    ABOUT: ("label", "value"),
}
#: Column → the enum whose labels its cells take.
CHOICES: dict[str, type[Labelled]] = {
    "part": CriterionPart, "function": ScoreFunction, "direction": Direction, "band_basis": BandBasis,
}  # fmt: skip
SET_CHOICES: dict[str, type[Labelled]] = {"rank_by": RankBasis, "rounding": Rounding}


@dataclass(frozen=True)
class CriteriaRead:
    """What a workbook says: the whole tree, when nothing of it is in doubt; else the faults, cell by cell.

    `fingerprint` is that of the set when the file was made. Keys of rows that are new begin with NEW.
    """

    tree: CriteriaTree | None
    fingerprint: str
    errors: tuple[CellError, ...] = ()
    cells: dict[str, int] = field(default_factory=dict)


NEW = "new-"


def column_of(sheet: str, head: str) -> FormColumn | None:
    """The column with this head, whatever its accents, capitals and spaces; None for a foreign one."""
    wanted = fold(head)
    return next((column for column in COLUMNS[sheet] if fold(column.head) == wanted), None)


def path_key(path: str) -> tuple[str, ...]:
    """I › 1 › 1a as it is compared; also written with > or /."""
    for sign in (">", "/", "»"):
        path = path.replace(sign, "›")
    return tuple(number_key(part) for part in path.split("›"))


def fingerprint(tree: CriteriaTree) -> str:
    """Differs whenever a field that the workbook carries differs."""
    rows = [
        [placed.depth, placed.node.key, *(written(getattr(placed.node, name)) for name in LABELS
                                          if name not in ("path", "bands")),
         [[str(band.low), band.low_closed, str(band.high), band.high_closed, str(band.points)]
          for band in placed.node.bands]]
        for placed in tree.walk()
    ]  # fmt: skip
    whole = [[written(getattr(tree, name)) for name in SET_LABELS], rows]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False).encode()).hexdigest()[:32]
