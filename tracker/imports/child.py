"""The child process that reads one workbook and writes its cells to standard output as JSON.

Called by `reader` as `child PATH KIND NAME BYTES SECONDS`. It has no settings, no database and no network, little
memory and little time; whatever it cannot read ends it with a code that is not 0, which the reader words.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tracker.errors import RuleBroken
from tracker.imports import gate, ods_cells, xls_cells, xlsx_cells

if sys.platform != "win32":  # Windows has no such limits: the gate and the time limit stay (settled.md)
    import resource

READERS = {gate.XLSX: xlsx_cells.read, gate.ODS: ods_cells.read, gate.XLS: xls_cells.read}


def limit(memory: int, seconds: int) -> None:
    """At most `memory` bytes of address space, `seconds` of processor time, no core."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: Path, kind: str, name: str) -> dict[str, Any]:
    """{"sheets": […]} as `reader` takes them apart, or {"refused": sentence}."""
    try:
        if kind != gate.XLS:
            gate.look_inside(path, name)
        return {"sheets": READERS[kind](path, name)}
    except RuleBroken as broken:
        return {"refused": broken.sentence}


def main(arguments: list[str]) -> None:
    path, kind, name, memory, seconds = arguments
    limit(int(memory), int(seconds))
    json.dump(read(Path(path), kind, name), sys.stdout, ensure_ascii=True, separators=(",", ":"))


if __name__ == "__main__":
    main(sys.argv[1:])
