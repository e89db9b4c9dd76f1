"""case.pdf: the case to be read, in one language; a long one comes in parts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from app import papers
from app.actions.cases.case_search import number_of, result_of, service_of
from app.actions.cases.entries import Entry
from app.actions.forms.task_forms import Fact
from app.actions.inspecting.archive.entries import Entry as File
from app.actions.inspecting.archive.entries import of_bytes
from app.actions.inspecting.archive.records import Kept, Records
from app.actions.models.naming import role_name, step_name
from app.actions.tasks.opening import applicant_of
from app.actions.terms.case_deadlines import Step
from app.domain.acts.clauses import cited, clause_in_words
from app.domain.in_words.archive_words import PAPER
from app.domain.in_words.days_in_words import moment_in_words
from app.domain.in_words.sentences import operation_named
from app.domain.in_words.wording import amount_in_words
from app.store.tables import Instance

LINES = 1_000
"""Steps, and entries of the story, of one part: more of them would take the memory of all others."""
Pair = tuple[str, str]


def case_pdf(found: Records, told: Sequence[Entry], given: Sequence[Fact], lang: str, now: datetime) -> Iterator[File]:
    """case.pdf and, of a long case, case-2.pdf and so on. told: the whole story; given: the data of the application."""
    paper = Paper(found, given, lang)
    steps, stories = list(_parts(found.terms.steps)), list(_parts(told))
    for number, (part, story) in enumerate(zip_longest(steps, stories, fillvalue=()), start=1):
        data = paper.part(number, part, story, told if number == 1 else (), now)
        yield of_bytes("case.pdf" if number == 1 else f"case-{number}.pdf", papers.pdf("case", data, now))


def _parts(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, max(len(rows), 1), LINES):
        yield rows[start : start + LINES]


def _written(day: str | None) -> str:
    """A day of ISO 8601 as it is written here."""
    return "…" if day is None else ".".join(reversed(day.split("-")))


class Paper:
    """The data of the template `papers/case.typ`, in one language."""

    def __init__(self, found: Records, given: Sequence[Fact], lang: str) -> None:
        self.found, self.given, self.lang = found, given, lang

    def say(self, key: str, **values: Any) -> str:
        return PAPER[key].get(self.lang).format(**values)

    def moment(self, at: datetime | None) -> str:
        return "" if at is None else moment_in_words(at.astimezone(self.found.calendar.tz), self.lang)

    def name(self, person: str | None) -> str:
        return "" if person is None else self.found.people.get(person, person)

    def part(
        self, number: int, steps: Sequence[Step], story: Sequence[Entry], told: Sequence[Entry], now: datetime
    ) -> dict[str, Any]:
        """told: the whole story, for the first part alone, which tells what the others do not repeat."""
        root, first = self.found.root, number == 1
        made, whole = now.astimezone(self.found.calendar.tz), self.found.terms.whole
        of = number_of(root)
        title = self.say("title", number=of) if of else self.say("unnumbered")
        return {
            "lang": self.lang,
            "title": title if first else f"{title}, {self.say('volume', number=number)}",
            "subtitle": service_of(root).get(self.lang),
            "id": str(root.id),
            "date": {part: getattr(made, part) for part in ("year", "month", "day", "hour", "minute", "second")},
            "words": {
                **{key: self.say(key) for key in ("whole", "moves", "given", "steps", "documents", "people", "story", "proof")},
                "columns": [self.say(key) for key in ("step", "who", "due", "done")],
            },
            "facts": self.facts(root) if first else [],
            "whole": whole.lines(self.lang) if first and whole is not None else [],
            "moves": list(self.moves()) if first else [],
            "given": [(one.label, one.value) for one in self.given] if first else [],
            "steps": [self.step(one) for one in steps],
            "documents": [self.document(one) for one in self.found.kept] if first else [],
            "people": self.people(told),
            "story": [self.entry(one) for one in story],
            "proof": [self.say("proof-1"), self.say("proof-2", rows=len(self.found.history.ids))] if first else [],
            "head": self.found.history.head if first else None,
        }  # fmt: skip

    def facts(self, root: Instance) -> list[Pair]:
        edition = self.found.deployed.edition
        definition = self.found.deployed.definitions[root.definition_id]
        organisation, result = self.found.organisation, result_of(root)
        begins, ends = (_written(edition[name]) for name in ("inForceFrom", "inForceUntil"))
        dates = self.say("in-force", begin=begins, end=ends) if (begins, ends) != ("…", "…") else ""
        state = self.moment(root.ended_at) if root.ended_at else self.say("running")
        if root.ended_at and root.end_state != "COMPLETED":
            state = f"{state}, {self.say('terminated')}"
        named: Mapping[str, str | None] = {
            "service": service_of(root).get(self.lang),
            "organisation": None if organisation is None else organisation.names.get(self.lang),
            "act": self.act(edition),
            "edition": " ".join(filter(None, (edition["edition"], f"({dates})" if dates else None))) or None,
            "model": self.say("version", name=definition.key, number=definition.version),
            "applicant": applicant_of(root.variables),
            "started": ", ".join(filter(None, (self.moment(root.started_at), self.name(root.started_by)))),
            "ended": state,
            "result": None if result is None else result.get(self.lang),
            "reason": root.delete_reason,
        }
        return [(self.say(key), value) for key, value in named.items() if value]

    def act(self, edition: Mapping[str, Any]) -> str | None:
        if edition["number"] is None:
            return None
        issuer = edition["issuer"]
        return self.say(
            "act-named",
            number=edition["number"],
            date=_written(edition["date"]),
            issuer=issuer[self.lang] or issuer["kk"],
        )

    def moves(self) -> Iterator[str]:
        clock = self.found.terms.clock
        for pause in clock.pauses:
            yield self.say(
                "paused",
                start=self.moment(pause.start),
                end=self.moment(pause.end) or "…",
                clause=cited(pause.clause, self.lang),
                who=self.name(pause.by),
                reason=pause.reason,
            )
        for one in clock.extensions:
            yield self.say(
                "extended",
                start=self.moment(one.at),
                amount=amount_in_words(one.rule, one.amount, self.lang),
                clause=cited(one.clause, self.lang),
                who=self.name(one.by),
                reason=one.reason,
            )

    def step(self, step: Step) -> dict[str, Any]:
        task = step.task
        who = task.completed_by or task.assignee
        instead = task.assignee if task.completed_by and task.assignee != task.completed_by else None
        roles = ", ".join(role_name(role).get(self.lang) for role in task.candidate_groups or ())
        node = self.found.deployed.models[task.definition_id].process.nodes.get(task.element)
        ended = self.moment(task.ended_at)
        if task.end_reason == "deleted":
            ended = f"{ended} {self.say('dropped')}"
        return {
            "name": task.element if node is None else step_name(node).get(self.lang),
            "clause": None if step.clause is None else clause_in_words(step.clause, self.lang).strip(),
            "who": (self.name(who) or roles or self.say("nobody"))
            + (self.say("instead", name=self.name(instead)) if instead else ""),
            "due": self.moment(task.due_at) or self.say("no-term"),
            "ended": ended,
            "standing": None if step.in_time is None else self.say("in-time" if step.in_time else "late"),
            "why": [] if step.term is None else step.term.lines(self.lang),
        }

    def document(self, kept: Kept) -> dict[str, str]:
        document = kept.document
        by = "" if document is None else f"{self.moment(document.added_at)}, {self.name(document.added_by)}"
        note = by if kept.file else ", ".join(filter(None, (by, self.say("lost"))))
        return {"name": kept.name, "note": note, "sha256": kept.sha256}

    def people(self, told: Sequence[Entry]) -> list[dict[str, str]]:
        """Who did what, how often, those who did most first."""
        did: dict[str, Counter[str]] = {}
        for one in told:
            did.setdefault(one.who.get(self.lang), Counter())[operation_named(one.kind, self.lang)] += 1
        ordered = sorted(did.items(), key=lambda pair: -pair[1].total())[:LINES]
        return [
            {"name": name, "did": ", ".join(f"{what} × {times}" for what, times in done.most_common())}
            for name, done in ordered
        ]

    def entry(self, one: Entry) -> dict[str, Any]:
        return {
            "at": self.moment(one.at),
            "who": one.who.get(self.lang),
            "instead": "" if one.instead_of is None else self.say("instead", name=one.instead_of),
            "what": one.sentence.get(self.lang),
            "said": one.said,
            "answers": [
                {"label": answer.label, "value": answer.value or ", ".join(name for _, name in answer.documents)}
                for answer in one.answers
            ],
        }
