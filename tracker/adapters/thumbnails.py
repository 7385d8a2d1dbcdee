"""Photographs made anew: turned upright, made smaller, and with nothing in them but the picture.

What a telephone writes into a photograph (place, time, owner) never reaches the store or a page, and what is not
a picture through and through cannot survive being drawn again.
"""

import io
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from tracker.errors import RuleBroken

PHOTO_SIDE, THUMBNAIL_SIDE = 1600, 480
MOST_PIXELS = 60_000_000

_UNREADABLE = "Không đọc được ảnh này. Hãy chọn ảnh JPG hoặc PNG khác, hoặc mở ảnh, lưu lại rồi gửi lại."
_TOO_MANY = "Ảnh này có quá nhiều điểm ảnh (trên 60 triệu). Hãy thu nhỏ ảnh rồi gửi lại."


def photo(path: Path) -> bytes:
    """A JPEG of at most 1600 px a side, upright, without metadata. Raises RuleBroken for anything but JPEG, PNG."""
    return _drawn_anew(path, PHOTO_SIDE, quality=85)


def thumbnail(path: Path) -> bytes:
    """A JPEG of at most 480 px a side, upright, without metadata. Raises RuleBroken as `photo` does."""
    return _drawn_anew(path, THUMBNAIL_SIDE, quality=80)


def _drawn_anew(path: Path, side: int, *, quality: int) -> bytes:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RuleBroken(_TOO_MANY)
            picture.draft("RGB", (side, side))
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((side, side), Image.Resampling.LANCZOS)
            flat = _flat(upright)
    except Image.DecompressionBombError as fault:
        raise RuleBroken(_TOO_MANY) from fault
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as fault:
        raise RuleBroken(_UNREADABLE) from fault
    drawn = io.BytesIO()
    flat.save(drawn, "JPEG", quality=quality, optimize=True, progressive=True)
    return drawn.getvalue()


def _flat(picture: Image.Image) -> Image.Image:
    """Plain sRGB on white, in a new image that carries nothing over."""
    profile = picture.info.get("icc_profile")
    if "A" in picture.getbands() or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        coloured = Image.new("RGBA", layers.size, "white")
        coloured.alpha_composite(layers)
        coloured = coloured.convert("RGB")
    else:
        coloured = _in_srgb(picture, profile).convert("RGB")
    clean = Image.new("RGB", coloured.size)
    clean.paste(coloured)
    return clean


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as sRGB shows them; a profile that cannot be used is left aside."""
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        return (
            ImageCms.profileToProfile(
                picture, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            or picture
        )
    except (ImageCms.PyCMSError, OSError):
        return picture
