"""Files are handed out with the right of their record, as files."""

import time_machine

from tests.services.test_attachment import LIMIT, paper, picture
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.domain.conferences import ConferenceState
from tracker.models.attachment import Attachment
from tracker.services import attachment as attachments


def stored(world: World, photo: bool = False, state: ConferenceState = ConferenceState.HELD) -> Attachment:
    conference = make_conference(world.blocs["B"], "Sơ kết", TODAY, state, minutes_sent_at=NOON)
    keep(conference)
    store = attachments.store_photo if photo else attachments.store
    stream, name = (picture(), "Ảnh.png") if photo else (paper("Quy chế"), "Đề án.docx")
    kept = store(stream, name, limit=LIMIT, conference=conference, by=world.accounts["oL"], at=NOON)
    db.session.commit()
    return kept


@time_machine.travel(NOON, tick=False)
def test_download_is_a_file_under_its_own_name(world: World):
    kept = stored(world)
    answer = world.browser("oL").get(f"/attachments/{kept.public_id}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "filename*=UTF-8''%C4%90%E1%BB%81%20%C3%A1n.docx" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert len(answer.data) == kept.size


@time_machine.travel(NOON, tick=False)
def test_file_of_a_held_conference_is_the_secretariats_and_the_boards(world: World):
    path = f"/attachments/{stored(world).public_id}"
    codes = {who: world.browser(who).get(path).status_code for who in ("oU", "oL", "oD", "bd", "oX", "bq", "ad")}
    assert codes == {"oU": 403, "oL": 200, "oD": 200, "bd": 200, "oX": 404, "bq": 404, "ad": 403}


@time_machine.travel(NOON, tick=False)
def test_members_open_it_when_the_minutes_are_out(world: World):
    path = f"/attachments/{stored(world, state=ConferenceState.MINUTES_SENT).public_id}"
    assert world.browser("oU").get(path).status_code == 200


@time_machine.travel(NOON, tick=False)
def test_thumbnail_is_a_small_jpeg(world: World):
    answer = world.browser("oL").get(f"/attachments/{stored(world, photo=True).public_id}/thumbnail")
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.data[:2] == b"\xff\xd8"


@time_machine.travel(NOON, tick=False)
def test_paper_has_no_thumbnail(world: World):
    assert world.browser("oL").get(f"/attachments/{stored(world).public_id}/thumbnail").status_code == 404


@time_machine.travel(NOON, tick=False)
def test_file_lost_from_the_folder_is_not_found(world: World):
    kept = stored(world)
    attachments.files().remove(kept.stored_name)
    assert world.browser("oL").get(f"/attachments/{kept.public_id}").status_code == 404
