"""The papers of a ranking call the bloc what it is: khối in a khối, cụm in a cụm; the frozen record is the same."""

import re
from dataclasses import replace

import pytest

from tests.exports.rankings import NOON, paper_of, shown_of
from tests.exports.records_full import full_review
from tests.exports.workbooks import opened, texts
from tracker.domain.blocs import BlocKind
from tracker.domain.ranking_paper import RankingPaper
from tracker.domain.ranking_shown import to_json
from tracker.exports.ranking_text import ranking_notice
from tracker.exports.ranking_workbook import ranking_workbook
from tracker.exports.sheets.frame import Frame, date_line

#: What a unit wrote.
WRITTEN = "đề nghị khối xem lại"


def words_of(kind: BlocKind) -> tuple[str, str]:
    """What the workbook and the notice say."""
    shown = replace(shown_of(1, 5, 3), bloc_name=f"{kind.word} thi đua số 1")
    paper: RankingPaper = replace(paper_of(shown), kind=kind)
    head = full_review().letterhead
    day = date_line(head, NOON.date())
    book = opened(ranking_workbook(paper, Frame(head, day, draft=False, illustration=False)))
    sheets = " ".join(" ".join(map(str, texts(sheet))) for sheet in book.worksheets)
    notice = str(ranking_notice(paper, head, day))
    sheets, notice = (" ".join(said.replace(WRITTEN, "").split()) for said in (sheets, notice))
    return sheets, notice


@pytest.mark.parametrize("kind", BlocKind)
def test_a_paper_names_the_stages_as_the_bloc_does(kind: BlocKind):
    sheets, notice = words_of(kind)
    assert f"{kind.word} chấm" in sheets
    assert f"Bình quân của {kind.word}" in sheets
    assert f"Điểm {kind.small} chấm" in sheets
    assert f"{kind.word} chấm" in notice
    assert f"Điểm {kind.small} chấm" in notice


def test_no_paper_of_a_cum_says_khoi():
    for said in words_of(BlocKind.CUM):
        assert [said[max(0, at.start() - 40):at.end() + 30] for at in re.finditer(r"(?i)\bkhối\b", said)] == []


def test_the_kind_stands_beside_the_frozen_record():
    paper = paper_of(shown_of(1, 5, 3))
    assert to_json(replace(paper, kind=BlocKind.CUM).shown) == to_json(paper.shown)
