"""Start Sổ Thi Đua, or run its tests, on a machine that has nothing but Python 3.11 or later.

    python3 run.py                 make .venv, install what is pinned, migrate, load the demonstration, serve
    python3 run.py --empty         without the demonstration; asks for the first administrator
    python3 run.py test [--all]    the tests on that same footing; --all adds the long ones

Only the standard library is imported; what needs more is done by this file, started again by the Python in
.venv (`--inside`). A reason not to go on is one Vietnamese sentence with the way out; the exit code is not 0.
"""

from __future__ import annotations

import argparse
import errno
import hashlib
import importlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
RUNTIME = ("requirements.txt",)
TESTS = ("requirements.txt", "requirements-test.txt")
# What pip and uv write when they cannot reach the package index.
NO_NETWORK = re.compile(
    "NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError|ProxyError|name resolution"
    "|getaddrinfo failed|Connection refused|error sending request|dns error|tcp connect error"
)
NO_VENV = (
    "Không tạo được .venv vì Python trên máy này thiếu mô-đun venv; hãy cài thêm "
    "(trên Debian, Ubuntu: apt install python3-venv) rồi chạy lại."
)


class CannotGoOn(Exception):
    """Carries one sentence: what is missing, and the way out."""


def check_python(major: int, minor: int) -> None:
    """Raises CannotGoOn when this version is older than the program needs."""
    if (major, minor) < (3, 11):
        raise CannotGoOn(f"Cần Python 3.11 trở lên, ở đây là {major}.{minor}; hãy cài bản mới rồi chạy lại.")


def check_address(host: str, port: int) -> None:
    """Raises CannotGoOn when nothing can listen at `host`:`port`. Asked before the long work begins."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CannotGoOn(why_not_listening(error, host, port)) from error


def why_not_listening(error: OSError, host: str, port: int) -> str:
    """The system's reason as one sentence."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65535 else 8000
        return f"Cổng {port} đang bận; hãy tắt chương trình đang dùng cổng đó hoặc chạy với --port {other}."
    if error.errno == errno.EACCES:
        return f"Tài khoản này không được phép dùng cổng {port}; hãy chạy với --port 8000."
    return f"Không mở được địa chỉ {host}, cổng {port}; hãy xem lại --host và --port."


def venv_python(venv: Path) -> Path:
    """The interpreter inside `venv`, where this system puts it."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def answers(*command: str | Path) -> bool:
    """Whether the command can be started and ends well."""
    there = shutil.which(command[0])
    return bool(there) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def ensure_environment(root: Path, names: tuple[str, ...]) -> Path:
    """Make `root`/.venv, install the named requirement files when their hash changed; return its Python.

    The stamp (sha256 over the files in order) is written after success only. While anything is being made or
    installed a file `unfinished` lies in .venv: who finds it there was cut off before, and begins anew.
    """
    venv = root / ".venv"
    python, stamp, unfinished = venv_python(venv), venv / f"{names[-1]}.sha256", venv / "unfinished"
    wanted = hashlib.sha256(b"".join((root / name).read_bytes() for name in names)).hexdigest()
    uv = shutil.which("uv")
    sound = not unfinished.exists() and answers(python, "-c", "")
    if sound and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return python
    if not sound or not (uv or answers(python, "-m", "pip", "--version")):
        make_environment(venv, uv)
    print("Đang cài các gói cần thiết (chỉ lần đầu hoặc khi danh sách gói thay đổi)…")
    unfinished.touch()
    install(venv, root / names[-1], uv)
    stamp.write_text(wanted, encoding="ascii")
    unfinished.unlink()
    return python


def make_environment(venv: Path, uv: str | None) -> None:
    """A new, empty environment, marked unfinished. Raises CannotGoOn when Python lacks what it takes."""
    if not uv and not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise CannotGoOn(NO_VENV)
    print("Đang tạo môi trường .venv…")
    try:
        if venv.exists():
            shutil.rmtree(venv)
        venv.mkdir()
        (venv / "unfinished").touch()
    except OSError as error:
        raise CannotGoOn("Không ghi được .venv; hãy tắt chương trình đang chạy, xem quyền ghi.") from error
    python = getattr(sys, "_base_executable", None) or sys.executable
    by_uv = [uv, "venv", "--quiet", "--allow-existing", "--python", python]
    if not answers(*(by_uv if uv else [python, "-m", "venv"]), venv):
        raise CannotGoOn(NO_VENV)


def install(venv: Path, requirements: Path, uv: str | None) -> None:
    """Install the pinned packages. Raises CannotGoOn; the installer's words are kept in .venv/install.log."""
    python = str(venv_python(venv))
    by_uv = [uv, "pip", "install", "--quiet", "--python", python]
    by_pip = [python, "-m", "pip", "install", "--quiet", "--no-input", "--no-compile", "--retries", "2"]
    command = [*(by_uv if uv else by_pip), "-r", str(requirements)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode == 0:
        return
    (venv / "install.log").write_bytes(done.stdout)
    (venv / "unfinished").unlink()
    if NO_NETWORK.search(done.stdout.decode(errors="replace")):
        raise CannotGoOn("Không tải được các gói vì máy không có mạng; hãy nối mạng rồi chạy lại.")
    raise CannotGoOn(f"Không cài được các gói trong {requirements.name}; lý do nằm trong .venv/install.log.")


def records_folder() -> Path:
    """Where the program keeps what it records: TRACKER_DATA, else ./instance."""
    return Path(os.environ.get("TRACKER_DATA") or ROOT / "instance").resolve()


def ensure_secret(folder: Path) -> None:
    """Make `folder`/secret_key, for its owner alone (mode 0600), unless it is there or SECRET_KEY is set."""
    path = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.environ.get("SECRET_KEY"):
            return
        if not path.exists() or not path.read_text(encoding="ascii").strip():
            handle, name = tempfile.mkstemp(dir=folder, prefix="secret_key.")
            with os.fdopen(handle, "w", encoding="ascii") as new:
                new.write(secrets.token_hex(32) + "\n")
            Path(name).replace(path)
        path.chmod(0o600)
    except OSError as error:
        raise CannotGoOn(f"Không ghi được vào thư mục số liệu {folder}; hãy xem lại quyền ghi.") from error


def prepare(options: argparse.Namespace) -> None:
    """Migrate; give a new database (nobody can sign in) what it begins with; name the accounts."""
    app = importlib.import_module("tracker").create_app()
    command(app, "init")
    count = importlib.import_module("sqlalchemy").text("SELECT count(*) FROM account")
    with app.app_context():
        is_new = not app.extensions["sqlalchemy"].session.scalar(count)
    if is_new and (options.empty or app.config["TRACKER_ENV"] == "production"):
        first_administrator(app, options)
    elif is_new:
        command(app, "demo")
    command(app, "demo", "--accounts")


def command(app: Any, *words: str) -> None:
    """One of the program's own commands, as by `flask --app tracker …`, in this process."""
    with app.app_context():
        app.cli.main(args=list(words), prog_name="flask", standalone_mode=False)


def first_administrator(app: Any, options: argparse.Namespace) -> None:
    """Make the first administrator from the options; on a terminal the command asks for the rest."""
    given = {name: getattr(options, f"admin_{name}") for name in ("email", "name", "authority", "place")}
    if not all(given.values()) and not sys.stdin.isatty():
        missing = ", ".join(f"--admin-{name}" for name, value in given.items() if not value)
        raise CannotGoOn(f"Chưa có quản trị viên đầu tiên; hãy chạy lại và cho biết {missing}.")
    given["password-file"] = options.admin_password_file
    pairs = [word for name, value in given.items() if value for word in (f"--{name}", value)]
    command(app, "create-account", "--role", "admin", *pairs)


def inside(options: argparse.Namespace) -> int:
    """What needs the packages. Their own sentences are handed on, an unreachable database gets one."""
    click, sqlalchemy, config = (importlib.import_module(name) for name in ("click", "sqlalchemy", "config"))
    try:
        {"prepare": prepare, "serve": serve}[options.inside](options)
    except (config.SettingMissing, click.ClickException) as error:
        raise CannotGoOn(str(error)) from error
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except sqlalchemy.exc.OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise CannotGoOn(f"Không dùng được cơ sở dữ liệu ({reason}); hãy xem lại DATABASE_URL.") from error
    return 0


def serve(options: argparse.Namespace) -> None:
    """Serve with waitress until told to end."""
    app = importlib.import_module("tracker.jobs").started(importlib.import_module("tracker").create_app())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        waitress = importlib.import_module("waitress")
        server = waitress.create_server(app, host=options.host, port=options.port, threads=8)
    except OSError as error:
        raise CannotGoOn(why_not_listening(error, options.host, options.port)) from error
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Sổ Thi Đua đang chạy tại http://{host}:{options.port} (dừng lại: Ctrl+C)")
    server.run()


class OptionParser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CannotGoOn(f"Không hiểu dòng lệnh ({message}); hãy xem: python3 run.py --help")


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The options of serving. Raises CannotGoOn for one that is unknown or out of range."""
    usage = "python3 run.py [tùy chọn]\n       python3 run.py test [--all] [tùy chọn của pytest]"
    parser = OptionParser(usage=usage, add_help=False, allow_abbrev=False)
    group = parser.add_argument_group("tùy chọn")
    group.add_argument("--help", "-h", action="help", help="in phần này")
    group.add_argument("--empty", action="store_true", help="không nạp số liệu minh họa")
    group.add_argument("--admin-email", metavar="EMAIL", help="thư điện tử của quản trị viên đầu tiên")
    group.add_argument("--admin-name", metavar="TÊN", help="họ và tên của người đó")
    group.add_argument("--admin-authority", metavar="TÊN", help="tên đầy đủ của cơ quan chủ quản")
    group.add_argument("--admin-place", metavar="TÊN", help="địa danh trên văn bản của cơ quan đó")
    group.add_argument("--admin-password-file", metavar="TỆP", help="tệp chứa mật khẩu của người đó")
    group.add_argument("--host", metavar="ĐỊA_CHỈ", default="127.0.0.1", help="mặc định: 127.0.0.1")
    group.add_argument("--port", metavar="CỔNG", type=int, default=8000, help="mặc định: 8000")
    group.add_argument("--inside", choices=("prepare", "serve"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65535:
        raise CannotGoOn(f"Không có cổng {options.port}; hãy chọn một số từ 1 đến 65535.")
    return options


def start(arguments: list[str]) -> int:
    """Make ready, then hand over to the Python inside .venv, which serves."""
    options = read_options(arguments)
    if options.inside:
        return inside(options)
    check_address(options.host, options.port)
    os.environ["TRACKER_DATA"] = str(records_folder())
    ensure_secret(records_folder())
    again = [str(ensure_environment(ROOT, RUNTIME)), str(ROOT / "run.py"), *arguments]
    if options.admin_password_file:
        again += ["--admin-password-file", str(Path(options.admin_password_file).resolve())]
    os.chdir(ROOT)
    ready = subprocess.run([*again, "--inside", "prepare"], check=False)
    return ready.returncode or hand_over([*again, "--inside", "serve"])


def test(arguments: list[str]) -> int:
    """Run pytest on the same footing; what is not ours goes to pytest as it stands."""
    python = ensure_environment(ROOT, TESTS)
    some = ["-n", "auto", *([] if "--all" in arguments else ["-m", "not long"])]
    os.chdir(ROOT)
    return hand_over([str(python), "-m", "pytest", *some, *(word for word in arguments if word != "--all")])


def hand_over(words: list[str]) -> int:
    """Become this command where the system can (signals then reach it directly); elsewhere wait for it."""
    if os.name == "posix":
        os.execv(words[0], words)
    return subprocess.run(words, check=False).returncode


def main(arguments: list[str]) -> int:
    """Exit code: 0 done, 1 cannot go on, 130 interrupted, else that of pytest."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
    os.environ["PYTHONUTF8"] = "1"
    try:
        check_python(*sys.version_info[:2])
        return test(arguments[1:]) if arguments[:1] == ["test"] else start(arguments)
    except CannotGoOn as reason:
        print(reason, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
