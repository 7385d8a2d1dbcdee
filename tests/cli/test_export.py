"""The command that writes the six papers of a conference into a folder."""

from datetime import date
from pathlib import Path

import time_machine
from docx import Document
from openpyxl import load_workbook

from tests.world import NOON, World, keep, make_conference
from tracker.domain.conferences import ConferenceState, RemarkKind
from tracker.models.conference import Conference
from tracker.models.course import Remark

FILES = ["bao-cao.docx", "bao-cao.pdf", "bien-ban.docx", "tin-hoi-nghi.docx", "tin-hoi-nghi.txt", "tong-hop.xlsx"]
DAY = date(2026, 4, 20)
SAID = "Mỗi đơn vị nhận giúp một xã còn khó khăn"


def held(world: World, bloc: str = "B", day: date = DAY, title: str = "Hội nghị sơ kết quý") -> Conference:
    """A held review with one conclusion."""
    conference = make_conference(world.blocs[bloc], title, day, venue="Trụ sở Đơn vị L")
    remark = Remark(conference=conference, kind=RemarkKind.CONCLUSION, speaker_name="Nguyễn Văn Mẫu", text=SAID)
    keep(conference, remark)
    return conference


def run(app, *words: str):
    with time_machine.travel(NOON, tick=False):
        return app.test_cli_runner().invoke(args=["export", "conference", *words])


def test_six_papers_are_written_from_one_record(app, world: World, tmp_path: Path):
    conference = held(world)
    out = tmp_path / "giấy tờ" / "sơ kết"
    answer = run(app, conference.public_id, "--out", str(out))
    assert answer.exit_code == 0
    assert sorted(path.name for path in out.iterdir()) == FILES
    report = "\n".join(paragraph.text for paragraph in Document(str(out / "bao-cao.docx")).paragraphs)
    assert SAID in report
    assert SAID in (out / "tin-hoi-nghi.txt").read_text(encoding="utf-8")
    cells = {str(cell.value) for sheet in load_workbook(out / "tong-hop.xlsx") for row in sheet.rows for cell in row}
    assert any(SAID in cell for cell in cells)
    assert (out / "bao-cao.pdf").read_bytes()[:5] == b"%PDF-"


def test_latest_is_the_last_that_met_and_not_the_planned_one(app, world: World, tmp_path: Path):
    held(world, day=date(2026, 1, 20), title="Tổng kết cũ")
    held(world)
    keep(make_conference(world.blocs["B"], "Sắp họp", date(2026, 7, 20), ConferenceState.PLANNED))
    assert run(app, "latest", "--out", str(tmp_path / "out")).exit_code == 0
    text = (tmp_path / "out" / "tin-hoi-nghi.txt").read_text(encoding="utf-8")
    assert "20/4/2026" in text


def test_a_day_on_which_two_blocs_met_asks_for_the_bloc(app, world: World, tmp_path: Path):
    first, second = held(world), held(world, "C", title="Sơ kết khối C")
    answer = run(app, "2026-04-20", "--out", str(tmp_path / "out"))
    assert answer.exit_code == 1
    assert f"{first.title} (--bloc B, mã {first.public_id})" in answer.stderr
    assert f"{second.title} (--bloc C, mã {second.public_id})" in answer.stderr
    assert not (tmp_path / "out").exists()
    assert run(app, "2026-04-20", "--bloc", "c", "--out", str(tmp_path / "out")).exit_code == 0


def test_what_is_not_there_is_said_in_a_sentence(app, world: World, tmp_path: Path):
    sentences = {
        which: run(app, *which, "--out", str(tmp_path / "out"))
        for which in [("latest",), ("2026-04-21",), ("khong-co",), ("latest", "--bloc", "K9")]
    }
    assert {answer.exit_code for answer in sentences.values()} == {1}
    assert [answer.stderr.strip() for answer in sentences.values()] == [
        "Error: Chưa có hội nghị nào đã họp.",
        "Error: Không có hội nghị nào đã họp ngày 21/04/2026.",
        "Error: Không có hội nghị nào mang mã “khong-co”. Hãy ghi mã của hội nghị, `latest`, hoặc ngày như 2022-07-20.",
        "Error: Chưa có hội nghị nào đã họp của khối có mã “K9”.",
    ]


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(app, world: World, tmp_path: Path):
    conference = held(world)
    (tmp_path / "chắn").write_text("một tệp")
    answer = run(app, conference.public_id, "--out", str(tmp_path / "chắn" / "trong"))
    assert answer.exit_code == 1
    assert "Không ghi được vào" in answer.stderr
