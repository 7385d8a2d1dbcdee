"""verify-audit: whether the audit still says what was written, entry by entry, chain by chain."""

import click
from flask.cli import with_appcontext

from tracker.queries import audit as queries
from tracker.services.recording import entry_hash


@click.command("verify-audit")
@with_appcontext
def verify_audit() -> None:
    """Recompute the hash chain of every authority. Ends with 1 at the first entry that does not follow its chain."""
    for chain, name in queries.chains():
        last, number = "", 0
        for entry in queries.entries_of(chain):
            number += 1
            expected = entry_hash(last, number, entry.kept)
            if entry.number != number or entry.hash != expected:
                raise click.ClickException(f"{name}: bản ghi số {entry.number} không khớp chuỗi, dừng ở số {number}.")
            last = entry.hash
        head = queries.head_of(chain)
        if head != (number, last):
            raise click.ClickException(f"{name}: thiếu bản ghi ở cuối, sổ ghi {head[0]} bản ghi, còn {number}.")
        click.echo(f"{name}: {number} trên {head[0]} bản ghi khớp.")
