"""What completing a task is held against: a Flask handler that inserts one row through the ORM and commits."""

import os
from datetime import UTC, datetime
from uuid import UUID

from flask import Flask, Response

from app.domain.ids import new_id
from app.store.session import engine, sessions
from app.store.tables import File

app = Flask(__name__)
_sessions = sessions(engine(os.environ["DATABASE_URL"]))


@app.post("/<instance>")
def insert(instance: str) -> Response:
    with _sessions.begin() as session:
        session.add(File(id=new_id(), instance_id=UUID(instance), content=datetime.now(UTC).isoformat().encode()))
    return Response(status=204)
