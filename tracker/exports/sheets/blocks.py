"""Wide tables: columns of units in blocks, each block on a page of its own width."""

UNITS_A_BLOCK = 8


def block_ends(fixed: int, units: int, columns_a_unit: int = 1) -> list[int]:
    """The last column of each block, the fixed columns being in the first: as few blocks as hold eight units each.

    The units are shared out evenly: 20 units after 7 fixed columns make 7 + 7 + 6 and end at 14, 21 and 27.
    """
    blocks = max(-(-units // UNITS_A_BLOCK), 1)
    return [fixed + -(-units * block // blocks) * columns_a_unit for block in range(1, blocks + 1)]
