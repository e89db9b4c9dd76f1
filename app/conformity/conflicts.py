"""Check 6: where the act contradicts itself, the model says so, and which reading it follows.

What this proves: a documentation, at an element of the one place or the other or at the process, names the opposite
place too, so that who reads the model is told of the contradiction. That the model then follows the reading of the
act's data is proved by the checks of coverage, role and time, which compare it with that reading alone.
"""

import re
from collections.abc import Iterator

from app.conformity.findings import Finding, found
from app.conformity.pairing import Pairing
from app.conformity.study import Study
from app.domain.acts.clauses_of_acts import clauses
from app.domain.acts.regulation import Conflict

_CITATION = re.compile(
    r"appendix (?P<appendix>[0-9]+)|(?P<item>[0-9]+)(?:\.(?P<part>[0-9]+)|\((?P<bracket>[0-9]+)\)|/(?P<step>[0-9]+)-\w+)?"
)
_UNIT = r"(?:-\w+)?"


def conflicts(study: Study) -> Iterator[Finding]:
    service, pairing = study.service, study.pairing
    if service is None or pairing is None:
        return
    for conflict in service.conflicts:
        place = _named_at(study, pairing, conflict)
        code = "conflict-unnamed" if place is None else "conflict-named"
        yield found(
            code,
            service=service.key,
            clause=conflict.clause,
            element=place,
            note=place is not None,
            against=conflict.against,
            follow=conflict.follow,
        )


def _named_at(study: Study, pairing: Pairing, conflict: Conflict) -> str | None:
    """The element whose documentation names both places; an element of one of them stands for that one itself."""
    here, there = _citations(conflict.clause), _citations(f"{conflict.against}; {conflict.follow}")
    for element in pairing.elements.values():
        own = set(element.clauses)
        words = element.step.node.documentation or ""
        if own & set(clauses(conflict.clause)) and _names(words, there):
            return element.step.id
        if own & _clauses(f"{conflict.against}; {conflict.follow}") and _names(words, here):
            return element.step.id
    texts = {study.net.process.id: study.net.process.documentation or ""}
    texts |= {step.id: step.node.documentation or "" for step in study.net.steps.values()}
    return next((place for place, words in texts.items() if _names(words, here) and _names(words, there)), None)


def _clauses(words: str) -> set[str]:
    return {cited for found_ in _CITATION.finditer(words) for cited in clauses(found_[0])}


def _citations(words: str) -> list[re.Pattern[str]]:
    """How a documentation in Kazakh may write the places that these words cite."""
    patterns = []
    for cited in _CITATION.finditer(words):
        item = cited["item"]
        if cited["appendix"]:
            patterns.append(re.compile(rf"\b{cited['appendix']}-қосымша"))
        elif cited["part"]:
            patterns.append(re.compile(rf"(?<![0-9.]){item}{_UNIT}\.{cited['part']}(?![0-9])"))
        elif cited["bracket"]:
            inner = cited["bracket"]
            patterns.append(re.compile(rf"(?<![0-9.]){item}{_UNIT}\s*[(]?\s*{inner}\)"))
        elif cited["step"]:
            patterns.append(re.compile(rf"(?<![0-9.]){item}/{cited['step']}(?![0-9])"))
        else:
            patterns.append(re.compile(rf"(?<![0-9./]){item}(?:-тарма\w+|(?=[:;,]))"))
    return patterns


def _names(words: str, places: list[re.Pattern[str]]) -> bool:
    return any(place.search(words) for place in places)
