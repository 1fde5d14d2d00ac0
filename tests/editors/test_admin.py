"""The editors' side as a whole: what its menu leads to, and how a draft looks to readers."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from cms.home.editorial.translations import translation_of
from tests.editors.forms import send_page


@pytest.mark.parametrize("who", ["editor", "translator", "subject_reviewer", "operator"])
def test_the_menu_holds_what_is_used(newsroom, who):
    html = getattr(newsroom, who)().get("/cms/").content.decode()

    for words in ("Questions", "Help lines", "Objectives"):
        assert words in html
    for words in ('"/cms/images/"', '"/cms/documents/"', '"/cms/sites/"'):
        assert words not in html


def test_the_first_page_tells_a_reviewer_what_waits(newsroom):
    send_page(newsroom.editor(), newsroom.lesson("second"), "submit", title="Next paces")

    html = newsroom.subject_reviewer().get("/cms/").content.decode()

    assert "Next paces" in html
    assert "Approve" in html


@pytest.mark.parametrize(
    ("language", "words"), [("en", "We <strong>begin</strong> here."), ("hi", "हि We <strong>begin</strong>")]
)
def test_a_draft_is_seen_in_its_language_and_by_nobody_else(newsroom, client, language, words):
    lesson, operator = newsroom.lesson(language=language), newsroom.operator()
    lesson.title = "Not for readers yet"
    lesson.save_revision()

    seen = operator.get(reverse("wagtailadmin_pages:view_draft", args=[lesson.pk]))
    read = client.get(lesson.get_url()).content.decode()

    html = seen.content.decode()
    assert "Not for readers yet" in html
    assert words in html
    assert f'<html lang="{language}"' in html
    assert "Not for readers yet" not in read


def test_a_translation_is_seen_before_it_is_sent(newsroom):
    page = newsroom.lesson(language="hi")

    seen = newsroom.translator().get(
        reverse("wagtail_localize:preview_translation", args=[translation_of(page).pk])
    )

    assert "हि First steps" in seen.content.decode()


def test_the_page_form_offers_no_date_to_publish_on(newsroom):
    html = newsroom.operator().get(reverse("wagtailadmin_pages:edit", args=[newsroom.lesson().pk]))

    assert "go_live_at" not in html.content.decode()


def test_rights_to_write_can_be_seen_with_the_groups(newsroom):
    group = Group.objects.get(name="Translators: Hindi")

    html = newsroom.operator().get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()

    assert "Can write Hindi" in html or "write_hi" in html
