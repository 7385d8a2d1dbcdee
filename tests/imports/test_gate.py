"""Files that must stay out: each refused in a sentence, within its time and memory, and nothing else happens."""

import os
import sys
import time
from pathlib import Path

import pytest

from tests.imports import hostile
from tracker.errors import RuleBroken
from tracker.imports import child, gate, reader


@pytest.mark.parametrize("name", sorted(hostile.REFUSED))
def test_refused_in_a_sentence(name: str, tmp_path: Path):
    make, words = hostile.REFUSED[name]
    place = tmp_path / "sent"
    place.write_bytes(make())
    begun = time.monotonic()
    with pytest.raises(RuleBroken) as refused:
        reader.read_workbook(place, name)
    assert words in refused.value.sentence
    assert refused.value.field == "file"
    assert name in refused.value.sentence
    assert time.monotonic() - begun < reader.SECONDS + 5


def test_plain_workbook_passes_the_gate(tmp_path: Path):
    place = tmp_path / "sent"
    place.write_bytes(hostile.plain())
    assert gate.kind_of(place, "a.xlsx") == gate.XLSX
    assert reader.read_workbook(place).sheets[0].rows[0].cell(1).value == "x"


@pytest.mark.parametrize(("fault", "lines"), [
    ("hangs", "import time; time.sleep(60)"),
    ("takes all memory", "[bytearray(1 << 20) for _ in range(2_000)]"),
    ("is killed", "import os; os.kill(os.getpid(), 9)"),
    ("crashes", "raise SystemError"),
    ("says nothing", ""),
    ("says half", "print('{\"sheets\": [')"),
    ("says something else", "print('[1]')"),
])
def test_whatever_happens_in_the_child_is_one_sentence(monkeypatch, tmp_path: Path, fault: str, lines: str):
    place = tmp_path / "sent"
    place.write_bytes(hostile.plain())
    limit = "from tracker.imports import child\nchild.limit(512 * 1024 * 1024, 2)\n"
    start = reader._START.replace("runpy.run_module('tracker.imports.child', run_name='__main__')\n", limit + lines)
    monkeypatch.setattr(reader, "_START", start)
    monkeypatch.setattr(reader, "SECONDS", 3)
    with pytest.raises(RuleBroken, match="không đọc được"):
        reader.read_workbook(place, "a.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit; said in the README")
def test_child_runs_under_its_limits():
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        child.limit(300 * 1024 * 1024, 7)
        limits = (child.resource.RLIMIT_AS, child.resource.RLIMIT_CPU)
        given = tuple(child.resource.getrlimit(limit)[0] for limit in limits)
        os.write(write_end, repr(given).encode())
        os._exit(0)
    os.wait()
    assert os.read(read_end, 100) == b"(314572800, 7)"


def test_child_knows_neither_the_web_nor_the_tables(tmp_path: Path, monkeypatch):
    place = tmp_path / "sent"
    place.write_bytes(hostile.plain())
    told = "assert not {'flask', 'sqlalchemy'} & set(sys.modules), sys.modules\n"
    monkeypatch.setattr(reader, "_START", reader._START + told)
    assert reader.read_workbook(place).kind == "xlsx"
