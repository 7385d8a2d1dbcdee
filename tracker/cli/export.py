"""export conference: the papers of one conference, as files in a folder."""

from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.adapters import thumbnails
from tracker.domain.vietnamese import short_date
from tracker.errors import RuleBroken
from tracker.exports.papers import PAPERS
from tracker.models.conference import Conference
from tracker.queries import conference_list, report
from tracker.services import attachment as attachments


@click.group("export")
def export() -> None:
    """Write papers as files."""


@export.command("conference")
@click.argument("which")
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="Thư mục nhận tệp.")
@click.option("--bloc", "code", help="Mã khối, khi hai khối cùng họp ngày ấy.")
@with_appcontext
def conference(which: str, out: Path, code: str | None) -> None:
    """WHICH: a public id, `latest`, or a date such as 2022-07-20. Writes the six papers into the folder."""
    attachments.keep_in(Path(current_app.config["TRACKER_DATA"]) / "files")
    try:
        chosen = find(which, code)
        record = report.collect(
            chosen,
            clock.today(chosen.bloc.authority.time_zone),
            lambda photo: thumbnails.photo(attachments.path_of(photo)),
            with_results=True,
        )
        out.mkdir(parents=True, exist_ok=True)
        for paper in PAPERS.values():
            (out / paper.plain_name).write_bytes(paper.draw(record))
            click.echo(str(out / paper.plain_name))
    except RuleBroken as broken:
        raise click.ClickException(broken.sentence) from None
    except OSError as fault:
        raise click.ClickException(f"Không ghi được vào “{out}”: {fault.strerror or fault}.") from None


def find(which: str, code: str | None) -> Conference:
    """The conference that is meant. RuleBroken when there is none, or more than one."""
    known = conference_list.by_public_id(which)
    if known is not None:
        return known
    place = f" của khối có mã “{code}”" if code else ""
    if which == "latest":
        found = conference_list.met_on(None, code)
        found = [row for row in found if row.first_day == found[0].first_day]
        missing = f"Chưa có hội nghị nào đã họp{place}."
    else:
        day = _day(which)
        found = conference_list.met_on(day, code)
        missing = f"Không có hội nghị nào đã họp ngày {short_date(day)}{place}."
    if not found:
        raise RuleBroken(missing)
    if len(found) > 1:
        names = "; ".join(f"{row.title} (--bloc {row.bloc.code}, mã {row.public_id})" for row in found)
        raise RuleBroken(f"Có {len(found)} hội nghị phù hợp, hãy thêm --bloc hoặc dùng mã của hội nghị: {names}.")
    return found[0]


def _day(which: str) -> date:
    try:
        return date.fromisoformat(which)
    except ValueError:
        raise RuleBroken(
            f"Không có hội nghị nào mang mã “{which}”. Hãy ghi mã của hội nghị, `latest`, hoặc ngày như 2022-07-20."
        ) from None
