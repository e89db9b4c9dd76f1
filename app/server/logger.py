"""What gunicorn says, as the service says it."""

from typing import Any

from gunicorn.glogging import Logger as Gunicorns

from app import config, log


class Logger(Gunicorns):
    def setup(self, cfg: Any) -> None:
        """In its first process, and so for all that it begins."""
        super().setup(cfg)
        form = config.read().log_format
        log.configure(form)
        for handler in self.error_log.handlers:
            handler.setFormatter(log.lines(form))
