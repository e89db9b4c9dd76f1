"""The bytes of file variables: in a table of their own, the variable holds their id and no value."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from app.domain.ids import new_id
from app.domain.models.values import Variable
from app.errors import Invalid, NotFound
from app.store.tables import File

TEXT_LIMIT = 255


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a variable, and what its sender said of them."""

    data: bytes
    filename: str
    mimetype: str | None


def set_apart(variables: Mapping[str, Variable]) -> tuple[dict[str, Variable], list[File]]:
    """The variables with the ids of their files instead of the bytes, and the files, which belong to no instance yet.

    Raises Invalid for a valueInfo that cannot be used.
    """
    files: list[File] = []
    kept = {}
    for name, variable in variables.items():
        if variable.type == "File" and not variable.transient:
            file = File(id=new_id(), content=base64.b64decode(variable.value or ""))
            files.append(file)
            variable = Variable(None, "File", {**_described(name, variable.info), "id": str(file.id)})
        kept[name] = variable
    return kept, files


def _described(name: str, info: Mapping[str, Any]) -> dict[str, str]:
    """filename, mimetype and encoding, as texts; whatever else was sent is left out."""
    given = {
        "filename": info.get("filename") or name,
        "mimetype": info.get("mimetype") or info.get("mimeType"),
        "encoding": info.get("encoding"),
    }
    described = {}
    for key, value in given.items():
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > TEXT_LIMIT or not value.isprintable():
            raise Invalid(f"variable '{name}': {key} must be a printable text of up to {TEXT_LIMIT} characters")
        described[key] = value
    return described


def keep(session: Session, instance_id: UUID, files: list[File]) -> None:
    """Write the files of an instance, which must be in the database already."""
    for file in files:
        file.instance_id = instance_id
    session.add_all(files)


def take(session: Session, instance_id: UUID, variables: Mapping[str, Variable]) -> dict[str, Variable]:
    """Write the files among variables of an instance; gives the variables as they are kept. Raises Invalid."""
    kept, files = set_apart(variables)
    keep(session, instance_id, files)
    return kept


def content(session: Session, instance_id: UUID, name: str, variable: Variable) -> Content:
    """The bytes of a variable of an instance. Raises Invalid when it has none, NotFound."""
    if variable.type == "Bytes":
        return Content(base64.b64decode(variable.value or ""), name, None)
    if variable.type != "File":
        raise Invalid(f"Value of variable {name} is not a file or bytes, but of type {variable.type}")
    kept = variable.info.get("id")
    file = session.get(File, UUID(kept)) if kept else None
    if file is None or file.instance_id != instance_id:
        raise NotFound(f"the bytes of variable {name} do not exist")
    return Content(file.content, variable.info.get("filename") or name, variable.info.get("mimetype"))
