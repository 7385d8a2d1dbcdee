"""Read a workbook that came from outside: the gate first, then a child process with little memory and little time.

Whatever happens in the child (an exception, too much memory, a hang, a crash of a library) is one sentence here.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.domain.cells import Cell, CellKind, CellValue, Row, Sheet, Workbook
from tracker.errors import RuleBroken
from tracker.imports import gate

SECONDS = 10
MEMORY = 512 * 1024 * 1024
MOST_ANSWER = 96 * 1024 * 1024
_PACKAGE = Path(__file__).resolve().parent.parent
#: `tracker` as an empty package, so that the child loads neither Flask nor the tables: half the time, a fifth of the
#: memory, and nothing of the program's settings inside it.
_START = (
    "import sys, types, runpy\n"
    "house = types.ModuleType('tracker')\n"
    "house.__path__ = [sys.argv[1]]\n"
    "sys.modules['tracker'] = house\n"
    "sys.argv = sys.argv[1:]\n"
    "runpy.run_module('tracker.imports.child', run_name='__main__')\n"
)
_KINDS = {"n": CellKind.NUMBER, "t": CellKind.TEXT, "d": CellKind.DATE, "b": CellKind.BOOL, "e": CellKind.ERROR,
          "f": CellKind.FORMULA}


def read_workbook(path: Path, name: str | None = None) -> Workbook:
    """The cells of the .xlsx, .ods or .xls at `path`; `name` is what its sender called it.

    RuleBroken (field "file", a sentence in Vietnamese) when the gate refuses it or the child does not come back with
    an answer within 10 s and 512 MB (on Windows within 10 s). OSError passes: no reader could be started.
    """
    called = name or path.name
    kind = gate.kind_of(path, called)
    answer = _from_child(path, kind, called)
    if "refused" in answer:
        raise RuleBroken(str(answer["refused"]), field="file")
    return Workbook(tuple(_sheet(each) for each in answer["sheets"]), kind)


def _from_child(path: Path, kind: str, name: str) -> dict[str, Any]:
    """What the child wrote, read from a file: a pipe would hold it up, or fill the memory of this process."""
    with tempfile.TemporaryFile() as said:
        command = [sys.executable, "-I", "-c", _START, str(_PACKAGE), str(path), kind, name, str(MEMORY), str(SECONDS)]
        try:
            ended = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False,
                env={"PYTHONUTF8": "1"} if sys.platform != "win32" else None,
            )
        except subprocess.TimeoutExpired as late:
            raise _unreadable(name) from late
        size = said.seek(0, 2)
        if ended.returncode != 0 or size == 0 or size > MOST_ANSWER:
            raise _unreadable(name)
        said.seek(0)
        try:
            answer = json.load(said)
        except ValueError as broken:
            raise _unreadable(name) from broken
    if not isinstance(answer, dict):
        raise _unreadable(name)
    return answer


def _unreadable(name: str) -> RuleBroken:
    return RuleBroken(
        f"Tệp “{name}” không đọc được: tệp hỏng, hoặc quá nặng so với một biểu báo cáo. Chưa có gì được ghi. "
        "Hãy mở bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx; nếu vẫn vậy, tải lại biểu từ chương trình và chép số "
        "liệu vào.",
        field="file",
    )


def _sheet(kept: dict[str, Any]) -> Sheet:
    rows = tuple(
        Row(number, {cell[0]: _cell(cell) for cell in cells}, hidden=bool(hidden))
        for number, hidden, cells in kept["rows"]
    )
    return Sheet(kept["name"], rows, hidden=bool(kept["hidden"]), hidden_columns=frozenset(kept["hidden_columns"]))


def _cell(kept: list[Any]) -> Cell:
    """[column, kind, value, number format, merged, formula]; what is missing at the end is empty."""
    letter, value, number_format, merged, formula = kept[1:] if len(kept) > 3 else [*kept[1:], "", False, ""]
    return Cell(_value(letter, value), _KINDS[letter], number_format, bool(merged), formula)


def _value(letter: str, value: Any) -> CellValue:
    if letter == "n":
        return Decimal(value)
    if letter == "d":
        moment = datetime.fromisoformat(value)
        plain = moment.hour == moment.minute == moment.second == 0
        return date(moment.year, moment.month, moment.day) if plain else moment
    if letter == "b":
        return bool(value)
    return str(value)
