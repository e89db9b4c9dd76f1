"""Which case the work at hand is about, for what is logged of it."""

from app import log
from app.store.tables import Instance

NUMBER = "applicationNumber"


def concern(instance: Instance) -> None:
    """Every line from now on tells the instance and its case's number: its business key until it is registered."""
    number = instance.variables.get(NUMBER)
    log.note(instance=str(instance.id), case=str(number) if number else instance.business_key)
