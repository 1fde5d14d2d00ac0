import datetime as dt
import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.core.models import AuditEvent
from cms.help.logs import WithoutHelpVisits
from tests.curriculum.building import help_line

pytestmark = pytest.mark.django_db


def test_the_page_says_what_to_do_and_whom_to_call(client):
    help_line(hours_en="Day and night", cost_en="Free")

    html = client.get("/en/help/").content.decode()

    assert "<title>Help ·" in html
    assert "Tell an adult you trust" in html
    assert 'href="tel:1098"' in html
    assert "What happens when you call" in html
    assert "Someone listens." in html
    assert "Day and night" in html
    assert "Free" in html


def test_it_says_honestly_whether_a_number_was_checked(client):
    help_line(last_verified_on=dt.date(2026, 11, 2))
    help_line("unchecked")
    help_line("place", kind="place", numbers=[])

    html = client.get("/en/help/").content.decode()

    assert "Last checked on 2 November 2026" in html
    assert html.count("We have not yet checked this number by calling.") == 1
    assert html.count("We have not yet checked this ourselves.") == 1


def test_a_web_page_opens_without_telling_where_one_came_from(client):
    help_line("portal", kind="web", numbers=[], url="https://example.org/report", what_happens_en="")

    html = client.get("/en/help/").content.decode()

    assert 'href="https://example.org/report" rel="noreferrer"' in html
    assert "What happens" not in html


def test_a_draft_is_marked_and_has_the_english_words_beside_it(client):
    help_line(name_hi="चाइल्ड हेल्पलाइन", what_for_hi="हर बच्चे के लिए।")

    html = client.get("/hi/help/").content.decode()

    assert "हर बच्चे के लिए।" in html
    assert '<div lang="en" dir="ltr"><p>For any child.</p>' in html


def test_a_second_number_is_there_too(client):
    help_line(numbers=["14416", "1-800-891-4416"])

    html = client.get("/en/help/").content.decode()

    assert 'href="tel:14416"' in html
    assert 'href="tel:18008914416"' in html


def test_without_any_line_it_still_says_what_to_do(client):
    assert "No numbers are listed here yet." in client.get("/en/help/").content.decode()


def test_a_visit_is_recorded_nowhere(client, caplog):
    help_line()
    caplog.set_level(logging.DEBUG)

    with CaptureQueriesContext(connection) as captured:
        response = client.get("/en/help/")

    assert not response.cookies
    assert Session.objects.count() == 0
    assert AuditEvent.objects.count() == 0
    written = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert [sql for sql in written if "core_contentversion" not in sql] == []
    assert not [record for record in caplog.records if "help" in record.getMessage() and "/" in record.msg]


@pytest.mark.parametrize(
    ("message", "args"),
    [("Not Found: %s", ("/hi/help/line/",)), ("GET /en/help/?x=1 HTTP", ()), ("/help/", ())],
)
def test_a_log_line_never_holds_the_pages_address(message, args):
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, message, args, None)
    record.request = object()

    assert WithoutHelpVisits().filter(record)

    assert "help" not in record.getMessage()
    assert not hasattr(record, "request")


def test_other_log_lines_stay_as_they_are():
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "Not Found: %s", ("/en/x/",), None)
    record.request = object()

    WithoutHelpVisits().filter(record)

    assert record.getMessage() == "Not Found: /en/x/"
    assert hasattr(record, "request")
