"""The unit's form drawn, all of a bloc, and a copy marked: python -m benchmarks.forms [--times 15]"""

import argparse
from decimal import Decimal

from benchmarks.timing import median_ms
from tests.exports.forms import about, line, seen
from tracker.domain.form_sheet import RESULTS, CellError
from tracker.exports.form_zip import zipped
from tracker.exports.marked_copy import marked
from tracker.exports.unit_form import form

TITLE = "Tỷ lệ giải quyết các loại án, vụ việc thuộc thẩm quyền đạt và vượt chỉ tiêu được giao trong kỳ báo cáo"


def lines(times: int) -> list[tuple[str, str]]:
    """(work, milliseconds found) of each."""
    found = []
    for count in (30, 200):
        rows = tuple(line(f"n{n:011d}", TITLE, number=str(n), actual=Decimal(n), note="Đạt") for n in range(count))
        one = seen(lines=rows)
        found.append((f"form of {count} lines", f"{median_ms(lambda one=one: form(one, about()), times):.0f} ms"))
    some = seen(lines=one.lines[:30])
    eight = [(some, about(unit_name=f"Đơn vị {n}")) for n in range(8)]
    found.append(("8 forms of 30 lines in one zip", f"{median_ms(lambda: list(zipped(eight)), times):.0f} ms"))
    content = form(one, about())
    faults = [CellError(RESULTS, f"G{n}", "khoảng 20", "Ô này phải là số.", "Ghi một số.") for n in range(12, 112)]
    taken = median_ms(lambda: marked(content, faults), times)
    return [*found, ("marked copy of 200 lines, 100 faults", f"{taken:.0f} ms")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=15)
    for work, taken in lines(parser.parse_args().times):
        print(f"{work}: {taken}")
