"""What was uploaded and never sent is removed, and the files that no document names any more."""

from app import config, queue
from app.actions.documents import uploads
from app.jobs.database import moment, transactions
from app.store.document_bytes import SHARDS

EVERY_HOUR = "17 * * * *"


@queue.app.periodic(cron=EVERY_HOUR)
@queue.app.task(name="remove_loose_documents")
def remove_loose_documents(timestamp: int) -> None:  # noqa: ARG001 - given to every periodic job
    """Uploads of yesterday go, then their files; each part of the folder in a transaction of its own, which is short."""
    with transactions().begin() as session:
        uploads.sweep(session, moment(session))
    folder = config.read().files
    for shard in range(SHARDS if folder else 0):
        assert folder is not None
        with transactions().begin() as session:
            uploads.sweep_folder(session, folder, shard)
