"""Keeps visits to the help page out of every log line that this application writes."""

import logging
import re

HELP_ADDRESS = re.compile(r"/(?:[a-z]{2}/)?help/\S*")
INSTEAD = "/(not noted)/"


class WithoutHelpVisits(logging.Filter):
    """Takes a help page's address, and whatever hangs on its request, off a log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if HELP_ADDRESS.search(message):
            record.msg, record.args = HELP_ADDRESS.sub(INSTEAD, message), ()
            record.__dict__.pop("request", None)
        return True
