"""The lines of a page → flows: rows that are read one after the other, column by column and cell by cell.

In come lines (each the rows on one base line), out go ``Flow``s in the order of reading. A page of prose is one flow; two
columns are two, with what runs across both between them; the cells of a table are flows of their own, row of the table by
row, so that nothing is glued together that stands side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ploughshare.reading.pdf_page import Row


@dataclass(slots=True)
class Flow:
    """Rows that follow one another. ``cell``: a piece of a table, or of a line with several pieces; joined to nothing else."""

    rows: list[Row] = field(default_factory=list)
    cell: bool = False
    #: It is one of two columns.
    column: bool = False


def flows(lines: list[list[Row]], pitch: float, gutter: float | None = None) -> list[Flow]:
    """In which order are the rows of this page read? ``gutter`` is the strip between two columns that the page seems to have."""
    if gutter is not None and _is_prose(lines, gutter):
        return _by_column(lines, gutter, pitch)
    return _by_line(lines, pitch)


def side_by_side(lines: list[list[Row]], gutter: float | None) -> list[Row]:
    """The rows of footnotes in their order: one column after the other where they stand in two."""
    rows = [row for line in lines for row in line]
    if gutter is None or any(row.left < gutter < row.right for row in rows):
        return rows
    return [row for row in rows if row.right <= gutter] + [row for row in rows if row.left >= gutter]


def _is_prose(lines: list[list[Row]], gutter: float) -> bool:
    """Do two columns part here, and not the cells of a table? Prose fills its column, cells do not."""
    rows = [row for line in lines for row in line]
    before = [row for row in rows if row.right <= gutter]
    after = [row for row in rows if row.left >= gutter]
    if min(len(before), len(after)) < 2 or 4 * (len(rows) - len(before) - len(after)) > len(rows):
        return False
    few = len(rows) // 25
    left, right = sorted(row.left for row in rows)[few], sorted(row.right for row in rows)[-1 - few]
    full_before = sum(row.right - row.left > 0.75 * (gutter - left) for row in before)
    full_after = sum(row.right - row.left > 0.75 * (right - gutter) for row in after)
    # The second column may end after a few lines.
    return 2 * full_before > len(before) and (2 * full_after >= len(after) or len(after) < 4)


def _by_column(lines: list[list[Row]], split: float, pitch: float) -> list[Flow]:
    found: list[Flow] = []
    one, other = Flow(column=True), Flow(column=True)
    across: list[list[Row]] = []

    def end_of_band() -> None:
        nonlocal one, other
        found.extend(flow for flow in (one, other) if flow.rows)
        one, other = Flow(column=True), Flow(column=True)

    def end_of_across() -> None:
        if across:
            found.extend(_by_line(across, pitch))
            across.clear()

    for line in lines:
        if any(row.left < split < row.right for row in line):
            end_of_band()
            across.append(line)
            continue
        end_of_across()
        for row in line:
            (one if row.right <= split else other).rows.append(row)
    end_of_band()
    end_of_across()
    return found


def _by_line(lines: list[list[Row]], pitch: float) -> list[Flow]:
    found: list[Flow] = [Flow()]
    table: list[list[Row]] = []
    for line in lines:
        if len(line) > 1 or (table and _in_band(line[0], table, pitch)):
            table.append(line)
            continue
        if table:
            found.extend(_cells(table, pitch))
            table = []
            found.append(Flow())
        found[-1].rows.append(line[0])
    if table:
        found.extend(_cells(table, pitch))
    return [flow for flow in found if flow.rows]


def _in_band(row: Row, table: list[list[Row]], pitch: float) -> bool:
    """Does this row go on in one cell of the table above it?"""
    last = table[-1]
    if last[0].base - row.base > 1.3 * max(pitch, row.size):
        return False
    beside = [cell for line in table for cell in line if cell.left < row.right and cell.right > row.left]
    others = [cell for line in table for cell in line if cell not in beside]
    return bool(beside) and bool(others) and all(cell.right <= row.left or cell.left >= row.right for cell in others)


def _cells(table: list[list[Row]], pitch: float) -> list[Flow]:
    """The cells of a table, row by row."""
    bands = _bands(table)
    found: list[Flow] = []
    cells: dict[int, Flow] = {}
    before: Row | None = None
    for line in table:
        places = [_band(row, bands) for row in line]
        apart = before is not None and before.base - line[0].base > 1.3 * max(pitch, line[0].size)
        whole = len(line) > 1 and len(line) >= len(bands) and not _goes_on(line, places, cells, bands)
        if before is not None and (apart or whole or len(set(places)) < len(places)):
            found.extend(cells[place] for place in sorted(cells))
            cells = {}
        for place, row in zip(places, line, strict=True):
            if place in cells and row.base == cells[place].rows[-1].base:
                found.append(Flow([row], cell=True))
            else:
                cells.setdefault(place, Flow(cell=True)).rows.append(row)
        before = line[0]
    found.extend(cells[place] for place in sorted(cells))
    return found


def _goes_on(line: list[Row], places: list[int], cells: dict[int, Flow], bands: list[tuple[float, float]]) -> bool:
    """Do all these cells go on with small letters, and was there no room above for the first word of one of them?"""
    if not all(row.text[0].islower() for row in line):
        return False
    above = [(cells[place].rows[-1], bands[place][1], row) for place, row in zip(places, line, strict=True) if place in cells]
    return any(" " in cell.text and cell.end.islower() and edge - cell.right < row.opening for cell, edge, row in above)


def _bands(table: list[list[Row]]) -> list[tuple[float, float]]:
    """The columns of a table: where cells of several lines overlap."""
    bands: list[tuple[float, float]] = []
    for left, right in sorted((row.left, row.right) for line in table for row in line):
        if bands and left < bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _band(row: Row, bands: list[tuple[float, float]]) -> int:
    middle = (row.left + row.right) / 2
    return min(range(len(bands)), key=lambda index: abs((bands[index][0] + bands[index][1]) / 2 - middle))
