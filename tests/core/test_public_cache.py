import pytest
from django.test import Client

from cms.core import content_version
from cms.help.models import HelpLine
from tests.curriculum.building import help_line, index, lesson, module, practice_quiz, question

pytestmark = pytest.mark.django_db
LESSON = "/en/learn/good-company/first-steps/"


@pytest.fixture
def page():
    return lesson(module(index()))


def test_a_public_page_is_for_everyone_and_holds_no_cookie(client, page):
    client.cookies["sessionid"] = "anything"
    client.cookies["language"] = "hi"

    response = client.get(LESSON, headers={"accept-language": "hi"})

    assert '<html lang="en"' in response.content.decode()
    assert response.headers["Cache-Control"] == "public, max-age=0, s-maxage=30, must-revalidate"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert not response.cookies


def test_a_page_that_did_not_change_costs_no_query(client, page, django_assert_num_queries):
    etag = client.get(LESSON).headers["ETag"]

    with django_assert_num_queries(0):
        again = client.get(LESSON)
        unchanged = client.get(LESSON, headers={"if-none-match": etag})

    assert again.status_code == 200
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    assert unchanged.headers["ETag"] == etag


@pytest.mark.parametrize("form", ['"other", {}', "W/{}", 'W/"a", W/{} , "b"'])
def test_the_etag_is_found_in_a_list_and_when_a_proxy_weakened_it(client, page, form):
    etag = client.get(LESSON).headers["ETag"]

    assert client.get(LESSON, headers={"if-none-match": form.format(etag)}).status_code == 304


def test_another_etag_is_no_reason_to_hold_the_page_back(client, page):
    assert client.get(LESSON, headers={"if-none-match": '"something-else"'}).status_code == 200


def test_each_address_host_and_question_has_its_own_etag(client, page, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]

    etags = {
        client.get(LESSON).headers["ETag"],
        client.get(LESSON, headers={"host": "other.example"}).headers["ETag"],
        client.get("/en/learn/").headers["ETag"],
        client.get(LESSON, {"q-x": "a"}).headers["ETag"],
    }

    assert len(etags) == 4


def test_a_release_makes_every_page_new(client, page, settings):
    before = client.get(LESSON).headers["ETag"]
    settings.RELEASE = "next"

    assert client.get(LESSON).headers["ETag"] != before


def test_an_answer_in_the_address_is_not_kept(client, page, django_assert_num_queries):
    practice_quiz(page, question("practise"))
    client.get(LESSON)

    assert "Reason b" in client.get(LESSON, {"q-practise": "b"}).content.decode()
    assert "Reason b" not in client.get(LESSON).content.decode()


def test_head_says_the_same_as_get(client, page):
    got, headed = client.get(LESSON), client.head(LESSON)

    assert headed.status_code == 200
    assert headed.headers["ETag"] == got.headers["ETag"]
    assert headed.headers["Cache-Control"] == got.headers["Cache-Control"]


def test_head_alone_keeps_nothing(client, page):
    client.head(LESSON)

    assert len(client.get(LESSON).content) > 1000


def test_a_compressed_page_is_kept_apart_from_a_plain_one(client, page):
    compressed = client.get(LESSON, headers={"accept-encoding": "gzip"})
    plain = client.get(LESSON)

    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert plain.content.startswith(b"<!doctype html>")


@pytest.mark.parametrize(("path", "status"), [("/en/nowhere/", 404), ("/en/learn", 301)])
def test_what_is_not_a_page_is_neither_kept_nor_given_a_cookie(client, page, path, status):
    response = client.get(path)

    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert not response.cookies


def test_a_post_is_never_kept(page):
    response = Client().post("/en/help/")

    assert response.status_code == 405
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/exit/gone/", "/accounts/login/", "/healthz"])
def test_a_personal_page_is_kept_by_nobody(client, path):
    response = client.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


def change_a_help_line():
    HelpLine.objects.get().save()


def remove_a_help_line():
    HelpLine.objects.get().delete()


def change_a_question():
    question("practise")


@pytest.mark.parametrize("change", [change_a_help_line, remove_a_help_line, change_a_question])
def test_what_is_shown_anywhere_makes_every_page_new(
    client, page, change, django_capture_on_commit_callbacks
):
    help_line()
    before = client.get(LESSON).headers["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        change()

    assert client.get(LESSON, headers={"if-none-match": before}).status_code == 200


@pytest.mark.parametrize("act", ["publish", "unpublish", "move", "delete"])
def test_so_does_a_page(client, page, act, django_capture_on_commit_callbacks):
    other = module(page.get_parent().get_parent().specific, "other")
    before = client.get("/en/learn/").headers["ETag"]

    with django_capture_on_commit_callbacks(execute=True):
        if act == "publish":
            page.save_revision().publish()
        elif act == "move":
            page.move(other, pos="last-child")
        else:
            getattr(page, act)()

    assert client.get("/en/learn/").headers["ETag"] != before


def test_the_version_grows_once_a_transaction(django_capture_on_commit_callbacks):
    before = content_version.current()

    with django_capture_on_commit_callbacks(execute=True):
        content_version.bump_after_commit()
        content_version.bump_after_commit()

    assert content_version.current() == before + 1
