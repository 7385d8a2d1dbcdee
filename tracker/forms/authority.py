"""What heads an authority's documents."""

from tracker.forms.base import AtMost, BlockField, LineField, Needed, RecordForm


class AuthorityForm(RecordForm):
    name = LineField("Tên đầy đủ", [Needed("ghi tên cơ quan"), AtMost(200)])
    short_name = LineField("Tên viết tắt", [Needed("ghi tên viết tắt, ví dụ UBND tỉnh Nghệ An"), AtMost(100)])
    council_name = LineField("Hội đồng thi đua - khen thưởng", [AtMost(200)])
    place_name = LineField("Địa danh trên văn bản", [Needed("ghi địa danh, ví dụ Nghệ An"), AtMost(100)])
    header_lines = BlockField("Dòng đầu văn bản", most=400)
    time_zone = LineField("Múi giờ", [Needed("ghi múi giờ, ví dụ Asia/Ho_Chi_Minh"), AtMost(60)])
