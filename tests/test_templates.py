"""The look: every piece says what it is in words, escapes what users wrote, and works under the strict policy.

The templates are drawn on a stage without a database: the pieces need none.
"""

import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import get_template_attribute, render_template

from tests.stage import ROOT, SampleForm, Someone, Stage, sent_form, set_stage
from tracker.domain.action_items import ItemState
from tracker.domain.conferences import Attendance, ConferenceState

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.fixture
def stage() -> Stage:
    return set_stage()


def words(html: str) -> str:
    """What is read: tags away, white space as one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).strip()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_template_asks_for_what_the_policy_refuses(path: Path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|\son[a-z]+=|<style|javascript:|https?://|<script(?![^>]*\ssrc=)", text) == []
    assert text == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("kind", "members"),
    [("conference", ConferenceState), ("action_item", ItemState), ("attendance", Attendance)],
)
def test_every_state_is_its_own_word_and_its_own_shape(stage: Stage, kind: str, members: Any):
    drawn = {member: stage.macro("states", "state", kind, member) for member in members}
    assert {member: words(html) for member, html in drawn.items()} == {member: member.label for member in members}
    assert len({re.search(r'href="#([^"]+)"', html).group(1) for html in drawn.values()}) == len(drawn)


def test_every_shape_that_is_used_is_in_the_sprite(stage: Stage):
    page = stage.draw("pieces.html", form=sent_form(), day=date(2026, 7, 20))
    there = set(re.findall(r'<symbol id="([^"]+)"', page))
    assert set(re.findall(r'<use href="#([^"]+)"', page)) - there == set()


def test_a_state_nobody_knows_is_refused(stage: Stage):
    with pytest.raises(ValueError, match="unpack"):
        stage.macro("states", "state", "conference", "no-such-state")


@pytest.mark.parametrize(
    ("passed", "changes", "said", "filled"),
    [
        (0, 0, "chưa qua hội nghị", 0),
        (2, 1, "qua 2 hội nghị, 1 lần đổi Khối trưởng", 2),
        (11, 0, "qua 11 hội nghị", 8),
    ],
)
def test_age_of_an_action_item_is_squares_and_words(stage: Stage, passed: int, changes: int, said: str, filled: int):
    html = stage.macro("states", "carry", passed, changes)
    assert words(html) == said
    assert html.count('class="on"') == filled


def test_blank_is_a_word_and_zero_is_a_number(stage: Stage):
    assert words(stage.macro("parts", "number", None)) == "chưa có số liệu"
    assert words(stage.macro("parts", "number", 0)) == "0"
    assert words(stage.macro("parts", "date", None, "chưa đặt")) == "chưa đặt"
    assert words(stage.macro("parts", "pairs", [("Biên bản", "", "chưa lập"), ("Số", 0)])) == "Biên bản chưa lập Số 0"
    assert words(stage.macro("tables", "cell", "Hạn", "", word="không có hạn")) == "không có hạn"


def test_user_text_keeps_its_lines_and_never_becomes_markup(stage: Stage):
    html = stage.macro("parts", "text_block", "<b>một</b>\n\n& hai")
    assert re.findall(r"<p>(.*?)</p>", html) == ["&lt;b&gt;một&lt;/b&gt;", "&amp; hai"]


def test_error_summary_counts_the_places_and_links_to_each(stage: Stage):
    form = sent_form()
    assert not form.validate()
    with stage.app.test_request_context("/"):
        page = render_template("form_page.html", title="Ghi hội nghị", form=form)
    summary = page[page.index('id="can-sua"'):page.index("<form", page.index('id="can-sua"'))]
    wrong = [name for name, one in form._fields.items() if one.errors]
    assert wrong == ["title", "day", "kind", "declared"]
    assert f"Có {len(wrong)} chỗ cần sửa" in words(summary)
    assert re.findall(r'href="#([^"]+)"', summary)[1:] == wrong
    assert [page.count(f' id="{name}"') for name in wrong] == [1, 1, 1, 1]


def test_a_form_gives_back_what_was_typed(stage: Stage):
    form = sent_form()
    form.validate()
    page = stage.draw("form_page.html", title="Ghi hội nghị", form=form)
    assert 'value="31/02/2026"' in page
    assert 'value="tám"' in page
    assert "&lt;b&gt;một&lt;/b&gt;\nhai</textarea>" in page


def test_only_what_may_stay_blank_is_marked_optional(stage: Stage):
    drawn = {one.name: stage.macro("forms", "field", one) for one in SampleForm() if one.name != "version"}
    optional = [name for name, html in drawn.items() if "(không bắt buộc)" in html]
    assert optional == ["starts", "units", "host", "declared", "summary", "secret", "paper"]


def test_a_field_is_tied_to_its_hint_and_its_error(stage: Stage):
    form = sent_form()
    form.validate()
    html = stage.macro("forms", "field", form.day, hint="Ví dụ: 20/07/2026", prefix="new-")
    assert 'for="new-day"' in html
    assert re.search(r'<input[^>]*aria-describedby="new-day-hint new-day-error"', html)
    assert re.search(r'<input[^>]*aria-invalid="true"', html)
    assert [html.count(f'id="new-day{part}"') for part in ("", "-hint", "-error")] == [1, 1, 1]


def test_text_box_stops_where_the_form_does(stage: Stage):
    assert 'maxlength="200"' in stage.macro("forms", "field", SampleForm().title)


def test_head_sorts_the_other_way_round_and_keeps_the_filter(stage: Stage):
    columns = [{"label": "Hạn", "sort": "due"}, "Trạng thái"]
    with stage.app.test_request_context("/pieces?loc=mo&page=3"):
        head = get_template_attribute("macros/tables.html", "column_head")
        html = str(head(columns[0], "due"))
        plain = str(head(columns[1], "due"))
    assert 'aria-sort="ascending"' in html
    assert 'href="/pieces?loc=mo&amp;sort=-due"' in html
    assert words(plain) == "Trạng thái"
    assert "href" not in plain


def test_pages_keep_the_filter(stage: Stage):
    html = stage.macro("parts", "pagination", {"page": 2, "pages": 3, "total": 1234})
    assert re.findall(r'href="([^"]+)"', html) == [
        "/pieces?loc=mo&amp;page=1", "/pieces?loc=mo&amp;page=1", "/pieces?loc=mo&amp;page=2",
        "/pieces?loc=mo&amp;page=3", "/pieces?loc=mo&amp;page=3",
    ]
    assert "1.234 dòng" in words(html)


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("reader", [Someone(), None], ids=["signed-in", "nobody"])
def test_error_page_names_its_code_and_a_way_on(stage: Stage, code: int, reader: Someone | None):
    stage.reader = reader
    page = stage.draw(f"errors/{code}.html")
    main = page[page.index("<main"):page.index("</main>")]
    assert f"Mã lỗi {code}" in words(main)
    assert main.count("<h1") == 1
    assert len(re.findall(r'class="btn btn-primary" href="/', main)) == 1


def test_plain_page_needs_no_reader_and_no_globals(stage: Stage):
    with stage.app.test_request_context("/"):
        page = stage.app.jinja_env.get_template("errors/plain.html").render(status=500, fault="a1b2c3d4")
    assert "Mã lỗi 500, mã tra cứu a1b2c3d4" in words(page)


def test_two_texts_stand_side_by_side_and_mine_is_filled_in(stage: Stage):
    rows = [("Địa điểm", "venue", "Sở Tài chính", "Sở <Xây dựng>", "", "")]
    page = stage.draw(
        "errors/conflict.html", rows=rows, who="Lê Văn Thí Dụ", action="/pieces", hidden_fields=[("version", 4)]
    )
    assert re.findall(r'name="choose" value="(\w+)"', page) == ["merged", "saved", "mine"]
    assert 'name="venue" value="Sở &lt;Xây dựng&gt;"' in page
    assert '<input type="hidden" name="version" value="4">' in page
