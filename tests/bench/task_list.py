"""The first page of the task list with a million open tasks, against the same page with a thousand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection
from statistics import median
from time import perf_counter
from urllib.parse import parse_qsl, quote

from sqlalchemy import text

from app.actions.lists import saved_filters
from app.actions.lists.list_queries import Wanted
from app.actions.people import people
from app.domain.folding import folded
from tests.bench.place import TENANT, Place, copied, web

SMALL, LARGE = 1_000, 1_000_000
ROUNDS = 60
PERSON = f"executor.{TENANT}"
PAGE = "sortBy=dueDate&sortOrder=asc&firstResult=0&maxResults=20"
PAGES = {
    "my tasks": f"assignee={quote(PERSON)}&{PAGE}",
    "my groups' tasks by due date": f"candidateGroups=executor&{PAGE}",
    "a text search": f"search={quote('жшс 0000777')}&{PAGE}",
    "a text search for a word of every task": f"search={quote('тексеру list-7')}&{PAGE}",
    "a variable filter": f"processVariables=kind_eq_k7&{PAGE}",
}
LISTS = {
    "mine": "view=mine",
    "my groups'": "view=groups",
    "all": "view=all",
    "all, the newest first": "view=all&sort=newest",
    "all, the longest waiting first": "view=all&sort=waiting",
    "all, by applicant": "view=all&sort=applicant",
    "mine, by applicant": "view=mine&sort=applicant",
    "my groups' of a service, by applicant": "view=groups&service=design-licence&sort=applicant",
    "mine, on hold": "view=mine&state=held",
    "all, on hold, by applicant": "view=all&state=held&sort=applicant",
    "all that nobody has": "view=all&state=unassigned",
    "all, overdue": "view=all&due=overdue",
    "my groups', due this week": "view=groups&due=week",
    "all of a service": "view=all&service=design-licence",
    "a text search": f"view=groups&q={quote('жшс 0000777')}",
    "a text search for a word of every task": f"view=all&q={quote('ТЕКСЕРУ')}",
    "a text search for a word of a service": f"view=all&q={quote('проектную')}",
    "a text search for a form of a word": f"view=all&q={quote('құжаттардың шынжарды')}",
}
KEPT = ("all, overdue", "mine, on hold", "a text search", "a text search for a form of a word", "all of a service")
"""What the person has kept as filters, so that every page counts them."""
LETTERS = "әғқңөұүһійёabcdefghijklmnopqrstuvwxyz"
FOLDED = {"written": LETTERS, "folded": folded(LETTERS)}
"""How the words of a task are kept, for `translate`."""
INSTANCES = """
INSERT INTO instance (id, tenant_id, definition_id, definition_key, business_key, variables, started_at, root_id)
SELECT made.id, :tenant, d.id, d.key, 'LIST-' || n, '{}', now(), made.id
FROM (SELECT uuidv7() AS id, n FROM generate_series(1, :count) n) made, definition d WHERE d.key = 'bench-loop'
"""
TASKS = """
INSERT INTO task (id, tenant_id, instance_id, definition_id, token, parent_token, element, name, assignee,
    candidate_groups, candidate_users, priority, created_at, due_at, follow_up_at, business_key, applicant, service, searchable,
    words)
SELECT uuidv7(), i.tenant_id, i.id, i.definition_id, n, 1, 'check', 'Құжаттарды тексеру',
    CASE WHEN n % 10 = 0 THEN (ARRAY['clerk', 'head', 'executor'])[1 + n / 10 % 3] || '.' || i.tenant_id END,
    ARRAY[(ARRAY['clerk', 'head', 'executor', 'unit_head', 'commission'])[1 + n % 5]], NULL, 50,
    now() - n * interval '1 second', now() + (n::bigint * 7919 % 2000000 - 100000) * interval '1 second',
    CASE WHEN n % 60 = 20 THEN now() + interval '10 days' END, i.business_key,
    'ЖШС ' || names[1 + first] || names[1 + second] || ' ' || lpad(n::text, 7, '0'),
    (ARRAY['survey-licence', 'design-licence', 'construction-licence'])[1 + n % 3 * sign(n % 333)::int],
    jsonb_build_object('process', jsonb_build_object('kind', 'k' || n % 5000, 'amount', n), 'task', jsonb_build_object()),
    translate('құжаттарды тексеру ' || lower(i.business_key) || ' жшс ' || names[1 + first] || names[1 + second] || ' '
        || lpad(n::text, 7, '0'), :written, :folded)
FROM (SELECT ARRAY['нұр', 'бек', 'жан', 'бай', 'гүл', 'ай', 'қыз', 'сұлу', 'ерлан', 'тай', 'дәу', 'рен', 'әсем', 'мир', 'ғали',
    'төле', 'ген', 'шын', 'жар', 'қын'] AS names) AS word, generate_series(CAST(:from AS int), CAST(:to AS int)) n
CROSS JOIN LATERAL (SELECT abs(hashint4(n)) % 20 AS first, abs(hashint4(-n)) % 20 AS second) AS chosen
JOIN (SELECT instance.*, row_number() OVER (ORDER BY id) AS place FROM instance WHERE business_key LIKE 'LIST-%') i
    ON i.place = 1 + n % 100
"""


def figures(place: Place) -> Iterator[tuple[str, str, str]]:
    with place.sessions.begin() as session:
        bearer, _ = people.sign_in(session, people.actor_of(session, PERSON), "bearer", datetime.now(UTC))
        session.execute(text(INSTANCES), {"tenant": TENANT, "count": 100})
        for name in KEPT:
            kept = Wanted.of(dict(parse_qsl(LISTS[name])))
            saved_filters.keep(session, people.actor_of(session, PERSON), name, kept, None, datetime.now(UTC))
    short = copied(place, "short")
    _fill(short, SMALL)
    _fill(place, LARGE)
    with web(place, "app.wsgi:create_app()") as long_list, web(short, "app.wsgi:create_app()") as short_list:
        asked = {name: f"/engine-rest/task?{query}" for name, query in PAGES.items()}
        asked |= {f"the list as people see it: {name}": f"/tasks?{query}" for name, query in LISTS.items()}
        for name, path in asked.items():
            large, small = _in_turn(path, bearer, long_list, short_list)
            yield f"first page with {LARGE:,} / {SMALL:,} open tasks: {name}", f"{large / small:.2f}", "at most 1.5"
            yield "  (milliseconds)", f"{large * 1e3:.2f} / {small * 1e3:.2f}", ""
    short.database.dispose()


def _fill(place: Place, count: int) -> None:
    for start in range(1, count + 1, 50_000):
        with place.sessions.begin() as session:
            session.execute(text("SET LOCAL statement_timeout = 0"))
            session.execute(text(TASKS), {"from": start, "to": min(start + 49_999, count), **FOLDED})
    with place.database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE task"))


def _in_turn(path: str, bearer: str, *connections: HTTPConnection) -> list[float]:
    """The median seconds of a page by each of the services, which are asked one after the other."""
    times: list[list[float]] = [[] for _ in connections]
    for connection in connections:
        connection.close()  # the server may have closed it in the meantime; it opens anew by itself
    for _ in range(ROUNDS):
        for taken, connection in zip(times, connections, strict=True):
            taken.append(_seconds(connection, bearer, path))
    return [median(taken[ROUNDS // 4 :]) for taken in times]


def _seconds(connection: HTTPConnection, bearer: str, path: str) -> float:
    begun = perf_counter()
    connection.request("GET", path, headers={"Authorization": f"Bearer {bearer}"})
    answer = connection.getresponse()
    content = answer.read()
    taken = perf_counter() - begun
    if answer.status != 200 or content == b"[]":
        raise RuntimeError(f"{path}: {answer.status} {content[:200]!r}")
    return taken
