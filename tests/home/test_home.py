import pytest

from tests.curriculum.building import index, lesson, module

pytestmark = pytest.mark.django_db


def test_the_first_page_has_three_doors_and_the_way_to_help(client):
    lesson(module(index()))

    html = client.get("/hi/").content.decode()

    assert 'href="/language/?to=hi&amp;next=%2Fjoin%2F"' in html
    assert 'href="/language/?to=hi&amp;next=%2Fstart%2F"' in html
    assert 'href="/hi/learn/"' in html
    assert 'href="/hi/help/"' in html
    assert "Good company" in html
    assert html.count("<h1") == 1


def test_without_lessons_the_first_page_has_no_empty_list(client):
    index()

    assert "Some of the lessons" not in client.get("/en/").content.decode()


def test_the_root_leads_to_the_readers_language(client):
    assert client.get("/", headers={"accept-language": "hi"}).headers["Location"] == "/hi/"


def test_the_language_switch_stays_on_the_page_and_keeps_what_was_asked(client):
    index()

    html = client.get("/en/search/", {"q": "kite"}).content.decode()

    assert 'href="/ur/search/?q=kite"' in html


def test_a_personal_page_switches_through_a_cookie(client):
    html = client.get("/accounts/login/", headers={"accept-language": "en"}).content.decode()

    assert 'href="/language/?to=hi&amp;next=%2Faccounts%2Flogin%2F"' in html


def test_choosing_a_language_keeps_it_in_a_cookie(client):
    response = client.get("/language/", {"to": "hi", "next": "/join/"})

    assert response.headers["Location"] == "/join/"
    assert response.cookies["language"].value == "hi"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_choosing_a_language_never_leads_to_another_site(client, target):
    response = client.get("/language/", {"to": "xx", "next": target})

    assert response.headers["Location"] == "/"
    assert "language" not in response.cookies


def test_search_machines_are_kept_off_personal_pages(client):
    robots = client.get("/robots.txt").content.decode()

    assert "Disallow: /class/" in robots
    assert "Disallow: /cms/" in robots


def test_whoever_watches_the_site_can_ask_it(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ok\n"
