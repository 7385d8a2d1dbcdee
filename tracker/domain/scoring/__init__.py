"""From what units report to points: pure, exact, and able to say why (domain.md, section 4; settled.md, points)."""
