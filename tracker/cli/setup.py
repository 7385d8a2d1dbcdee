"""init, create-account: from an empty machine to the first administrator."""

import getpass
import sys
from importlib import import_module
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from tracker import clock
from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.errors import RuleBroken
from tracker.models.authority import Authority
from tracker.models.unit import UnitName
from tracker.services import account as accounts
from tracker.services import authority as authorities
from tracker.text import fold


@click.command("init")
@with_appcontext
def init() -> None:
    """Bring the database to this version. Safe to run again."""
    import_module("tracker.cli.tables").bring_up()
    click.echo("Cơ sở dữ liệu đã sẵn sàng.")


@click.command("create-account")
@click.option("--role", type=click.Choice([role.value for role in AccountRole]), required=True, help="Vai trò.")
@click.option("--email", prompt="Thư điện tử (tên đăng nhập)", help="Thư điện tử công vụ, là tên đăng nhập.")
@click.option("--name", prompt="Họ và tên", help="Họ và tên.")
@click.option("--authority", "authority_name", help="Cơ quan chủ quản (tên đầy đủ); được tạo nếu chưa có.")
@click.option("--place", help="Địa danh trên văn bản của cơ quan mới, ví dụ: Nghệ An.")
@click.option("--unit", "unit_name", help="Đơn vị, cho vai trò officer và head.")
@click.option(
    "--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp chứa mật khẩu."
)
@with_appcontext
def create_account(
    role: str,
    email: str,
    name: str,
    authority_name: str | None,
    place: str | None,
    unit_name: str | None,
    password_file: Path | None,
) -> None:
    """Create an account; the first one of an empty database is the first administrator."""
    at = clock.now()
    password = _password(password_file)
    try:
        authority = _authority(authority_name, place)
        unit = None
        if unit_name:
            found = db.session.scalar(select(UnitName).where(UnitName.name_fold == fold(unit_name)))
            if found is None:
                raise RuleBroken(f"Không có đơn vị nào tên “{unit_name}”.")
            unit = found.unit
        account, given = accounts.create(
            authority,
            role=AccountRole(role),
            email=email,
            full_name=name,
            unit=unit,
            password=password,
            must_change=password is None,
            by=None,
            at=at,
        )
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        raise click.ClickException(broken.sentence) from None
    click.echo(f"Đã tạo tài khoản {account.email} ({account.role.label}).")
    if password is None:
        click.echo(f"Mật khẩu lần đầu: {given}")


def _password(file: Path | None) -> str | None:
    """From the file, else asked twice on a terminal, else None: one is then made."""
    if file is not None:
        return file.read_text(encoding="utf-8").strip()
    if not sys.stdin.isatty():
        return None
    while True:
        first = getpass.getpass("Mật khẩu (ít nhất 12 ký tự; để trống để máy tự đặt): ")
        if not first:
            return None
        if first == getpass.getpass("Nhập lại mật khẩu: "):
            return first
        click.echo("Hai lần nhập không giống nhau.")


def _authority(name: str | None, place: str | None) -> Authority:
    """The named authority (made when unknown), or the only one there is."""
    known = list(db.session.scalars(select(Authority)))
    if name is None and len(known) == 1:
        return known[0]
    wanted = name or click.prompt("Cơ quan chủ quản, ví dụ: Ủy ban nhân dân tỉnh Nghệ An")
    for authority in known:
        if fold(authority.name) == fold(wanted):
            return authority
    where = place or click.prompt("Địa danh trên văn bản, ví dụ: Nghệ An")
    return authorities.found(name=wanted, place_name=where, by=None, at=clock.now())
