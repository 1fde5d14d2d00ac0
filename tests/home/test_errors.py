import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from cms import urls
from cms.help import lines
from tests.curriculum.building import help_line

pytestmark = pytest.mark.django_db
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


def fail_with(error):
    def view(request: HttpRequest):
        raise error

    return view


urlpatterns = [
    path("bad/", fail_with(BadRequest)),
    path("closed/", fail_with(PermissionDenied)),
    path("hi/broken/", fail_with(RuntimeError)),
    path("broken/", fail_with(RuntimeError)),
    *urls.urlpatterns,
]


@pytest.fixture
def gentle_client():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/en/search/", "/en/learn/", "/en/", "/join/"])
def test_a_thousand_parameters_break_no_page(gentle_client, address):
    response = gentle_client.get(address + "?" + "&".join(["a"] * 1001))

    assert response.status_code in (200, 302, 400, 404)
    if response.status_code == 400:
        assert "We could not read that" in response.content.decode()


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/bad/", 400, "We could not read that"),
        ("/closed/", 403, "This page is not open to you"),
        ("/en/nowhere/", 404, "This page is not here"),
        ("/broken/", 500, "Something broke on our side"),
    ],
)
def test_every_error_is_kind_and_shows_the_way_to_help(gentle_client, address, status, words):
    help_line()
    lines.published("en")

    response = gentle_client.get(address, headers={"accept-language": "en"})

    html = response.content.decode()
    assert response.status_code == status
    assert words in html
    assert 'href="/en/help/"' in html
    assert 'href="tel:1098"' in html
    assert "data-exit" in html
    assert html.count("<h1") == 1


@pytest.mark.urls(__name__)
def test_an_error_speaks_the_language_of_the_address(gentle_client):
    html = gentle_client.get("/hi/broken/", headers={"accept-language": "en"}).content.decode()

    assert '<html lang="hi"' in html


def test_a_form_that_was_open_too_long_says_so():
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "x"})

    assert response.status_code == 403
    assert "This page was open too long" in response.content.decode()


@pytest.mark.urls(__name__)
def test_a_broken_page_asks_the_database_nothing(gentle_client, django_assert_num_queries):
    with django_assert_num_queries(0):
        gentle_client.get("/broken/")


@pytest.mark.urls(__name__)
def test_errors_show_the_shipped_numbers_when_the_database_is_down(gentle_client, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(lines, "_last_known", {})
    monkeypatch.setattr(lines, "published", broken)

    html = gentle_client.get("/closed/", headers={"accept-language": "en"}).content.decode()

    assert 'href="tel:1098"' in html
    assert 'href="tel:112"' in html


def test_an_error_page_without_any_number_leaves_them_out(client):
    html = client.get("/en/nowhere/").content.decode()

    assert "If you need someone to talk to" not in html
