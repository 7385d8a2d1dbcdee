"""A scored period by its pages alone: bloc points, explanation, second look, council, two persons, a correction."""

from collections.abc import Iterator
from decimal import Decimal as D
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Desk
from tests.e2e.scoring_served import PDF, Served, served
from tests.world import PASSWORD

SECRETARY, DEPUTY, UNIT = "ol@officer.example", "od@officer.example", "ou@officer.example"
HEAD, BOARD, MEMBER = "hl@head.example", "bd@board.example", "ov@officer.example"
#: What six units of four lines take; the explanation, the council and the correction with them.
AIM = 90
LOWERED, EXPLAINED = "Chỉ thấy hồ sơ của hai hội thi", "Hội thi thứ ba có biên bản kèm theo."
ACCEPTED, COUNCIL = "Đã xem biên bản hội thi thứ ba", "Hội đồng thấy thiếu một buổi sinh hoạt"
REVOKED, CORRECTED = "Cộng sót điểm của Đơn vị E", "Đối chiếu lại hồ sơ phong trào của Đơn vị E"
FIRST_ORDER = [("1", "Đơn vị V", "42,50"), ("2", "Đơn vị U", "41,50"), ("2", "Đơn vị L", "41,50"),
               ("2", "Đơn vị D", "41,50"), ("2", "Đơn vị E", "41,50"), ("6", "Đơn vị N", "41,00")]  # fmt: skip


@pytest.fixture
def year(tmp_path: Path, template_database: bytes) -> Iterator[Served]:
    """Every unit typed 18 for its movement, so that each desk can be accepted as it is."""
    with served(tmp_path, template_database, typed=D(18)) as found:
        yield found


def units(desk: Desk, period: str) -> None:
    """The units of the period, by the task that waits on "Việc của tôi"."""
    desk.interactions += 1
    desk.page.goto(desk.address)
    desk.click(f'main a[href="{period}"]')


def accept(desk: Desk, unit: str) -> None:
    """All that is proposed for a unit, and done."""
    desk.click(f'main table th a:has-text("{unit}")')
    accept_here(desk, unit)


def accept_here(desk: Desk, unit: str) -> None:
    desk.click("main button[value=accept]")
    desk.click("main button[value=finish]")
    expect(desk.page.locator("main")).to_contain_text(f"Đã chấm xong {unit}.")


def give(desk: Desk, line: str, points: str, reason: str) -> None:
    """One line at the reader's own stage; it saves as it is left."""
    desk.fill(f'[name="{line}-points"]', points)
    desk.interactions += 2
    desk.page.keyboard.press("/")
    desk.page.keyboard.type(reason)
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator("#da-luu")).to_contain_text("Đã lưu")


def submit(desk: Desk, label: str) -> None:
    desk.click(f'main form button[type=submit]:has-text("{label}")')


def order(desk: Desk) -> list[tuple[str, str, str]]:
    """(place, unit, points) of each row of the ranking on the page, once it is there."""
    desk.page.wait_for_selector("#bang-xep-hang tbody tr")
    return [
        (
            row.locator('td[data-label="Hạng"] strong').inner_text(),
            row.locator("th a").inner_text(),
            row.locator('td[data-label="Điểm"]').inner_text(),
        )
        for row in desk.page.locator("#bang-xep-hang tbody tr").all()
    ]


def score_everyone(secretary: Desk, deputy: Desk, year: Served) -> None:
    """The secretariat accepts what is proposed, but lowers one line of U; the deputy scores the leader."""
    secretary.sign_in(SECRETARY)
    units(secretary, year.period)
    secretary.click('main table th a:has-text("Đơn vị U")')
    give(secretary, year.lines["U"][1], "17", LOWERED)
    secretary.click("main button[value=accept]")
    secretary.click("main button[value=finish]")
    for letter in "VDEN":
        accept(secretary, f"Đơn vị {letter}")
    expect(secretary.page.locator("main")).to_contain_text("5/6 đơn vị đã chấm xong")
    deputy.sign_in(DEPUTY)
    deputy.click("main a:has-text('Chấm điểm')")  # only the leader is left: straight to its desk
    accept_here(deputy, "Đơn vị L")
    expect(deputy.page.locator("main")).to_contain_text("6/6 đơn vị đã chấm xong")


def explain(unit: Desk, year: Served) -> None:
    """U reads why it got less than it gave itself, and answers with a file."""
    unit.sign_in(UNIT)
    unit.click("main a:has-text('Xem điểm, giải trình')")
    line = year.lines["U"][1]
    row = unit.page.locator(f'[id="dong-{line}"]')
    for words in ("18,00", "17,00", LOWERED):
        expect(row).to_contain_text(words)
    unit.click(f'a[href="/entries/{line}/explain"]')
    unit.fill("[name=text]", EXPLAINED)
    unit.interactions += 1
    unit.page.set_input_files("[name=files]", {"name": "bien-ban-3.pdf", "mimeType": "application/pdf", "buffer": PDF})
    submit(unit, "Ghi giải trình")
    expect(row).to_contain_text(EXPLAINED)
    expect(row).to_contain_text("bien-ban-3.pdf")


def look_again(secretary: Desk, year: Served) -> None:
    """The explanation beside the desk, and the points that it wins."""
    line = year.lines["U"][1]
    units(secretary, year.period)
    secretary.click('main table th a:has-text("Đơn vị U")')
    secretary.click("main a[href$='?show=told']")
    secretary.click(f'[id="dong-{line}"] a[href$="#giai-trinh"]')
    beside = secretary.page.locator("aside.beside")
    for words in (EXPLAINED, "bien-ban-3.pdf", LOWERED):
        expect(beside).to_contain_text(words)
    secretary.click("aside.beside button")
    give(secretary, line, "18", ACCEPTED)
    expect(secretary.page.locator(f'[id="dong-{line}"] [data-difference]')).to_have_text("+1,00")


def decide(board: Desk, year: Served) -> None:
    """The council lowers one line of N."""
    board.sign_in(BOARD)
    board.click("nav.places a:has-text('Khối, cụm')")
    board.click("main a:has-text('Khối thi đua B')")
    board.click("nav.bloc-tabs a:has-text('Điểm và xếp hạng')")
    board.click(f'main a[href="{year.period}"]')
    board.click('main table th a:has-text("Đơn vị N")')
    give(board, year.lines["N"][1], "17,5", COUNCIL)


def publish(secretary: Desk, head: Desk, year: Served, reason: str = "") -> None:
    """Put forward by the leader's officer, confirmed by its head."""
    secretary.click("main a:has-text('Trình công bố')")
    secretary.fill("[name=decision_number]", "Biên bản số 12/BB-KTĐ")
    secretary.fill("[name=decided_on]", "11/06/2026")
    if reason:
        secretary.fill("[name=reason]", reason)
    submit(secretary, "Trình công bố")
    expect(secretary.page.locator("main .page-head a:has-text('Xác nhận công bố')")).to_have_count(0)
    head.interactions += 1
    head.page.goto(head.address)
    head.click("main a:has-text('Xem bản trình')")
    head.click("main a:has-text('Xác nhận công bố')")
    submit(head, "Xác nhận công bố")
    expect(head.page.locator("main")).to_contain_text("Đã công bố bảng xếp hạng.")


def checked(anybody: Desk, code: str) -> str:
    """What the page that is open to all says of a code."""
    anybody.open("/check-code")
    anybody.fill("[name=code]", code)
    submit(anybody, "Kiểm tra")
    anybody.page.wait_for_url("**/check-code?code=*")
    return anybody.page.inner_text("main")


def correct(secretary: Desk, board: Desk, head: Desk, year: Served) -> None:
    """The board revokes, the secretariat mends one line of E and puts the next edition forward."""
    board.interactions += 1
    board.page.goto(head.page.url)
    board.click("main a:has-text('Thu hồi công bố')")
    board.fill("[name=reason]", REVOKED)
    submit(board, "Thu hồi công bố")
    expect(board.page.locator("main")).to_contain_text("Phiên bản này đã thu hồi")
    secretary.interactions += 1
    secretary.page.goto(year.address + year.period)
    secretary.click('main table th a:has-text("Đơn vị E")')
    give(secretary, year.lines["E"][1], "16,5", CORRECTED)
    secretary.click("main a.back")
    secretary.click("main a:has-text('Thứ tự hiện nay')")
    publish(secretary, head, year, CORRECTED)


@pytest.mark.browser
@pytest.mark.long
def test_a_scored_period_from_bloc_points_to_its_corrected_edition_by_pages(year, chromium):
    secretary, deputy, unit, board, head, anybody, member = people = [
        Desk(chromium, year.address, password=PASSWORD) for _ in range(7)
    ]
    score_everyone(secretary, deputy, year)
    secretary.page.reload()
    secretary.click("main a:has-text('Cho đơn vị xem điểm')")
    submit(secretary, "Cho xem điểm")
    explain(unit, year)
    look_again(secretary, year)
    decide(board, year)
    secretary.click("main a.back")
    secretary.click("main a:has-text('Thứ tự hiện nay')")
    assert order(secretary) == FIRST_ORDER
    assert secretary.page.inner_text("#bang-xep-hang").count("đồng hạng") == 4
    head.sign_in(HEAD)
    publish(secretary, head, year)
    assert order(head) == FIRST_ORDER
    first = head.page.locator(".stamp .hash").first.inner_text()
    told = checked(anybody, first)
    assert "Đang có hiệu lực" in told and "Biên bản số 12/BB-KTĐ" in told
    correct(secretary, board, head, year)
    second = head.page.locator(".stamp .hash").first.inner_text()
    assert order(head) == [*FIRST_ORDER[:4], ("5", "Đơn vị N", "41,00"), ("6", "Đơn vị E", "40,00")]
    member.sign_in(MEMBER)
    member.interactions += 1
    member.page.goto(head.page.url)
    member.click("main a:has-text('Xem thay đổi')")
    member.page.wait_for_url("**/changes")
    told = member.page.inner_text("main")
    title = "Phiên bản 2 thay đổi gì so với phiên bản 1"
    for words in (title, REVOKED, CORRECTED, "2 đơn vị thay đổi", "1 dòng thay đổi"):
        assert words in told, told
    assert "phiên bản 2" in checked(anybody, first).lower()
    assert "Đang có hiệu lực" in checked(anybody, second)
    names = ("secretary", "deputy", "unit", "board", "head", "anybody", "member")
    counted = {name: desk.interactions for name, desk in zip(names, people, strict=True)}
    print(f"scored period by hand: {sum(counted.values())} interactions, aim {AIM}: {counted}")
    assert sum(counted.values()) <= AIM
    for desk in people:
        assert desk.complaints == []
        desk.close()
