"""What is missing or odd in a report before it is sent: each with its place and what to do. Only an empty one stops."""

EMPTY = (
    "Báo cáo chưa có số liệu, chưa có phần bằng lời và chưa có thành tích nào nên chưa gửi được: hãy ghi ít nhất một "
    "trong ba phần."
)
