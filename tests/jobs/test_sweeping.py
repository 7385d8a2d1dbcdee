"""sweep-files removes what no row leads to, once it is a day old, and nothing else."""

import os
from datetime import timedelta
from pathlib import Path

import time_machine

from tests.services.test_attachment import paper
from tests.world import NOON, TODAY, World, keep, make_conference
from tracker.db import db
from tracker.services import attachment as attachments


def put(name: str, age: timedelta) -> Path:
    place = attachments.files().root / name[:2] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"12345")
    moment = (NOON - age).timestamp()
    os.utime(place, (moment, moment))
    return place


@time_machine.travel(NOON, tick=False)
def test_old_strays_go_and_all_else_stays(app, world: World):
    review = make_conference(world.blocs["B"], "Sơ kết", TODAY)
    keep(review)
    kept = attachments.store(
        paper("a"), "a.docx", limit=1_000_000, conference=review, by=world.accounts["oL"], at=NOON
    )
    db.session.commit()
    old, young = timedelta(days=2), timedelta(hours=23)
    place = attachments.path_of(kept)
    os.utime(place, (0, 0))
    stay = [place, put(f"{kept.stored_name}.thumb", old), put("a" * 32, young), put("ghi-chu.txt", old)]
    go = [put("b" * 32, old), put(f"{'b' * 32}.thumb", old), put(f"{kept.stored_name}.part", old)]

    counted = app.test_cli_runner().invoke(args=["sweep-files", "--dry-run"])
    assert counted.exit_code == 0, counted.output
    assert "Sẽ xóa 3 tệp (1 tệp ghi dở), 15 byte; giữ 1 tệp có bản ghi." in counted.output
    assert all(each.exists() for each in (*stay, *go))

    swept = app.test_cli_runner().invoke(args=["sweep-files"])
    assert "Đã xóa 3 tệp" in swept.output
    assert all(each.exists() for each in stay)
    assert not any(each.exists() for each in go)
