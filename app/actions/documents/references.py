"""Files in forms: a person names documents that were uploaded before, the case keeps what is known of them, never bytes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.refusals import file_refusals as say
from app.domain.terms.calendar import LANGUAGES
from app.errors import Invalid
from app.store.tables import Document, Instance
from app.store.trees import members

Find = Callable[[Sequence[UUID]], Iterable[Document]]
"""Gives those of some documents that may be named."""


def nothing(_: Sequence[UUID]) -> Iterable[Document]:
    """Where there are no documents to name."""
    return ()


def of_case(session: Session, instance: Instance) -> Find:
    """The documents of the case that an instance belongs to."""

    def find(ids: Sequence[UUID]) -> Iterable[Document]:
        tree = members([instance.root_id])
        arrived = select(Document).where(Document.id.in_(ids), Document.digest.is_not(None))
        return session.scalars(arrived.join(tree, tree.c.id == Document.instance_id)).all()

    return find


def with_documents(data: Mapping[str, object], fields: Sequence[str], find: Find) -> dict[str, Any]:
    """The data of a form with what is known of each document in place of how it was named. fields: paths of file fields.

    Raises Invalid, with the fields, for what is not there or not the person's to name.
    """
    named = _named(data, fields)
    known = _known(named, find)
    missing = [
        field for field, lists in named.items() if any(_id(one) not in known for files in lists for one in files)
    ]
    if missing:
        message = {lang: say.GONE.get(lang) for lang in LANGUAGES}
        raise Invalid(
            f"the documents of {', '.join(missing)} are not there",
            details={"fields": [{"field": field, "code": "document", "message": message} for field in missing]},
            words=message,
        )
    return _all_settled(data, fields, known)


def with_those_found(data: Mapping[str, object], fields: Sequence[str], find: Find) -> dict[str, Any]:
    """As `with_documents`, but what names no such document stays as it is."""
    return _all_settled(data, fields, _known(_named(data, fields), find))


def _named(data: Mapping[str, object], fields: Sequence[str]) -> dict[str, list[list[object]]]:
    """What file fields hold, by path."""
    return {field: list(_lists(data, field.split("."))) for field in fields}


def _known(named: Mapping[str, list[list[object]]], find: Find) -> dict[UUID | None, object]:
    """What is known of the documents that are named, by their ids."""
    ids = {one for lists in named.values() for files in lists for one in map(_id, files) if one is not None}
    return {document.id: reference(document) for document in (find(sorted(ids)) if ids else ())}


def _all_settled(
    data: Mapping[str, object], fields: Sequence[str], known: Mapping[UUID | None, object]
) -> dict[str, Any]:
    return {name: _settled(value, name, frozenset(fields), known) for name, value in data.items()}


def _lists(value: object, path: Sequence[str]) -> Iterator[list[object]]:
    """What a file field holds, in each row of the lists on its way."""
    if isinstance(value, list) and path:
        for row in value:
            yield from _lists(row, path)
    elif isinstance(value, Mapping) and path:
        yield from _lists(value.get(path[0]), path[1:])
    elif isinstance(value, list):
        yield value


def _settled(value: object, at: str, fields: frozenset[str], known: Mapping[UUID | None, object]) -> object:
    if at in fields and isinstance(value, list):
        return [known.get(_id(one), one) for one in value]
    if isinstance(value, list):
        return [_settled(row, at, fields, known) for row in value]
    if isinstance(value, Mapping):
        return {name: _settled(inner, f"{at}.{name}", fields, known) for name, inner in value.items()}
    return value


def _id(given: object) -> UUID | None:
    text = given.get("id") if isinstance(given, Mapping) else given
    try:
        return UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None


def reference(document: Document) -> dict[str, Any]:
    """What a case keeps of a document that has arrived."""
    assert document.digest is not None
    return {
        "id": str(document.id),
        "filename": document.name,
        "mimetype": document.media_type,
        "size": document.size,
        "sha256": document.digest.hex(),
    }
