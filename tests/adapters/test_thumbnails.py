"""Photographs: upright, small, and free of what the telephone wrote into them."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tracker.adapters import thumbnails
from tracker.adapters.thumbnails import photo, thumbnail
from tracker.errors import RuleBroken

UNREADABLE = "Không đọc được ảnh này. Hãy chọn ảnh JPG hoặc PNG khác, hoặc mở ảnh, lưu lại rồi gửi lại."
TOO_MANY = "Ảnh này có quá nhiều điểm ảnh (trên 60 triệu). Hãy thu nhỏ ảnh rồi gửi lại."
RED, BLUE, WHITE = (200, 20, 20), (20, 20, 200), (255, 255, 255)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def near(pixel: tuple[int, ...], colour: tuple[int, ...]) -> bool:
    return all(abs(one - other) < 25 for one, other in zip(pixel, colour, strict=True))


@pytest.fixture
def telephone_photo(tmp_path: Path) -> Path:
    """2400 × 1200, left half red, right half blue; lying on its side (orientation 6), with place and owner."""
    picture = Image.new("RGB", (2400, 1200), RED)
    picture.paste(BLUE, (1200, 0, 2400, 1200))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Hãng điện thoại"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (18.0, 40.0, 12.5)
    path = tmp_path / "photo"
    picture.save(path, "JPEG", exif=exif, comment=b"chu may", icc_profile=_srgb())
    return path


def _srgb() -> bytes:
    from_cms = thumbnails.ImageCms.createProfile("sRGB")
    return thumbnails.ImageCms.ImageCmsProfile(from_cms).tobytes()


def test_a_photo_is_turned_upright_and_made_at_most_1600_a_side(telephone_photo: Path):
    drawn = opened(photo(telephone_photo))
    assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (800, 1600))
    assert near(drawn.getpixel((400, 100)), RED)
    assert near(drawn.getpixel((400, 1500)), BLUE)


def test_a_thumbnail_is_at_most_480_a_side(telephone_photo: Path):
    assert opened(thumbnail(telephone_photo)).size == (240, 480)


def test_nothing_of_the_telephone_is_left(telephone_photo: Path):
    before = opened(telephone_photo.read_bytes())
    assert before.getexif().get_ifd(0x8825)[1] == "N"
    content = photo(telephone_photo)
    drawn = opened(content)
    assert dict(drawn.getexif()) == {}
    assert sorted(drawn.info) == ["jfif", "jfif_density", "jfif_unit", "jfif_version", "progression", "progressive"]
    assert b"Exif" not in content
    assert b"chu may" not in content


def test_a_small_picture_keeps_its_size(tmp_path: Path):
    path = tmp_path / "small.png"
    Image.new("RGB", (30, 20), RED).save(path)
    assert opened(photo(path)).size == (30, 20)
    assert opened(thumbnail(path)).size == (30, 20)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_jpeg(tmp_path: Path, mode: str):
    path = tmp_path / "some.png"
    Image.new(mode, (40, 40)).save(path)
    drawn = opened(photo(path))
    assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", (40, 40))


def test_what_is_transparent_becomes_white(tmp_path: Path):
    path = tmp_path / "clear.png"
    Image.new("RGBA", (40, 40), (200, 20, 20, 0)).save(path)
    assert near(opened(photo(path)).getpixel((20, 20)), WHITE)


def test_a_cmyk_jpeg_becomes_rgb(tmp_path: Path):
    path = tmp_path / "print.jpg"
    Image.new("CMYK", (40, 40)).save(path)
    assert near(opened(photo(path)).getpixel((20, 20)), WHITE)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(tmp_path: Path, content: bytes):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(RuleBroken) as refused:
        photo(path)
    assert refused.value.sentence == UNREADABLE


def test_a_gif_is_not_taken(tmp_path: Path):
    path = tmp_path / "x.gif"
    Image.new("P", (4, 4)).save(path)
    with pytest.raises(RuleBroken) as refused:
        thumbnail(path)
    assert refused.value.sentence == UNREADABLE


def test_a_picture_cut_short_is_refused(telephone_photo: Path, tmp_path: Path):
    path = tmp_path / "cut"
    path.write_bytes(telephone_photo.read_bytes()[:4000])
    with pytest.raises(RuleBroken) as refused:
        photo(path)
    assert refused.value.sentence == UNREADABLE


@pytest.mark.parametrize("size", [(10_000, 6_001), (20_000, 20_000)])
def test_a_small_file_with_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path, size: tuple[int, int]):
    path = tmp_path / "bomb.png"
    Image.new("1", size).save(path)
    assert path.stat().st_size < 200_000
    with pytest.raises(RuleBroken) as refused:
        photo(path)
    assert refused.value.sentence == TOO_MANY
