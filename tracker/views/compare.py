"""Two texts side by side: the words that stand in only one of them are marked."""

import difflib
import re
from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup, escape

Code = tuple[str, int, int, int, int]
_WORDS = re.compile(r"\s+|[^\s]+")


def marked(saved: str, mine: str) -> tuple[Markup, Markup]:
    """Both texts as HTML, paragraphs kept, with <mark class="differs"> round what the other text lacks."""
    left, right = _WORDS.findall(saved), _WORDS.findall(mine)
    matcher = difflib.SequenceMatcher(a=left, b=right, autojunk=False)
    shown: tuple[list[Markup], list[Markup]] = ([], [])
    for tag, left_from, left_to, right_from, right_to in _joined(matcher.get_opcodes(), left):
        for side, words in ((0, left[left_from:left_to]), (1, right[right_from:right_to])):
            text = "".join(words)
            if not text:
                continue
            if tag == "equal" or not text.strip():
                shown[side].append(escape(text))
                continue
            whose = _("chỉ có ở bản đang lưu: ") if side == 0 else _("chỉ có ở bản của bạn: ")
            shown[side].append(
                Markup('<mark class="differs"><span class="visually-hidden">{}</span>{}</mark>').format(whose, text)
            )
    return _paragraphs(Markup("").join(shown[0])), _paragraphs(Markup("").join(shown[1]))


def _joined(codes: Sequence[Code], left: list[str]) -> list[Code]:
    """Differences with nothing but a space between them as one: "Cửa Lò" is one difference, not two."""
    found: list[Code] = []
    for code in codes:
        bridges = code[0] == "equal" and not "".join(left[code[1] : code[2]]).strip()
        if found and found[-1][0] != "equal" and (code[0] != "equal" or (bridges and code is not codes[-1])):
            first = found.pop()
            code = ("replace", first[1], code[2], first[3], code[4])
        found.append(code)
    return found


def _paragraphs(text: Markup) -> Markup:
    """Line breaks as they were typed; the sheet's own class keeps them."""
    return Markup('<p class="written">{}</p>').format(text) if text else Markup("")
