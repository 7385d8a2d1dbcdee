"""Two editors of one record: the second sees both texts and goes on from either; nothing is overwritten unseen."""

import html
import re

import pytest
import time_machine
from flask import Flask
from werkzeug.test import TestResponse

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.blocs import AccountRole

FORM = {
    "name": "Ủy ban nhân dân tỉnh Z", "short_name": "UBND tỉnh Z", "place_name": "Z", "council_name": "",
    "header_lines": "", "time_zone": "Asia/Ho_Chi_Minh",
}


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


def hidden(page: str) -> dict[str, list[str]]:
    """The hidden fields of the page of two texts, as a browser sends them back."""
    content = page[page.index('aria-labelledby="hai-ban"') :]
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', content):
        found.setdefault(name, []).append(html.unescape(value))
    return found


@pytest.fixture
def second(app: Flask, world: World, noon) -> tuple[TestResponse, World]:
    """The administrator's answer after the board saved "thành phố Vinh" while the administrator typed "Nghệ An"."""
    seen = str(world.authority.version)
    first = world.browser("bd").post("/authority/edit", {**FORM, "place_name": "thành phố Vinh", "version": seen})
    assert first.status_code == 302
    answer = world.browser("ad").post(
        "/authority/edit", {**FORM, "place_name": "thành phố Nghệ An", "version": seen}
    )
    return answer, world


def go_on(second: tuple[TestResponse, World], **more: str) -> TestResponse:
    answer, world = second
    return world.browser("ad").post("/authority/edit", {**hidden(answer.text), **more})


def test_second_editor_gets_409_with_both_texts_and_whose_the_saved_one_is(second: tuple[TestResponse, World]):
    answer, world = second
    text = re.sub(r"<[^>]+>", "", answer.text)
    assert answer.status_code == 409
    assert "Người bd@board.example (UBND tỉnh Z) đã lưu một bản khác" in text
    assert [word in text for word in ("Vinh", "Nghệ An")] == [True, True]
    assert world.authority.place_name == "thành phố Vinh"


def test_only_what_differs_is_laid_side_by_side_and_marked(second: tuple[TestResponse, World]):
    answer, _world = second
    marked = re.findall(r'<mark class="differs"><span[^>]*>([^<]*)</span>([^<]*)</mark>', answer.text)
    assert [html.unescape(word) for _whose, word in marked] == ["Vinh", "Nghệ An"]
    assert hidden(answer.text)["differs"] == ["place_name"]


def test_saved_text_can_be_kept(second: tuple[TestResponse, World]):
    answer = go_on(second, choose="saved", place_name="thành phố Nghệ An")
    assert answer.status_code == 302
    assert second[1].authority.place_name == "thành phố Vinh"


def test_own_text_can_replace_the_saved_one_whatever_stands_in_the_merged_box(second: tuple[TestResponse, World]):
    answer = go_on(second, choose="mine", place_name="đang sửa dở")
    assert answer.status_code == 302
    assert second[1].authority.place_name == "thành phố Nghệ An"


def test_merged_text_can_be_saved(second: tuple[TestResponse, World]):
    answer = go_on(second, choose="merged", place_name="thành phố Vinh, Nghệ An")
    assert answer.status_code == 302
    assert second[1].authority.place_name == "thành phố Vinh, Nghệ An"


def test_third_editor_in_between_leads_to_a_new_page_of_two_texts(second: tuple[TestResponse, World]):
    world = second[1]
    world.browser("bd").post(
        "/authority/edit", {**FORM, "place_name": "Cửa Lò", "version": str(world.authority.version)}
    )
    answer = go_on(second, choose="merged", place_name="Vinh và Nghệ An")
    assert answer.status_code == 409
    assert world.authority.place_name == "Cửa Lò"
    assert "Cửa Lò" in re.sub(r"<[^>]+>", "", answer.text)


def test_two_who_typed_the_same_are_told_so_and_nothing_is_asked(app: Flask, world: World, noon):
    form = {**FORM, "place_name": "Vinh", "version": str(world.authority.version)}
    statuses = [world.browser(persona).post("/authority/edit", form).status_code for persona in ("bd", "ad")]
    assert statuses == [302, 302]
    assert world.authority.place_name == "Vinh"


def test_form_without_a_version_is_never_taken_for_the_newest(app: Flask, world: World, noon):
    answer = world.browser("ad").post("/authority/edit", {**FORM, "place_name": "Không rõ bản nào"})
    assert answer.status_code == 409
    assert world.authority.place_name == "Z"


def test_choice_is_laid_side_by_side_in_words_and_chosen_again_in_its_own_list(app: Flask, world: World, noon):
    other = world.accounts["oU"]
    path = f"/accounts/{other.public_id}/edit"
    form = {"full_name": other.full_name, "email": other.email, "post": "", "role": "officer"}
    seen = str(other.version)
    units = {letter: unit.public_id for letter, unit in world.units.items()}
    first = world.browser("ad").post(path, {**form, "unit": units["V"], "version": seen})
    second = world.browser("ad").post(path, {**form, "unit": units["E"], "role": "head", "version": seen})
    assert (first.status_code, second.status_code) == (302, 409)
    text = re.sub(r"<[^>]+>", "", second.text)
    assert [word in text for word in ("Đơn vị V", "Đơn vị E", "Thủ trưởng đơn vị")] == [True, True, True]
    assert sorted(hidden(second.text)["differs"]) == ["role", "unit"]
    assert f'<option selected value="{units["E"]}">Đơn vị E</option>' in second.text
    answer = world.browser("ad").post(
        path, {**hidden(second.text), "choose": "merged", "unit": units["E"], "role": "officer"}
    )
    db.session.expire_all()
    assert answer.status_code == 302
    assert (other.unit.public_id, other.role) == (units["E"], AccountRole.OFFICER)
