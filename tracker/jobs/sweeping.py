"""sweep-files: bytes in the store that no row leads to, left by a crash or a full disk, are removed."""

from datetime import timedelta

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from tracker import clock
from tracker.adapters.files import strays
from tracker.db import db
from tracker.models.attachment import Attachment
from tracker.models.upload import Upload
from tracker.services.attachment import files

#: What is younger may belong to a request that has not ended.
AGE = timedelta(days=1)


@click.command("sweep-files")
@click.option("--dry-run", is_flag=True, help="Chỉ đếm, không xóa.")
@with_appcontext
def sweep_files(dry_run: bool) -> None:
    """Xóa các tệp quá một ngày mà không bản ghi nào dẫn tới, và các tệp ghi dở."""
    before = (clock.now() - AGE).timestamp()
    store = files()
    # Files first, rows after: a file that came in between is too young.
    found = list(strays(store.root, (), before))
    known = {name for model in (Attachment, Upload) for name in db.session.scalars(select(model.stored_name))}
    gone = [place for place in found if place.name.endswith("part") or place.name.partition(".")[0] not in known]
    size = sum(place.stat().st_size for place in gone)
    halves = sum(place.name.endswith("part") for place in gone)
    if not dry_run:
        with click.progressbar(gone, label="Xóa tệp thừa") as places:
            for place in places:
                place.unlink(missing_ok=True)
    said = "Sẽ xóa" if dry_run else "Đã xóa"
    click.echo(f"{said} {len(gone)} tệp ({halves} tệp ghi dở), {size} byte; giữ {len(known)} tệp có bản ghi.")
