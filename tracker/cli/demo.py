"""demo: the demonstration year, and who may sign in to it."""

from datetime import datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from tracker import clock
from tracker.db import db
from tracker.errors import RuleBroken
from tracker.models.account import Account
from tracker.services import demonstration, demonstration_invented


@click.command("demo")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Ngày tính các mốc của tỉnh Minh Họa; mặc định hôm nay."
)
@click.option("--accounts", is_flag=True, help="Chỉ in các tài khoản minh họa.")
@with_appcontext
def demo(as_of: datetime | None, accounts: bool) -> None:
    """Load the demonstration into an empty database."""
    if accounts:
        _print_accounts()
        return
    if db.session.scalar(select(func.count(Account.id))):
        raise click.ClickException("Cơ sở dữ liệu đã có tài khoản: chỉ nạp phần minh họa vào cơ sở dữ liệu mới.")
    day = as_of.date() if as_of else clock.today()
    try:
        with click.progressbar(length=1 + demonstration_invented.PARTS, label="Nạp phần minh họa") as steps:
            demonstration.load_real(at=clock.now())
            steps.update(1)
            for _part in demonstration_invented.parts(day):
                steps.update(1)
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        raise click.ClickException(broken.sentence) from None
    click.echo("Đã nạp: tỉnh Nghệ An (hội nghị 20/7/2022, theo nguồn công bố) và tỉnh Minh Họa (số liệu minh họa).")


def _print_accounts() -> None:
    """The demonstration's accounts with their common password; nothing when there are none."""
    found = db.session.scalars(
        select(Account).where(Account.demonstration).order_by(Account.authority_id, Account.id)
    ).all()
    if not found:
        return
    click.echo(f"\nTài khoản minh họa, mật khẩu chung: {demonstration.PASSWORD}")
    for account in found:
        place = account.unit.named_on(clock.today()).name if account.unit else account.authority.short_name
        click.echo(f"  {account.email:<34} {account.role.label:<26} {place}: {account.full_name}")
