"""flask --app tracker run-jobs --once: one round, for an outer clock."""

import click
from flask import current_app
from flask.cli import with_appcontext

from tracker import clock
from tracker.jobs import minute


@click.command("run-jobs")
@click.option("--once", is_flag=True, required=True, help="Một lượt rồi dừng.")
@with_appcontext
def run_jobs(once: bool) -> None:
    """Lock the periods whose time has come and send the letters that wait."""
    assert once
    done = minute.run(current_app.config, clock.now())
    click.echo(f"Đã khóa {done.locked} kỳ, gửi {done.sent} thư, {done.failed} thư chưa gửi được.")
