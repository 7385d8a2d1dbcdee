"""run.py on a bare machine, what it installs, and what the repository brings along instead of fetching it."""

import argparse
import os
import re
import socket
import stat
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import run

ROOT = Path(run.__file__).parent
VIETNAMESE = "".join(
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ"
)


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.fixture
def bare_machine(monkeypatch):
    """No uv, and a package index that nobody can reach."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)


def sentence_of(act, *arguments) -> str:
    with pytest.raises(run.CannotGoOn) as stopped:
        act(*arguments)
    return str(stopped.value)


def test_an_old_python_is_named_with_the_way_out():
    said = sentence_of(run.check_python, 3, 10)
    assert said == "Cần Python 3.11 trở lên, ở đây là 3.10; hãy cài bản mới rồi chạy lại."
    assert run.check_python(3, 11) is None


def test_a_taken_port_is_said_before_anything_is_installed(taken_port, capsys):
    assert run.main(["--port", str(taken_port)]) == 1
    said = capsys.readouterr()
    assert said.err == (
        f"Cổng {taken_port} đang bận; hãy tắt chương trình đang dùng cổng đó "
        f"hoặc chạy với --port {taken_port + 1}.\n"
    )
    assert said.out == ""


def test_a_foreign_address_is_said():
    said = sentence_of(run.check_address, "192.0.2.1", 8000)
    assert said == "Không mở được địa chỉ 192.0.2.1, cổng 8000; hãy xem lại --host và --port."


def test_options_have_their_usual_values():
    assert run.read_options([]) == argparse.Namespace(
        empty=False,
        admin_email=None,
        admin_name=None,
        admin_authority=None,
        admin_place=None,
        admin_password_file=None,
        host="127.0.0.1",
        port=8000,
        inside=None,
    )


def test_an_option_nobody_knows_and_an_impossible_port_are_refused(capsys):
    assert run.main(["--prot", "80"]) == 1
    assert "hãy xem: python3 run.py --help" in capsys.readouterr().err
    assert run.main(["--port", "65536"]) == 1
    assert capsys.readouterr().err == "Không có cổng 65536; hãy chọn một số từ 1 đến 65535.\n"


def test_the_secret_key_is_made_once_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    folder = tmp_path / "số liệu"
    run.ensure_secret(folder)
    secret = (folder / "secret_key").read_text()
    assert re.fullmatch(r"[0-9a-f]{64}\n", secret)
    if os.name == "posix":
        assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    run.ensure_secret(folder)
    assert (folder / "secret_key").read_text() == secret
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_a_secret_key_left_empty_by_a_crash_is_made_again_and_an_open_one_is_closed(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    path = tmp_path / "secret_key"
    path.touch(0o644)
    run.ensure_secret(tmp_path)
    assert len(path.read_text()) == 65
    path.chmod(0o644)
    run.ensure_secret(tmp_path)
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_key_is_kept_when_the_environment_has_one(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "from elsewhere")
    run.ensure_secret(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_records_folder_that_cannot_be_written_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    blocked = tmp_path / "a file"
    blocked.touch()
    said = sentence_of(run.ensure_secret, blocked)
    assert said == f"Không ghi được vào thư mục số liệu {blocked}; hãy xem lại quyền ghi."


def test_a_python_without_venv_is_told_what_to_install(tmp_path, monkeypatch, bare_machine):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    (tmp_path / "requirements.txt").touch()
    assert sentence_of(run.ensure_environment, tmp_path, run.RUNTIME) == run.NO_VENV
    assert not (tmp_path / ".venv").exists()


@pytest.mark.long
def test_the_environment_is_made_once_and_made_again_after_an_interruption(tmp_path, bare_machine):
    requirements, venv = tmp_path / "requirements.txt", tmp_path / ".venv"
    requirements.touch()
    python = run.ensure_environment(tmp_path, run.RUNTIME)
    stamp = (venv / "requirements.txt.sha256").read_text()
    assert run.answers(python, "-m", "pip", "--version")
    assert not (venv / "unfinished").exists()

    kept = venv / "kept"
    kept.touch()
    requirements.write_text("# nothing more\n")
    run.ensure_environment(tmp_path, run.RUNTIME)
    assert (venv / "requirements.txt.sha256").read_text() != stamp
    assert kept.exists()

    (venv / "unfinished").touch()
    run.ensure_environment(tmp_path, run.RUNTIME)
    assert not kept.exists()
    assert not (venv / "unfinished").exists()

    requirements.write_text("Flask==3.1.3\n")
    said = sentence_of(run.ensure_environment, tmp_path, run.RUNTIME)
    assert said == "Không tải được các gói vì máy không có mạng; hãy nối mạng rồi chạy lại."
    assert not (venv / "unfinished").exists()


def test_nothing_is_installed_when_the_hash_is_the_same(tmp_path, capsys):
    (tmp_path / "requirements.txt").touch()
    python = run.venv_python(tmp_path / ".venv")
    python.parent.mkdir(parents=True)
    if os.name != "posix":
        pytest.skip("needs a link to this Python, which Windows gives to administrators only")
    python.symlink_to(sys.executable)
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (tmp_path / ".venv" / "requirements.txt.sha256").write_text(empty)
    assert run.ensure_environment(tmp_path, run.RUNTIME) == python
    assert capsys.readouterr().out == ""


def pinned(name: str) -> dict[str, Requirement]:
    """The requirements of one file by their canonical name."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line[:1] not in ("", "#", "-")]
    return {canonicalize_name(each.name): each for each in found}


def test_every_package_and_whatever_it_needs_is_pinned():
    known = {**pinned("requirements.txt"), **pinned("requirements-test.txt")}
    assert {part.operator for each in known.values() for part in each.specifier} == {"=="}
    unpinned, asked = [str(each) for each in known.values() if len(each.specifier) != 1], 0
    for name, each in known.items():
        if each.marker and not each.marker.evaluate():
            continue
        for need in map(Requirement, requires(name) or []):
            extras = each.extras or {""}
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras):
                asked += 1
                if canonicalize_name(need.name) not in known:
                    unpinned.append(f"{name} needs {need.name}")
    assert (unpinned, asked > 40) == ([], True)


def test_what_runs_needs_nothing_of_the_tests():
    known = pinned("requirements.txt")
    needs = [need for name in known for need in map(Requirement, requires(name) or []) if need.marker is None]
    assert [need.name for need in needs if canonicalize_name(need.name) not in known] == []


def test_no_style_or_script_asks_another_host():
    static = ROOT / "tracker" / "static"
    files = sorted(path for path in static.rglob("*") if path.suffix in (".css", ".js"))
    namespace = "http://www.w3.org/2000/svg"
    hosts = {
        f"{path.name}: {found}"
        for path in files
        for found in re.findall(r"https?://[^\s\"')]+|url\(['\"]?//[^)]+", path.read_text(encoding="utf-8"))
        if found != namespace
    }
    assert (hosts, len(files) >= 4) == (set(), True)


def test_every_declared_font_file_lies_in_the_repository_beside_its_licence():
    vendor = ROOT / "tracker" / "static" / "vendor"
    declared = {
        (vendor / found).resolve()
        for style in ("be-vietnam-pro.css", "figures.css")
        for found in re.findall(r"url\('([^']+)'\)", (vendor / style).read_text(encoding="utf-8"))
    }
    fonts = vendor.parent / "fonts"
    assert declared == set(fonts.glob("*.woff2"))
    assert len(declared) == 12
    licences = sorted(path.stem for path in vendor.parent.rglob("LICENSE-*"))
    assert licences == ["LICENSE-be-vietnam-pro", "LICENSE-bootstrap", "LICENSE-htmx", "LICENSE-inter"]


def test_the_document_fonts_have_every_vietnamese_letter():
    fonts = sorted((ROOT / "tracker" / "documents" / "fonts").glob("*.ttf"))
    lacking = {font.stem: set(map(ord, VIETNAMESE)) - set(TTFont(font).getBestCmap()) for font in fonts}
    assert lacking == {f"LiberationSerif-{cut}": set() for cut in ("Bold", "BoldItalic", "Italic", "Regular")}
