"""The common machinery of printed workbooks: measured text, styles, and sheets that print whole."""
