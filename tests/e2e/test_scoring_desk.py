"""The scoring desk in a browser, by keyboard alone: saved as one goes, refused in its place, nothing typed is lost."""

import re
from decimal import Decimal as D

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.scoring_served import COLLEAGUE, RETURNED, Scorer, desk, scorer, stored

pytestmark = pytest.mark.browser
__all__ = ["desk", "scorer"]


def saves(page: Page) -> list[str]:
    """The addresses that points are sent to from now on."""
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.url.endswith("-points") else None)
    return sent


def test_a_unit_is_scored_from_signing_in_to_its_last_line_without_a_mouse(desk, chromium):
    scorer = Scorer(chromium, desk)
    first, second, third, fourth = desk.lines["U"]
    scorer.sign_in()
    scorer.tab_to(f'main a[href="{desk.period}"]')
    scorer.press("Enter")
    scorer.page.wait_for_url(f"**{desk.period}")
    scorer.tab_to(f'main table a[href="{desk.desks["U"]}"]')
    scorer.press("Enter")
    scorer.page.wait_for_url(f"**{desk.desks['U']}")
    scorer.tab_to("[data-part=points]")
    expect(scorer.box(first)).to_be_focused()
    scorer.type("9,5")
    scorer.press("Enter")
    expect(scorer.box(second)).to_be_focused()
    expect(scorer.page.locator("#da-luu")).to_have_text(re.compile(r"Đã lưu \d\d:\d\d"))
    assert stored(first) == {"bloc": (D("9.5"), "")}
    expect(scorer.box(first)).to_have_value("9,50")
    scorer.type("21")
    scorer.press("Enter")
    expect(scorer.row(second).locator(".error")).to_contain_text("vượt điểm tối đa 20")
    scorer.says("Có dòng chưa lưu được")
    expect(scorer.box(third)).to_be_focused()
    scorer.press("ArrowUp")
    expect(scorer.box(second)).to_be_focused()
    expect(scorer.box(second)).to_have_value("21")
    assert scorer.box(second).get_attribute("aria-invalid") == "true"
    scorer.type("15")
    scorer.press("Enter", "ArrowUp")
    expect(scorer.row(second).locator(".error")).to_contain_text("Hãy ghi lý do")
    assert stored(second) == {}
    scorer.press("/")
    expect(scorer.box(second, "reason")).to_be_focused()
    scorer.type("Có ba hội thi")
    scorer.press("Enter")
    expect(scorer.box(third)).to_be_focused()
    scorer.says("Đã lưu")
    expect(scorer.row(second).locator(".error")).to_have_count(0)
    scorer.type("9")
    scorer.press("/")
    scorer.type("Tính trùng")
    scorer.press("Enter")
    expect(scorer.box(fourth)).to_be_focused()
    expect(scorer.row(third).locator("[data-difference]")).to_have_text("−1,00")
    scorer.press("ArrowUp", "ArrowDown")
    scorer.type("4")
    scorer.press("Enter")
    expect(scorer.page.locator("tfoot [data-here]")).to_have_text("37,50")
    scorer.page.reload()
    kept = {line: (scorer.box(line).input_value(), scorer.box(line, "reason").input_value()) for line in scorer.shown()}
    assert kept == {
        first: ("9,50", ""), second: ("15,00", "Có ba hội thi"), third: ("9,00", "Tính trùng"), fourth: ("4,00", ""),
    }  # fmt: skip
    scorer.tab_to("button[value=finish]")
    scorer.press("Enter")
    expect(scorer.page.locator("main")).to_contain_text("1/6 đơn vị đã chấm xong")
    assert (scorer.complaints, scorer.asked) == ([], [])
    scorer.close()


def test_a_vietnamese_input_method_neither_moves_nor_saves_while_it_composes(desk, scorer):
    first, second = desk.lines["U"][:2]
    scorer.tab_to("[data-part=points]")
    sent = saves(scorer.page)
    hand = scorer.context.new_cdp_session(scorer.page)
    hand.send("Input.imeSetComposition", {"text": "9", "selectionStart": 1, "selectionEnd": 1})
    for key, code in (("Enter", 13), ("ArrowDown", 40), ("=", 187), ("/", 191), ("Enter", 229)):
        scorer.page.evaluate(
            """([key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
               {key: key, keyCode: code, isComposing: code !== 229, bubbles: true, cancelable: true}))""",
            [key, code],
        )
    expect(scorer.box(first)).to_be_focused()
    hand.send("Input.insertText", {"text": "9,5"})
    scorer.page.wait_for_timeout(300)
    assert (sent, scorer.box(first).input_value(), stored(first)) == ([], "9,5", {})
    scorer.press("Enter")
    expect(scorer.box(second)).to_be_focused()
    scorer.says("Đã lưu")
    assert (len(sent), stored(first)) == (1, {"bloc": (D("9.5"), "")})
    scorer.type("tuwf")
    assert scorer.box(second).input_value() == "tuwf"


def test_what_is_proposed_is_taken_for_a_line_a_group_or_all(desk, scorer):
    first, second, third, fourth = desk.lines["U"]
    scorer.tab_to("[data-part=points]")
    scorer.press("=")
    expect(scorer.box(second)).to_be_focused()
    scorer.says("Đã lưu")
    assert (stored(first), stored(third)) == ({"bloc": (D("9.5"), "")}, {})
    scorer.tab_to('[data-take="10,00"]')
    scorer.press("Enter")
    expect(scorer.box(third)).to_have_value("10,00")
    scorer.says("Đã lưu")
    assert (stored(third), stored(fourth)) == ({"bloc": (D(10), "")}, {})
    scorer.open(desk.desks["V"])
    scorer.tab_to("tr.group button[value^=accept]")
    scorer.press("Enter")
    expect(scorer.page.locator("main")).to_contain_text("Đã nhận điểm đề nghị ở 2 dòng.")
    assert [bool(stored(line)) for line in desk.lines["V"]] == [True, False, True, False]
    scorer.tab_to("button[value=accept]")
    scorer.press("Enter")
    expect(scorer.page.locator("main")).to_contain_text("Đã nhận điểm đề nghị ở 1 dòng.")
    assert [bool(stored(line)) for line in desk.lines["V"]] == [True, False, True, True]
    assert scorer.asked == []


def test_evidence_opens_beside_the_table_and_gives_the_place_back(desk, scorer):
    third = desk.lines["U"][2]
    link = f'[id="dong-{third}"] td a[data-beside]'
    scorer.tab_to(link)
    scorer.press("Enter")
    beside = scorer.page.locator("aside.beside")
    expect(beside).to_be_visible()
    expect(beside).to_be_focused()
    for words in ("bien-ban.pdf", RETURNED, "Hồ sơ quá hạn được giải quyết"):
        expect(beside).to_contain_text(words)
    assert scorer.page.url.endswith(desk.desks["U"])
    expect(scorer.box(third)).to_be_visible()
    scorer.press("Escape")
    expect(beside).to_be_hidden()
    assert scorer.page.evaluate("s => document.activeElement.matches(s)", link)


@pytest.mark.parametrize(
    ("show", "places"), [("differs", [2]), ("evidence", [0]), ("returned", [2]), ("blank", [0, 1, 3])]
)
def test_the_filters_leave_the_lines_that_they_name(desk, scorer, show, places):
    third = desk.lines["U"][2]
    scorer.tab_to(f'[name="{third}-points"]')
    scorer.type("9")
    scorer.press("/")
    scorer.type("Tính trùng")
    scorer.press("Enter")
    scorer.says("Đã lưu")
    scorer.open(desk.desks["U"])
    scorer.tab_to(f'main a[href$="?show={show}"]')
    scorer.press("Enter")
    scorer.page.wait_for_url("**?show=*")
    assert scorer.shown() == [desk.lines["U"][place] for place in places]
    assert scorer.asked == []


def test_two_scorers_on_one_line_both_see_both_points_and_choose(desk, chromium, scorer):
    colleague = Scorer(chromium, desk, COLLEAGUE)
    colleague.at_desk()
    line, other = desk.lines["U"][1], desk.lines["U"][3]
    for person, points, reason in ((colleague, "15", "Theo hồ sơ"), (scorer, "16", "Theo biên bản")):
        person.tab_to(f'[name="{line}-points"]')
        person.type(points)
        person.press("/")
        person.type(reason)
        person.press("Enter")
        if person is colleague:
            person.says("Đã lưu")
    note = scorer.row(line).locator("[data-differs]")
    for words in ("Người od@officer.example đã ghi 15,00", "Theo hồ sơ"):
        expect(note).to_contain_text(words)
    expect(scorer.box(line)).to_have_value("16")
    expect(scorer.box(line, "reason")).to_have_value("Theo biên bản")
    assert stored(line) == {"bloc": (D(15), "Theo hồ sơ")}
    scorer.tab_to(f'[name="{other}-points"]')
    scorer.type("4")
    scorer.press("Enter")
    expect(note).to_be_visible()
    note.get_by_text("Giữ điểm đang lưu").focus()
    scorer.press("Enter")
    expect(scorer.box(line)).to_have_value("15,00")
    expect(scorer.row(line).locator("[data-difference]")).not_to_have_text("chưa chấm")
    scorer.says("Đã lưu")
    colleague.tab_to(f'[name="{line}-points"]')
    colleague.type("17")
    colleague.press("Enter")
    colleague.says("Đã lưu")
    scorer.tab_to(f'[name="{line}-points"]')
    scorer.type("18")
    scorer.press("Enter")
    scorer.row(line).get_by_text("Dùng điểm của bạn").focus()
    scorer.press("Enter")
    scorer.says("Đã lưu")
    assert stored(line) == {"bloc": (D(18), "Theo hồ sơ")}
    assert (scorer.asked, colleague.asked) == ([], [])
    colleague.close()


def test_one_criterion_is_scored_across_the_units_by_the_same_keys(desk, scorer):
    lines = [desk.lines[letter][2] for letter in "UV"]
    scorer.tab_to(f'[id="dong-{lines[0]}"] th a')
    scorer.press("Enter")
    scorer.tab_to("aside.beside a[href*='/scoring/criteria/']")
    scorer.press("Enter")
    scorer.page.wait_for_url("**/scoring/criteria/*")
    scorer.tab_to("[data-part=points]")
    scorer.press("=")
    expect(scorer.box(lines[1])).to_be_focused()
    scorer.type("8")
    scorer.press("/")
    scorer.type("Thiếu hồ sơ")
    scorer.press("Alt+ArrowDown")
    scorer.page.wait_for_function("here => location.href !== here", arg=scorer.page.url)
    assert [stored(line)["bloc"] for line in lines] == [(D(10), ""), (D(8), "Thiếu hồ sơ")]
    assert scorer.asked == []


def test_counts_and_the_buttons_of_groups_follow_what_is_saved(desk, scorer):
    first = desk.lines["U"][0]
    waits = scorer.page.locator('.tallies a[href$="show=blank"] b')
    all_button = scorer.page.locator("button[value=accept]")
    group = scorer.page.locator("tr.group button[name=then]").first
    before, offered = int(waits.inner_text()), group.inner_text().partition("\n")[0]
    assert re.match(r"Nhận \d dòng", offered)
    scorer.tab_to("[data-part=points]")
    scorer.press("=")
    scorer.says("Đã lưu")
    assert stored(first)["bloc"][1] == ""
    expect(waits).to_have_text(str(before - 1))
    expect(scorer.page.locator(".unit-strip [aria-current]")).to_contain_text("đang chấm 1/4 dòng")
    expect(scorer.page.locator("#chu-giai")).to_have_text(re.compile("đang chấm; *chờ chấm"))
    left = int(offered.split()[1]) - 1
    if left > 1:
        expect(group).to_contain_text(f"Nhận {left} dòng")
    else:
        expect(group).to_be_hidden()
    expect(all_button).to_be_visible()
    after = int(waits.inner_text())
    scorer.page.reload()
    assert int(waits.inner_text()) == after
