"""The pages of the statistics over a million finished cases of three years."""

from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection
from statistics import median
from time import perf_counter

from sqlalchemy import text

from app.domain.figures.periods import ONE_DAY
from app.store import figures
from tests.bench.place import Place, web

CASES, STEPS, ROUNDS = 1_000_000, 3, 15
CASE = """
INSERT INTO case_figure (id, tenant_id, service, received_at, received_on, due_at, ended_at, ended_on, outcome, result, ground,
    in_time, worked, unit, counted)
SELECT uuidv7(), tenant_id, service, received_at, received_at::date, ended_at + interval '1 day', ended_at, ended_at::date,
    outcome, outcome, CASE WHEN outcome = 'refused' THEN 'ground ' || n % 12 END,
    CASE WHEN outcome <> 'cancelled' THEN n % 11 > 0 END,
    CASE WHEN outcome <> 'cancelled' THEN took END, CASE WHEN outcome <> 'cancelled' THEN 'workingDays' END,
    CASE WHEN outcome <> 'cancelled' THEN took / 27000 END
FROM (
    SELECT n, places.tenant_id, places.service, at AS received_at, at + took * interval '4 seconds' AS ended_at, took,
        CASE WHEN n % 9 = 0 THEN 'refused' WHEN n % 50 = 1 THEN 'cancelled' ELSE 'granted' END AS outcome
    FROM generate_series(1, :cases) AS n
    JOIN (
        SELECT row_number() OVER () AS number, count(*) OVER () AS all_of_them, key AS service,
            coalesce(tenant_id, 'aktobe-gask') AS tenant_id FROM definition
    ) AS places ON places.number = 1 + n % places.all_of_them,
    LATERAL (SELECT (600 + exp(8 + 1.4 * (random() + random() + random() + random() - 2 + n * 0)))::integer AS took,
        now() - interval '10 days' - (random() + n * 0) * interval '1085 days' AS at) AS chance
) AS made
"""
STEP = """
INSERT INTO figure_change (day, event, weight, tenant_id, service, process, element, outcome, in_time, worked, unit, counted)
SELECT ended_on, 'step', 1, tenant_id, service, service, 'step' || n, 'completed', random() > 0.1, (worked / n)::integer,
    unit, counted
FROM case_figure, generate_series(1, :steps) AS n WHERE worked IS NOT NULL
"""


def figures_of(place: Place) -> Iterator[tuple[str, str, str]]:
    with place.sessions.begin() as session:
        session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(text("ALTER TABLE case_figure DISABLE TRIGGER USER"))
        session.execute(text(CASE), {"cases": CASES})
        session.execute(text("ALTER TABLE case_figure ENABLE TRIGGER USER"))
    begun = perf_counter()
    with place.sessions.begin() as session:
        figures.recount(session)
    yield f"seconds to count {CASES:,} cases anew", f"{perf_counter() - begun:.0f}", ""
    with place.sessions.begin() as session:
        session.execute(text("SET LOCAL statement_timeout = 0"))
        session.execute(text(STEP), {"steps": STEPS})
    begun, more = perf_counter(), True
    while more:
        with place.sessions.begin() as session:
            more = figures.fold(session)
            today = session.scalars(text("SELECT current_date")).one()
    yield f"seconds to add up {CASES * STEPS:,} steps a batch at a time", f"{perf_counter() - begun:.0f}", ""
    with place.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in ("case_figure", "figure", "figure_spread", "figure_change"):
            connection.execute(text(f"VACUUM ANALYZE {table}"))
    year = f"from={today - timedelta(days=365)}&to={today}"
    pages = {
        "a year by month": f"?by=month&{year}",
        "three years by quarter": f"?by=quarter&from={today - timedelta(days=1095)}&to={today}",
        "a year by week": f"?by=week&{year}",
        "a month by day": f"?by=day&from={today - 40 * ONE_DAY}&to={today - 10 * ONE_DAY}",
        "a year of one service with its steps": f"?by=month&service=design-licence&{year}",
        "the list of those that were late": f"/cases?which=late&{year}",
        "the list of one ground": f"/cases?which=refused&ground=ground%203&service=design-licence&{year}",
    }
    with web(place, "app.wsgi:create_app()") as connection:
        for name, path in pages.items():
            yield (
                f"statistics over {CASES:,} cases, milliseconds: {name}",
                f"{_taken(place, connection, path):.0f}",
                "150",
            )


def _taken(place: Place, connection: HTTPConnection, path: str) -> float:
    headers = {"Authorization": f"Bearer {place.bearer}", "Accept-Language": "ru"}
    times = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        connection.request("GET", f"/admin/statistics{path}", headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        times.append((perf_counter() - begun) * 1e3)
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {content[:300]!r}")
    return median(times[2:])
