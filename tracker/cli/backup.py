"""backup, restore: the database and its files as one archive, taken while the program runs, put into an empty place."""

import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import inspect, select, text
from sqlalchemy.engine import make_url

from tracker import clock
from tracker.adapters import archive
from tracker.adapters.archive import Manifest
from tracker.db import db
from tracker.errors import RuleBroken
from tracker.models.attachment import Attachment
from tracker.models.upload import Upload

#: What a restored copy must not go on with: sessions, letters that another copy may have sent.
NEUTRALISED = ("DELETE FROM sign_in", "DELETE FROM sign_in_delay", "DELETE FROM outgoing_mail WHERE sent_at IS NULL")


@click.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def backup(target: Path) -> None:
    """Write the database and every file it leads to into TARGET (a .zip). People may go on working meanwhile."""
    if target.exists():
        raise click.ClickException(f"Đã có tệp “{target}”: hãy chọn tên khác.")
    revision = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    db.session.remove()
    with tempfile.TemporaryDirectory() as folder:
        copy = _copy_of_database(Path(folder))
        members = {copy.name: copy}
        missing = 0
        for stored in _stored_names():
            place = _files() / stored[:2] / stored
            if place.exists():
                members[f"files/{stored[:2]}/{stored}"] = place
            else:
                missing += 1
        made_at = clock.now().isoformat(timespec="seconds")
        with click.progressbar(length=len(members), label="Sao lưu") as steps:
            for _name in archive.write(target, members, made_at=made_at, revision=revision):
                steps.update(1)
    click.echo(f"Đã sao lưu {len(members) - 1} tệp và cơ sở dữ liệu (phiên bản {revision}) vào “{target}”.")
    if missing:
        click.echo(f"{missing} tệp có tên trong cơ sở dữ liệu nhưng không còn trên đĩa, không có trong bản sao lưu.")


@click.command("restore")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def restore(source: Path) -> None:
    """Put a backup into an EMPTY data folder and database. Everyone signs in again; unsent letters are dropped."""
    _refuse_unless_empty()
    try:
        manifest = _checked(source)
        _unpacked(source, manifest)
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None
    click.echo(f"Đã khôi phục bản sao lưu lúc {manifest.made_at}. Hãy chạy: flask --app tracker db upgrade")


def _copy_of_database(folder: Path) -> Path:
    """A copy as of one moment: SQLite's own backup, or pg_dump."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        copy = folder / "database.sqlite3"
        with closing(sqlite3.connect(str(url.database))) as live, closing(sqlite3.connect(copy)) as kept:
            live.backup(kept)
        return copy
    copy = folder / "database.dump"
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    _run("pg_dump", "--format=custom", f"--file={copy}", f"--dbname={address}")
    return copy


def _run(program: str, *words: str) -> None:
    if shutil.which(program) is None:
        raise click.ClickException(f"Máy này chưa có {program}: hãy cài bộ công cụ PostgreSQL cùng phiên bản máy chủ.")
    done = subprocess.run([program, *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise click.ClickException(f"{program} không làm được: {done.stderr.strip().splitlines()[-1:]}")


def _stored_names() -> list[str]:
    """Every file that a record leads to. No transaction stays open: packing takes long, and others write."""
    kept = [*db.session.scalars(select(Attachment.stored_name)), *db.session.scalars(select(Upload.stored_name))]
    db.session.remove()
    return kept


def _files() -> Path:
    return Path(current_app.config["TRACKER_DATA"]) / "files"


def _refuse_unless_empty() -> None:
    tables = [name for name in inspect(db.engine).get_table_names() if name != "alembic_version"]
    if tables or (_files().exists() and any(_files().iterdir())):
        raise click.ClickException(
            "Chỉ khôi phục vào nơi còn trống: thư mục TRACKER_DATA hoặc cơ sở dữ liệu này đã có dữ liệu, chưa có gì bị "
            "thay đổi."
        )
    db.engine.dispose()


def _checked(source: Path) -> Manifest:
    """The archive looked at whole, before anything is touched."""
    with click.progressbar(archive.check(source), label="Kiểm tra bản sao lưu") as found:
        manifest = None
        for each in found:
            manifest = each
    if not isinstance(manifest, Manifest):
        raise RuleBroken(f"{archive.WRONG}bản kê trống.")
    return manifest


def _unpacked(source: Path, manifest: Manifest) -> None:
    """Into a folder beside the real one, then moved: a crash leaves the place empty."""
    url = make_url(current_app.config["SQLALCHEMY_DATABASE_URI"])
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite is not (manifest.database == "database.sqlite3"):
        raise RuleBroken(f"{archive.WRONG}bản sao lưu thuộc loại cơ sở dữ liệu khác với DATABASE_URL.")
    home = Path(current_app.config["TRACKER_DATA"])
    with tempfile.TemporaryDirectory(dir=home) as folder:
        with click.progressbar(length=len(manifest.members), label="Khôi phục") as steps:
            for _name in archive.unpack(source, manifest, Path(folder)):
                steps.update(1)
        copy = Path(folder) / manifest.database
        if sqlite:
            _neutralise_sqlite(copy)
            shutil.move(copy, str(url.database))
        else:
            address = url.set(drivername="postgresql").render_as_string(hide_password=False)
            _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={address}", str(copy))
            with db.engine.begin() as connection:
                for statement in NEUTRALISED:
                    connection.execute(text(statement))
        kept = Path(folder) / "files"
        if kept.exists():
            _files().parent.mkdir(parents=True, exist_ok=True)
            if _files().exists():
                _files().rmdir()
            shutil.move(kept, _files())


def _neutralise_sqlite(copy: Path) -> None:
    """Sound, and without sessions and waiting letters. RuleBroken when SQLite finds it damaged."""
    with closing(sqlite3.connect(copy)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise RuleBroken(f"{archive.WRONG}cơ sở dữ liệu bên trong bị hỏng.")
        for statement in NEUTRALISED:
            connection.execute(statement)
        connection.commit()
