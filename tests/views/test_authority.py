"""What heads the authority's papers: seen and set by its own board and administrator."""

import pytest
import time_machine

from tests.world import NOON, World

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("persona", "expected"), [("bd", 200), ("ad", 200), ("bq", 200), ("oU", 403), ("hL", 403), ("an", 302)]
)
@pytest.mark.parametrize("url", ["/authority", "/authority/edit"])
def test_only_the_authoritys_own_people_see_it(world: World, persona, expected, url):
    assert world.browser(persona).get(url).status_code == expected


def test_each_sees_its_own_authority(world: World):
    assert "Ủy ban nhân dân tỉnh Q" in world.browser("bq").get("/authority").text
    assert "Ủy ban nhân dân tỉnh Q" not in world.browser("bd").get("/authority").text


def test_it_is_edited_with_its_version_and_its_history_shown(world: World):
    board = world.browser("bd")
    form = {
        "name": "Ủy ban nhân dân tỉnh Z",
        "short_name": "UBND tỉnh Z",
        "place_name": "Thành phố Z",
        "time_zone": "Asia/Ho_Chi_Minh",
        "version": "1",
    }
    assert board.post("/authority/edit", form).status_code == 302
    assert world.authority.place_name == "Thành phố Z"
    assert board.post("/authority/edit", {**form, "place_name": "Khác"}).status_code == 409
    page = board.get("/authority").text
    assert "Địa danh trên văn bản" in page
    assert "2 lần ghi" in page


def test_an_unknown_zone_is_refused(world: World):
    form = {"name": "Z", "short_name": "Z", "place_name": "Z", "time_zone": "Asia/Vinh", "version": "1"}
    answer = world.browser("bd").post("/authority/edit", form)
    assert answer.status_code == 422
    assert "Không có múi giờ “Asia/Vinh”" in answer.text
