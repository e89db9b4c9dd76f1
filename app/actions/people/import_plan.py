"""What a file of people would do, line by line: decided from the file and from what is there, without writing anything."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

import orjson

from app.actions.people import accounts, profiles
from app.actions.people.import_reading import EMAIL, FIRST, ID, LANGUAGE, LAST, ORGANISATION, ROLES, Line
from app.actions.people.profiles import Profile
from app.domain import refusals
from app.domain.refusals import import_refusals as words
from app.errors import Invalid

PROFILE = (LAST, FIRST, EMAIL, LANGUAGE)
BETWEEN = re.compile(r"[\s,;|]+")
"""What stands between the roles of a line."""
Change = tuple[str, str, str]
"""(column, old, new); "" is none."""


class Outcome(StrEnum):
    CREATED = "created"
    CHANGED = "changed"
    LEFT = "left"
    REFUSED = "refused"


@dataclass(slots=True)
class Known:
    """A person as he is, or as the lines so far leave him. values: by column of PROFILE, "" for none."""

    values: dict[str, str]
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Present:
    """What is there of those whom a file names. held: roles by (person, organisation); alike: ids by another writing of them,
    where only capitals differ."""

    people: Mapping[str, Known]
    held: Mapping[tuple[str, str], frozenset[str]]
    alike: Mapping[str, str]
    organisations: Collection[str]
    roles: Collection[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a line. name: to be read; organisation: "" for none; why: of a refusal, by language."""

    number: int
    user_id: str
    name: str
    organisation: str
    outcome: Outcome
    changes: Sequence[Change] = ()
    why: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """lines: in the order of the file. people: how those are who are written anew, by id; added: who of them is not there yet;
    given, taken: (person, organisation, role). content: the digest of the file."""

    lines: Sequence[Planned]
    people: Mapping[str, Mapping[str, str]]
    added: Sequence[str]
    given: Sequence[tuple[str, str, str]]
    taken: Sequence[tuple[str, str, str]]
    content: str

    @cached_property
    def fingerprint(self) -> str:
        """The same for the same file, as long as it does the same to the same people."""
        told = [[one.number, one.user_id, one.outcome, one.changes, one.why.get("en")] for one in self.lines]
        return hashlib.sha256(self.content.encode() + orjson.dumps(told)).hexdigest()

    @cached_property
    def counts(self) -> Mapping[Outcome, int]:
        return {outcome: sum(one.outcome is outcome for one in self.lines) for outcome in Outcome}


def plan(lines: Sequence[Line], present: Present, content: bytes) -> Plan:
    """What the lines do, the earlier ones before the later ones."""
    making = _Making(present)
    planned = [making.line(one) for one in lines]
    return Plan(
        lines=planned,
        people={user_id: making.people[user_id].values for user_id in making.written},
        added=sorted(making.added),
        given=sorted(making.given),
        taken=sorted(making.taken),
        content=hashlib.sha256(content).hexdigest(),
    )


class _Making:
    """The plan as far as it is made: the people as the lines so far leave them, and where each was met first."""

    def __init__(self, present: Present) -> None:
        self.present = present
        self.people: dict[str, Known] = {}
        self.met: dict[tuple[str, str], int] = {}
        self.first: dict[str, int] = {}
        self.added: set[str] = set()
        self.written: dict[str, None] = {}
        self.given: set[tuple[str, str, str]] = set()
        self.taken: set[tuple[str, str, str]] = set()

    def line(self, line: Line) -> Planned:
        user_id, organisation = line.cells.get(ID, ""), line.cells.get(ORGANISATION, "")
        try:
            self._check(line)
            roles = self._roles(line)
            changes = self._profile(line)
        except Invalid as refused:
            return Planned(
                line.number, user_id, self._name(user_id, line), organisation, Outcome.REFUSED, (), refused.words
            )
        outcome = Outcome.CREATED if user_id in self.added and self.first[user_id] == line.number else Outcome.CHANGED
        changes += self._held(user_id, organisation, roles)
        if not changes and outcome is Outcome.CHANGED:
            outcome = Outcome.LEFT
        return Planned(line.number, user_id, self._name(user_id, line), organisation, outcome, changes)

    def _name(self, user_id: str, line: Line) -> str:
        known = self.people.get(user_id)
        values = line.cells if known is None else known.values
        return " ".join(filter(None, (values.get(FIRST), values.get(LAST)))) or user_id

    def _check(self, line: Line) -> None:
        """Raises Invalid."""
        if line.wrong is not None:
            found, wanted = line.wrong
            raise refusals.of(Invalid, words.CELLS, found=found, wanted=wanted)
        user_id = line.cells[ID]
        if not user_id:
            raise refusals.of(Invalid, words.NO_ID)
        known = self.present.people.get(user_id)
        broken = "/" in user_id or profiles.REPLACEMENT in user_id
        if known is None and (broken or not accounts.is_name(user_id)):
            raise refusals.of(Invalid, words.BAD_ID, given=user_id[: profiles.SHOWN])
        if known is not None and known.deactivated:
            raise refusals.of(Invalid, words.GONE, id=user_id)
        if known is None and (other := self.present.alike.get(user_id.lower())) is not None:
            raise refusals.of(Invalid, words.ALIKE, id=user_id, other=other)
        place = (user_id, line.cells.get(ORGANISATION, ""))
        if place in self.met:
            raise refusals.of(Invalid, words.TWICE, id=user_id, line=self.met[place])
        given = [line.cells.get(name) or None for name in PROFILE]
        profiles.check(Profile(*given))
        self._require_alike(user_id, line)

    def _require_alike(self, user_id: str, line: Line) -> None:
        """Raises Invalid where an earlier line says otherwise of the same person."""
        known = self.people.get(user_id)
        if known is None:
            return
        for name in PROFILE:
            given = line.cells.get(name, "")
            if given and given != known.values[name]:
                raise refusals.of(Invalid, words.OTHERWISE, id=user_id, line=self.first[user_id], what=name)

    def _roles(self, line: Line) -> frozenset[str]:
        """Raises Invalid."""
        organisation = line.cells.get(ORGANISATION, "")
        roles = frozenset(filter(None, BETWEEN.split(line.cells.get(ROLES, ""))))
        if not organisation and not roles:
            return roles
        if not organisation:
            raise refusals.of(Invalid, words.ROLES_NOWHERE)
        if organisation not in self.present.organisations:
            example = min(self.present.organisations, default="–")
            raise refusals.of(Invalid, words.NO_ORGANISATION, given=organisation[: profiles.SHOWN], example=example)
        if not roles:
            raise refusals.of(Invalid, words.NO_ROLES)
        if unknown := sorted(role for role in roles if role not in self.present.roles):
            example = min(self.present.roles, default="–")
            raise refusals.of(Invalid, words.NO_ROLE, given=unknown[0][: profiles.SHOWN], example=example)
        return roles

    def _profile(self, line: Line) -> list[Change]:
        """Writes what a line says of a person; an empty cell says nothing."""
        user_id = line.cells[ID]
        self.met[user_id, line.cells.get(ORGANISATION, "")] = line.number
        self.first.setdefault(user_id, line.number)
        present = self.present.people.get(user_id)
        if user_id not in self.people:
            self.people[user_id] = Known(dict.fromkeys(PROFILE, "") if present is None else dict(present.values))
            if present is None:
                self.added.add(user_id)
                self.written[user_id] = None
        values, changes = self.people[user_id].values, []
        for name in PROFILE:
            given = line.cells.get(name, "")
            if given and given != values[name]:
                changes.append((name, values[name], given))
                values[name] = given
        if changes:
            self.written[user_id] = None
        return changes

    def _held(self, user_id: str, organisation: str, roles: frozenset[str]) -> Iterator[Change]:
        """The roles in an organisation become those of the line; none were given: they stay."""
        held = self.present.held.get((user_id, organisation), frozenset())
        if roles and roles != held:
            self.given |= {(user_id, organisation, role) for role in roles - held}
            self.taken |= {(user_id, organisation, role) for role in held - roles}
            yield (ROLES, " ".join(sorted(held)), " ".join(sorted(roles)))
