"""All forms in one archive: a file a unit, under a name that every system takes, in pieces as they are drawn."""

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from tests.exports.forms import about, seen
from tracker.domain.form_sheet import RESULTS
from tracker.exports.form_zip import form_name, zipped


def test_two_units_of_one_name_keep_two_files() -> None:
    pieces = list(zipped((seen(), about(unit_name=name)) for name in ("Sở A", "Sở B", "sở a")))
    assert len(pieces) == 4, "one piece a form, and the archive's list"
    archive = ZipFile(BytesIO(b"".join(pieces)))
    assert archive.testzip() is None
    assert archive.namelist() == [
        "Biểu kết quả - Sở A - 6 tháng đầu năm 2026.xlsx",
        "Biểu kết quả - Sở B - 6 tháng đầu năm 2026.xlsx",
        "Biểu kết quả - sở a - 6 tháng đầu năm 2026 (2).xlsx",
    ]
    assert RESULTS in load_workbook(BytesIO(archive.read(archive.namelist()[2]))).sheetnames


def test_a_form_is_drawn_only_when_its_piece_is_asked_for() -> None:
    drawn: list[int] = []

    def forms():
        for place in range(3):
            drawn.append(place)
            yield seen(), about(unit_name=f"Sở {place}")

    pieces = zipped(forms())
    assert drawn == []
    assert next(pieces).startswith(b"PK")
    assert drawn == [0]


def test_names_lose_what_file_systems_refuse() -> None:
    name = form_name(about(unit_name='../Sở "Nội vụ" <C:\\x|y>? ' + "dài " * 60))
    assert not set(name) & set('\\/:*?"<>|')
    assert name.startswith("Biểu kết quả - Sở Nội vụ C x y dài")
    assert name.endswith("6 tháng đầu năm 2026.xlsx")
    assert len(name) <= 140
