"""A backup holds everything as of one moment; a restored one equals it; damaged or hostile ones touch nothing."""

import hashlib
import json
import threading
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.conftest import make_app
from tests.services.test_attachment import LIMIT, picture
from tests.world import NOON, build_world, make_conference, make_unit
from tracker.db import Base, db
from tracker.models.attachment import Attachment
from tracker.services import attachment as attachments
from tracker.services.recording import acting


@pytest.fixture
def kept(app: Flask) -> Attachment:
    """A world with one file, on a database that knows its schema's revision."""
    world = build_world()
    with acting(None, NOON):
        held = make_conference(world.blocs["B"], "Hội nghị", NOON.date())
        db.session.flush()
        made = attachments.store_photo(
            picture(), "Ảnh.png", limit=LIMIT, conference=held, by=world.accounts["oL"], at=NOON
        )
    db.session.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
    db.session.execute(text("INSERT INTO alembic_version VALUES ('0003')"))
    db.session.commit()
    world.browser("oU")
    return made


def rows() -> dict[str, str]:
    """A hash over all rows of each table."""
    found = {}
    with db.engine.connect() as connection:
        for name, table in Base.metadata.tables.items():
            all_rows = sorted(repr(tuple(row)) for row in connection.execute(table.select()))
            found[name] = hashlib.sha256("\n".join(all_rows).encode()).hexdigest()
    return found


def run(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=list(words))


def backed_up(app: Flask, folder: Path) -> Path:
    target = folder / "sao-luu.zip"
    done = run(app, "backup", str(target))
    assert done.exit_code == 0, done.output
    return target


def elsewhere(folder: Path) -> Flask:
    folder.mkdir()
    return make_app(folder)


def test_what_is_restored_equals_what_was_backed_up_but_for_sessions(app, kept, tmp_path):
    stored, content = kept.stored_name, attachments.path_of(kept).read_bytes()
    db.session.remove()
    before = rows()
    target = backed_up(app, tmp_path)
    other = elsewhere(tmp_path / "noi-khac")
    with other.app_context():
        done = run(other, "restore", str(target))
        assert done.exit_code == 0, done.output
        after = rows()
        assert {name for name in after if after[name] != before[name]} == {"sign_in"}
        assert db.session.execute(text("SELECT count(*) FROM sign_in")).scalar_one() == 0
        db.session.remove()
        db.engine.dispose()
    assert (tmp_path / "noi-khac" / "files" / stored[:2] / stored).read_bytes() == content


def test_people_go_on_working_while_it_is_taken(app, kept, tmp_path):
    stop = threading.Event()
    written: list[str] = []

    def write(number: int) -> None:
        with app.app_context():
            while not stop.is_set():
                name = f"Đơn vị {number}-{len(written)}"
                try:
                    with acting(None, NOON):
                        make_unit(None, name)
                    db.session.commit()
                    written.append(name)
                except OperationalError:
                    db.session.rollback()
                time.sleep(0.02)
            db.session.remove()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        targets = []
        for place in range(3):
            (tmp_path / str(place)).mkdir()
            targets.append(backed_up(app, tmp_path / str(place)))
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    assert written, "nobody wrote meanwhile"
    for place, target in enumerate(targets):
        other = elsewhere(tmp_path / f"khoi-phuc-{place}")
        with other.app_context():
            assert run(other, "restore", str(target)).exit_code == 0
            with db.engine.connect() as connection:
                names = connection.execute(text("SELECT count(*) FROM unit_name")).scalar_one()
                units = connection.execute(text("SELECT count(*) FROM unit")).scalar_one()
            assert names == units, "a unit without its name: the copy was torn"
            db.engine.dispose()


def _spoil(target: Path, how: str) -> None:
    with zipfile.ZipFile(target) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(members["manifest.json"])
    first = next(name for name in told["members"] if name.startswith("files/"))
    match how:
        case "changed":
            members[first] = b"khac"
        case "missing":
            del members[first]
        case "outside":
            members["../../ngoai"] = members[first]
            told["members"]["../../ngoai"] = told["members"][first]
        case "no manifest":
            del members["manifest.json"]
        case "two databases":
            members["database.dump"] = b"x"
            told["members"]["database.dump"] = hashlib.sha256(b"x").hexdigest()
    if "manifest.json" in members:
        members["manifest.json"] = json.dumps(told).encode()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("how", ["changed", "missing", "outside", "no manifest", "two databases", "cut", "no zip"])
def test_a_spoiled_backup_is_refused_before_anything_is_touched(app, kept, tmp_path, how):
    target = backed_up(app, tmp_path)
    if how == "cut":
        target.write_bytes(target.read_bytes()[:-200])
    elif how == "no zip":
        target.write_bytes(b"khong phai zip")
    else:
        _spoil(target, how)
    other = elsewhere(tmp_path / "noi-khac")
    with other.app_context():
        done = run(other, "restore", str(target))
        assert done.exit_code != 0
        assert "không dùng được, chưa có gì bị thay đổi" in done.output
        db.engine.dispose()
    left = [place for place in (tmp_path / "noi-khac").rglob("*") if place.is_file() and place.stat().st_size]
    assert left == []


def test_a_place_with_records_is_never_overwritten(app, kept, tmp_path):
    target = backed_up(app, tmp_path)
    before = rows()
    done = run(app, "restore", str(target))
    assert done.exit_code != 0
    assert "Chỉ khôi phục vào nơi còn trống" in done.output
    assert rows() == before


def test_an_existing_file_is_not_replaced(app, kept, tmp_path):
    target = backed_up(app, tmp_path)
    done = run(app, "backup", str(target))
    assert (done.exit_code, "hãy chọn tên khác" in done.output) == (1, True)
