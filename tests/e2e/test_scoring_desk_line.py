"""The scoring desk behind a slow line, a cut one, after a right has ended, and without scripts."""

from decimal import Decimal as D

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.scoring_served import Scorer, desk, scorer, stored

pytestmark = pytest.mark.browser
__all__ = ["desk", "scorer"]


def test_the_next_unit_waits_until_what_was_typed_is_saved(desk, scorer):
    first, second = desk.lines["U"][:2]
    slow(scorer.page)
    scorer.tab_to("[data-part=points]")
    scorer.type("9,5")
    scorer.press("Alt+ArrowDown")
    scorer.page.wait_for_url(f"**{desk.desks['V']}")
    assert (stored(first), scorer.asked) == ({"bloc": (D("9.5"), "")}, [])
    scorer.press("Tab")
    scorer.tab_to("[data-part=points]")
    scorer.press("Alt+ArrowUp")
    scorer.page.wait_for_url(f"**{desk.desks['U']}")
    scorer.tab_to(f'[name="{second}-points"]')
    scorer.type("21")
    scorer.press("Alt+ArrowDown")
    expect(scorer.row(second).locator(".error")).to_contain_text("vượt điểm tối đa 20")
    assert (scorer.page.url.endswith(desk.desks["U"]), scorer.box(second).input_value()) == (True, "21")


def slow(page: Page) -> None:
    """Each saving takes a while, as behind a weak line."""

    def wait(route: Route) -> None:
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/*-points", wait)


def test_typing_goes_on_while_the_line_before_is_on_its_way(desk, scorer):
    first, second = desk.lines["U"][:2]
    slow(scorer.page)
    scorer.tab_to("[data-part=points]")
    scorer.type("9")
    scorer.press("Enter", "Shift+Enter", "ArrowUp")
    scorer.type("9,5")
    scorer.press("Enter")
    expect(scorer.box(second)).to_be_focused()
    scorer.says("Đã lưu")
    expect(scorer.row(first).locator(".error")).to_have_count(0)
    assert stored(first) == {"bloc": (D("9.5"), "")}


def test_points_typed_while_the_line_was_cut_are_kept_on_the_page_and_sent_later(desk, scorer):
    first = desk.lines["U"][0]
    scorer.page.clock.install()
    scorer.context.set_offline(True)
    scorer.tab_to("[data-part=points]")
    scorer.type("9,5")
    scorer.press("Enter")
    scorer.says("mất kết nối")
    expect(scorer.box(first)).to_have_value("9,5")
    assert stored(first) == {}
    scorer.context.set_offline(False)
    scorer.page.clock.fast_forward(9000)
    scorer.says("Đã lưu")
    assert stored(first) == {"bloc": (D("9.5"), "")}


def test_who_may_not_score_any_more_is_told_so_and_keeps_what_was_typed(desk, scorer):
    first = desk.lines["U"][0]
    scorer.page.route("**/*-points", lambda route: route.fulfill(status=403, body="", content_type="text/html"))
    scorer.tab_to("[data-part=points]")
    scorer.type("9,5")
    scorer.press("Enter")
    expect(scorer.row(first).locator(".error")).to_contain_text("không còn quyền ghi điểm dòng này")
    expect(scorer.box(first)).to_have_value("9,5")


def test_without_scripts_the_same_form_saves_whole(desk, chromium):
    plain = Scorer(chromium, desk, java_script_enabled=False)
    first, second, third, _fourth = desk.lines["U"]
    plain.at_desk()
    for line, points, reason in ((first, "9,5", ""), (second, "21", "Có ba hội thi"), (third, "9", "")):
        plain.box(line).fill(points)
        plain.box(line, "reason").fill(reason)
    plain.box(third, "reason").press("Enter")
    expect(plain.row(second)).to_contain_text("vượt điểm tối đa 20")
    expect(plain.row(third)).to_contain_text("Hãy ghi lý do")
    expect(plain.page.locator("main [role=alert]")).to_contain_text("2 dòng chưa lưu được, các dòng khác đã lưu")
    assert [plain.box(line).input_value() for line in (first, second, third)] == ["9,50", "21", "9"]
    plain.box(second).fill("15")
    plain.box(third, "reason").fill("Tính trùng")
    plain.box(third, "reason").press("Enter")
    expect(plain.page.locator("main")).to_contain_text("Đã lưu 2 dòng.")
    plain.page.reload()
    assert [plain.box(line).input_value() for line in (first, second, third)] == ["9,50", "15,00", "9,00"]
    assert [stored(line)["bloc"] for line in (first, second, third)] == [
        (D("9.5"), ""), (D(15), "Có ba hội thi"), (D(9), "Tính trùng"),
    ]  # fmt: skip
    plain.close()
