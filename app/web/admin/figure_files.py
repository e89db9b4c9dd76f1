"""The statistics as files for spreadsheets: CSV and XLSX.

What people wrote (grounds, names) begins no formula: in CSV an apostrophe stands before what a spreadsheet would take for one,
in XLSX every text is written as a text.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook

from app.actions.figures.statistics import Statistics, title_of
from app.actions.figures.steps import Stage
from app.domain.figures.buckets import Durations
from app.domain.figures.durations import DAYS
from app.domain.figures.outcomes import Outcome
from app.domain.figures.tally import Tally
from app.domain.terms.explanation import Rule
from app.web.admin.cells import harmless
from app.web.admin.figures_in_words import period_name, period_of
from app.web.pages import language, say

Cell = str | int | float | None
HOUR, SHEET_NAME, FORBIDDEN = 3600, 31, str.maketrans("", "", "[]:*?/\\'")
COUNTED = ("received", "done", "in-time", "late", "without-term", "share-late", "granted", "refused", "other")
GONE = ("unregistered", "cancelled", "broken", "open", "open-late")
TOOK = ("average", "median", "p90", "p95")


@dataclass(frozen=True, slots=True)
class Table:
    """A part of the statistics: its title, the names of its columns, its rows."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def tables(found: Statistics) -> Iterator[Table]:
    """All that the page shows, and the grounds that it leaves out."""
    lang = language()
    periods: list[Sequence[Cell]] = [
        [period_name(span, found.asked.step), *_cells(tally, now=False)] for span, tally in found.periods
    ]
    periods.append([say("statistics-total"), *_cells(found.total)])
    yield Table(say("statistics-periods"), _columns("period"), periods)
    services = [[title.get(lang), *_cells(tally)] for _, title, tally in found.services]
    yield Table(say("statistics-services"), _columns("service"), services)
    places = [
        [name.get(lang) if name else tenant or say("statistics-nobody"), *_cells(tally)]
        for tenant, name, tally in found.places
    ]
    yield Table(say("statistics-places"), _columns("place"), places)
    grounds: list[Sequence[Cell]] = [
        [one.name.get(lang) if one.name else say("statistics-no-ground"), title_of(one.service).get(lang), one.n]
        for one in found.grounds
    ]
    yield Table(
        say("statistics-grounds"), [say(f"statistics-{key}") for key in ("ground", "service", "count")], grounds
    )
    if found.stages is not None:
        yield Table(say("statistics-steps"), _step_columns(), [_step(one, lang) for one in found.stages])


def _columns(first: str) -> list[str]:
    return [say(f"statistics-{key}") for key in (first, *COUNTED, *GONE)] + _took_columns()


def _took_columns() -> list[str]:
    worked = [f"{say('statistics-worked')}, {say('statistics-in-hours')}: {say('statistics-' + k)}" for k in TOOK]
    return [
        *worked,
        say("statistics-measure"),
        *(f"{say('statistics-measure')}: {say('statistics-' + k)}" for k in TOOK),
    ]


def _cells(tally: Tally, *, now: bool = True) -> list[Cell]:
    """now: with what is open, which is of no period."""
    outcomes = tally.outcomes
    counted = [tally.received, tally.done, tally.in_time, tally.late, tally.without_term, _share(tally)]
    ended = [outcomes[one] for one in Outcome]
    return [*counted, *ended, *((tally.open, tally.open_late) if now else (None, None)), *_took(tally)]


def _share(tally: Tally) -> float | None:
    return None if tally.share_late is None else round(tally.share_late, 4)


def _took(tally: Tally) -> list[Cell]:
    """In hours of working time; then, in the unit that most terms have, as the term counts."""
    unit, took = next(iter(tally.counted.items()), (None, Durations()))
    named = None if unit is None else say(f"statistics-{unit.value}")
    return [*_values(tally.worked, None), named, *_values(took, unit)]


def _values(took: Durations, unit: Rule | None) -> list[Cell]:
    found = (took.average, took.median, took.p90, took.p95)
    return [None if one is None else round(one if unit in DAYS else one / HOUR, 2) for one in found]


def _step_columns() -> list[str]:
    keys = ("step", "clause", "completed", "in-time", "late", "no-term", "share-late")
    return [say(f"statistics-{key}") for key in keys] + _took_columns()


def _step(one: Stage, lang: str) -> list[Cell]:
    tally = one.tally
    counted = [one.completed, tally.in_time, tally.late, tally.without_term, _share(tally)]
    return [one.name.get(lang), one.clause, *counted, *_took(tally)]


def as_csv(found: Statistics) -> bytes:
    """UTF-8 with a mark, semicolons, each part after an empty line: as the spreadsheets here open it by themselves."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";")
    writer.writerow([say("statistics-title"), period_of(found.asked.span)])
    for table in tables(found):
        writer.writerow([])
        writer.writerow([table.title])
        writer.writerow(table.columns)
        writer.writerows([harmless(cell) for cell in row] for row in table.rows)
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(found: Statistics) -> bytes:
    """A sheet a part."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for table in tables(found):
            sheet = book.add_worksheet(table.title.translate(FORBIDDEN)[:SHEET_NAME])
            sheet.write_string(0, 0, f"{table.title}, {period_of(found.asked.span)}", bold)
            sheet.freeze_panes(2, 1)
            sheet.set_column(0, 0, 48)
            sheet.set_column(1, len(table.columns), 14)
            for column, name in enumerate(table.columns):
                sheet.write_string(1, column, name, bold)
            for number, row in enumerate(table.rows, 2):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    elif cell is not None:
                        sheet.write_number(number, column, cell)
    return file.getvalue()
