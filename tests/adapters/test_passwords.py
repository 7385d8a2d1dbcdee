"""Signing in: hashes that cost what they should, and new passwords that are long and not the first to be guessed."""

import unicodedata

import pytest

from tracker.adapters import passwords
from tracker.adapters.passwords import hash_password, matches, needs_rehash, password_fault, spend_time

TOO_COMMON = "Mật khẩu này quá phổ biến, dễ bị đoán ra. Hãy chọn một câu khác mà chỉ bạn biết."
OWN_NAME = "Mật khẩu không được là họ tên, tên đăng nhập hay thư điện tử của bạn, kể cả khi thêm chữ số."
GOOD = "mưa rào trên sông Lam 7 giờ"
NAMES = ["Nguyễn Thị Minh Nguyệt", "thuky.khoi3@minhhoa.example"]


def fault(text: str) -> str | None:
    return password_fault(text, names=NAMES)


def test_a_password_matches_its_hash_and_no_other_does():
    kept = hash_password(GOOD)
    assert matches(kept, GOOD)
    assert not matches(kept, GOOD + " ")
    assert not matches(kept, GOOD.upper())


def test_the_same_password_typed_in_parts_matches():
    kept = hash_password(unicodedata.normalize("NFC", GOOD))
    assert unicodedata.normalize("NFD", GOOD) != unicodedata.normalize("NFC", GOOD)
    assert matches(kept, unicodedata.normalize("NFD", GOOD))


def test_equal_passwords_have_different_hashes():
    assert hash_password(GOOD) != hash_password(GOOD)


def test_hashes_name_argon2id_with_19_mib_two_passes_one_lane():
    assert hash_password(GOOD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_with_other_costs_is_made_anew():
    kept = hash_password(GOOD)
    assert not needs_rehash(kept)
    assert needs_rehash(kept.replace("t=2", "t=3"))
    assert needs_rehash("")


@pytest.mark.parametrize("kept", ["", "plain text", "$argon2id$broken"])
def test_what_is_no_hash_matches_nothing(kept: str):
    assert not matches(kept, "")
    assert not matches(kept, kept)


def test_a_text_too_long_to_be_a_password_matches_nothing():
    assert not matches(hash_password(GOOD), "a" * 5_000_000)


def test_an_unknown_user_costs_one_hashing_with_todays_costs():
    assert not needs_rehash(passwords._NOBODY)
    assert spend_time() is None
    assert not matches(passwords._NOBODY, "")


def test_twelve_characters_are_needed_and_256_are_the_most():
    short = "Mật khẩu cần ít nhất 12 ký tự; có thể dùng một câu dễ nhớ, có dấu và dấu cách."
    assert fault("x7!kw2Qpr9z") == short
    assert fault("x7!kw2Qpr9zb") is None
    assert fault("mưa rào " * 32) is None
    assert fault("mưa rào " * 32 + "x") == "Mật khẩu dài nhất 256 ký tự."


def test_letters_with_marks_count_once_however_they_are_typed():
    text = "ếớệổữằẫứửỡỵặ"
    assert len(text) == 12
    assert fault(unicodedata.normalize("NFD", text)) is None
    assert fault(unicodedata.normalize("NFD", text[:-1])) is not None


def test_no_digit_sign_or_capital_is_asked_for():
    assert fault("conthuyenxuoidong") is None
    assert fault("839205716482") is None


@pytest.mark.parametrize(
    "text",
    [
        "matkhau123456",
        "123456789012",
        "qwertyuiop123",
        "thidua123456",
        "khoithidua2022",
        "KhoiThiDua2022",
        "Khối thi đua 2022",
        "Mật khẩu 123456!",
        "matkhau!@#!@#!@#",
        "Password@2026",
        "aaaaaaaaaaaa",
        "Tôi yêu Việt Nam",
        "administrator",
        "1q2w3e4r5t6y",
    ],
)
def test_common_passwords_are_refused_in_every_guise(text: str):
    assert fault(text) == TOO_COMMON


def test_the_list_is_lower_case_sorted_and_long_enough():
    words = passwords.COMMON.read_text(encoding="utf-8").split("\n")[:-1]
    assert words == sorted(set(words))
    assert [word for word in words if word != word.lower()] == []
    assert len([word for word in words if len(word) >= 12]) >= 1000


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Minh Nguyệt",
        "nguyenthiminhnguyet",
        "NguyenThiMinhNguyet1985",
        "thuky.khoi3@minhhoa.example",
        "thuky.khoi3@@@",
        "ThuKy.Khoi3!!2026",
    ],
)
def test_ones_own_name_or_address_is_refused_with_or_without_digits(text: str):
    assert fault(text) == OWN_NAME


def test_another_persons_name_and_a_missing_name_are_no_hindrance():
    assert password_fault("nguyenthiminhnguyet", names=["Trần Văn Bình", ""]) is None
    assert password_fault("839205716482", names=["", "12345"]) is None
