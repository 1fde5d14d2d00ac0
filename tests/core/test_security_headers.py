import pytest
from django.test import Client

from tests.curriculum.building import index, lesson, module
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.fixture
def any_client(settings):
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True
    lesson(module(index()))
    return Client()


PAGES = [
    "/en/",
    "/en/learn/good-company/first-steps/",
    "/en/help/",
    "/en/nowhere/",
    "/exit/",
    "/exit/gone/",
    "/accounts/login/",
    "/cms/login/",
    "/healthz",
    "/static/css/site.css",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_answer_says_what_browsers_may_do(any_client, path):
    response = any_client.get(path)

    for name, value in ALWAYS.items():
        assert response.headers[name] == value
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", PAGES[:4])
def test_a_public_page_never_says_where_one_came_from(any_client, path):
    assert any_client.get(path).headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/exit/", "/accounts/login/", "/cms/login/"])
def test_a_personal_page_says_it_to_this_site_only(any_client, path):
    assert any_client.get(path).headers["Referrer-Policy"] == "same-origin"


def test_what_is_answered_before_any_page_says_it_too(any_client):
    refused = any_client.get("/en/", headers={"host": "elsewhere.example"})
    sent_on = any_client.get("/nowhere/")

    assert (refused.status_code, sent_on.status_code) == (400, 302)
    for response in (refused, sent_on):
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert sent_on.headers["Cache-Control"] == "no-store, private"


def test_no_public_page_holds_a_token_and_wagtails_own_sign_in_is_none_of_them(any_client):
    assert any_client.get("/en/_util/login/").status_code == 404
    for path in PAGES[:4]:
        assert "csrfmiddlewaretoken" not in any_client.get(path).content.decode()


def test_an_unchanged_page_says_it_too(any_client):
    etag = any_client.get("/en/").headers["ETag"]

    response = any_client.get("/en/", headers={"if-none-match": etag})

    assert response.status_code == 304
    for name, value in ALWAYS.items():
        assert response.headers[name] == value


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith(("/cms/", "/static/"))])
def test_no_page_allows_script_or_style_inside_it(any_client, path):
    policy = any_client.get(path).headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


def test_the_editors_pages_have_a_looser_policy_of_their_own(any_client):
    editor = StaffFactory(is_superuser=True)
    any_client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")

    policy = any_client.get("/cms/").headers["Content-Security-Policy"]

    assert "'unsafe-inline'" in policy
    assert "http" not in policy
