"""A browser whose messages leave, as they do once a request's records are kept; and the links in them."""

import re

from django.core import mail
from django.test import Client, TestCase

from tests.schools.staff import BACKEND


class Browser(Client):
    """A test's transaction is never kept, so what waits for that is done at the end of each request."""

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


def browser_with_mail(user=None):
    browser = Browser()
    if user is not None:
        browser.force_login(user, backend=BACKEND)
    return browser


def newest_link(path="/people/invitation/"):
    """The address in the newest message, without the host."""
    found = re.findall(rf"\S+({re.escape(path)}\S+)", mail.outbox[-1].body)
    assert len(found) == 1, mail.outbox[-1].body
    return found[0]
