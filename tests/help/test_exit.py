import pytest
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError

from tests.factories import StaffFactory, StudentFactory

pytestmark = pytest.mark.django_db


def test_the_exit_leads_away_and_clears_what_the_browser_kept(client):
    response = client.get("/exit/")

    assert response.status_code == 303
    assert response.headers["Location"] == "/exit/gone/"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert "no-store" in response.headers["Cache-Control"]


def test_where_it_leads_is_a_setting(client, settings):
    settings.QUICK_EXIT_URL = "https://example.org/weather"

    assert client.get("/exit/").headers["Location"] == "https://example.org/weather"


def test_a_student_is_signed_out(client):
    client.force_login(StudentFactory(), backend="schools.authorization.backend.PictureBackend")

    client.get("/exit/")

    assert SESSION_KEY not in client.session


def test_a_teacher_stays_signed_in(client):
    client.force_login(StaffFactory(), backend="django.contrib.auth.backends.ModelBackend")

    client.get("/exit/")

    assert SESSION_KEY in client.session


def test_it_is_open_also_when_the_database_is_not(client, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError

    client.force_login(StudentFactory(), backend="schools.authorization.backend.PictureBackend")
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", broken)

    assert client.get("/exit/").status_code == 303


def test_it_takes_no_post(client):
    assert client.post("/exit/").status_code == 405


def test_the_neutral_page_shows_nothing_of_the_site(client):
    html = client.get("/exit/gone/").content.decode()

    assert "Blank page" in html
    assert "Sure Steps" not in html
    assert "href" not in html
