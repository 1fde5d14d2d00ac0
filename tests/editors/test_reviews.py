"""Nothing is published but by both reviews; translations made in the CMS go the same way."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import Page, Workflow
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource

from cms.home.editorial import groups
from cms.users.models import User
from curriculum.models import LessonPage
from tests.editors.forms import page_address, send_page
from tests.factories import StaffFactory


def decide(browser, page, action, comment=""):
    """Answer from the list of what waits on the reviewer's first page."""
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return browser.post(address, {"comment": comment})


def readers_see(client, page):
    return client.get(page.get_url()).content.decode()


class TestPages:
    def test_a_change_goes_through_both_reviews(self, newsroom, client):
        lesson = newsroom.lesson("second")
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")
        before = readers_see(client, lesson)

        decide(newsroom.subject_reviewer(), Page.objects.get(pk=lesson.pk), "approve")
        between = newsroom.lesson("second").title
        decide(newsroom.safeguarding_reviewer(), Page.objects.get(pk=lesson.pk), "approve")

        assert "Next paces" not in before
        assert between == "Second steps"
        assert newsroom.lesson("second").title == "Next paces"
        assert newsroom.lesson("second").review_state == "source"

    def test_an_editor_cannot_publish(self, newsroom):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")

        form = editor.get(page_address(lesson)).content.decode()
        send_page(editor, lesson, "publish", title="At once")

        assert "action-publish" not in form
        assert "Submit to" in form
        assert newsroom.lesson("second").title == "Second steps"

    @pytest.mark.parametrize("name", ["unpublish", "delete", "move", "convert_alias"])
    def test_an_editor_cannot_take_down_what_is_live(self, newsroom, name):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")

        editor.post(reverse(f"wagtailadmin_pages:{name}", args=[lesson.pk]))

        assert newsroom.lesson("second").live
        assert newsroom.lesson("second").path == lesson.path

    @pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
    def test_no_bulk_action_goes_round_the_reviews(self, newsroom, action):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")
        lesson.summary = "A draft."
        lesson.save_revision(user=editor.user)

        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        editor.post(f"{address}?id={lesson.pk}&next=/cms/", {"chooser": lesson.get_parent().pk})

        assert newsroom.lesson("second").live
        assert newsroom.lesson("second").summary == "Go on."

    def test_a_copy_or_an_alias_is_not_live(self, newsroom):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")

        for number, alias in enumerate(["", "on"]):
            editor.post(
                reverse("wagtailadmin_pages:copy", args=[lesson.pk]),
                {
                    "new_title": "Copy",
                    "new_slug": f"copy-{number}",
                    "new_parent_page": lesson.get_parent().pk,
                    "publish_copies": "on",
                    "alias": alias,
                },
            )

        copies = LessonPage.objects.filter(slug__startswith="copy-")
        assert copies.exists()
        assert not copies.filter(live=True).exists()

    def test_the_second_review_cannot_come_first(self, newsroom):
        lesson = newsroom.lesson("second")
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")

        answer = decide(newsroom.safeguarding_reviewer(), Page.objects.get(pk=lesson.pk), "approve")

        assert Page.objects.get(pk=lesson.pk).current_workflow_task.name == "Subject review"
        assert answer.status_code in (302, 403)

    def test_an_editor_cannot_answer_for_the_reviewers(self, newsroom):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")
        send_page(editor, lesson, "submit", title="Next paces")

        decide(editor, Page.objects.get(pk=lesson.pk), "approve")

        assert Page.objects.get(pk=lesson.pk).current_workflow_task.name == "Subject review"

    def test_what_a_reviewer_changes_is_read_by_both_again(self, newsroom):
        lesson = newsroom.lesson("second")
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")
        decide(newsroom.subject_reviewer(), Page.objects.get(pk=lesson.pk), "approve")
        safeguarding = newsroom.safeguarding_reviewer()

        send_page(
            safeguarding,
            lesson,
            "workflow-action",
            title="My own words",
            **{"workflow-action-name": "approve"},
        )

        assert newsroom.lesson("second").title == "Second steps"
        assert Page.objects.get(pk=lesson.pk).current_workflow_task.name == "Subject review"

    def test_a_review_can_ask_for_changes(self, newsroom):
        editor, lesson = newsroom.editor(), newsroom.lesson("second")
        send_page(editor, lesson, "submit", title="Next paces")

        decide(newsroom.subject_reviewer(), Page.objects.get(pk=lesson.pk), "reject", "Shorter, please.")

        state = Page.objects.get(pk=lesson.pk).current_workflow_state
        assert state.status == "needs_changes"
        assert newsroom.lesson("second").title == "Second steps"

    def test_every_tree_and_both_kinds_of_records_have_the_reviews(self, newsroom):
        workflow = Workflow.objects.get(active=True)

        assert [task.name for task in workflow.tasks] == ["Subject review", "Safeguarding review"]
        assert newsroom.lesson("second", "hi").get_workflow() == workflow
        assert newsroom.question().get_workflow() == workflow


class TestTranslations:
    """What a translator does in wagtail-localize's editor."""

    @pytest.fixture
    def page(self, newsroom):
        return newsroom.lesson(language="hi")

    def translation(self, page):
        return Translation.objects.get(source__object_id=page.translation_key, target_locale=page.locale)

    def write(self, browser, page, path, words):
        """Keep one sentence, as the editor's script does when a translator leaves the field."""
        translation = self.translation(page)
        segment = StringSegment.objects.get(source=translation.source, context__path=path)
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        return browser.generic(
            "PUT", address, f"value={words}", content_type="application/x-www-form-urlencoded"
        )

    def test_new_words_go_through_both_reviews_and_are_then_approved(self, newsroom, page, client):
        translator = newsroom.translator()
        kept = self.write(translator, page, "title", "नए कदम")
        translator.post(page_address(page), {"review-action": "submit"})
        before = readers_see(client, page)

        for reviewer in (newsroom.subject_reviewer(), newsroom.safeguarding_reviewer()):
            assert newsroom.lesson(language="hi").title == "हि First steps"
            assert "Approve" in reviewer.get(page_address(page)).content.decode()
            reviewer.post(page_address(page), {"review-action": "approve"})

        page.refresh_from_db()
        assert kept.status_code == 200
        assert "नए कदम" not in before
        assert page.title == "नए कदम"
        assert page.review_state == "approved"
        assert [objective.code for objective in page.objectives.all()] == ["MID-X1"]

    def test_a_translator_cannot_publish(self, newsroom, page):
        translator = newsroom.translator()
        self.write(translator, page, "title", "नए कदम")

        answer = translator.post(page_address(page), {"action": "publish"})

        assert answer.status_code in (302, 403)
        assert newsroom.lesson(language="hi").title == "हि First steps"

    def test_reviewers_can_ask_a_translator_for_changes_and_get_them(self, newsroom, page):
        translator, reviewer = newsroom.translator(), newsroom.subject_reviewer()
        translator.post(page_address(page), {"review-action": "submit"})

        reviewer.post(page_address(page), {"review-action": "reject", "comment": "Softer, please."})
        status = Page.objects.get(pk=page.pk).current_workflow_state.status
        self.write(translator, page, "title", "नए कदम")
        translator.post(page_address(page), {"review-action": "submit"})

        page = Page.objects.get(pk=page.pk)
        assert status == "needs_changes"
        assert page.current_workflow_state.status == "in_progress"
        assert page.get_latest_revision_as_object().title == "नए कदम"

    def test_a_translation_with_a_sentence_missing_stays_with_its_translator(self, newsroom, page):
        translator = newsroom.translator()
        StringTranslation.objects.filter(context__path="title", locale=page.locale).delete()

        answer = translator.post(page_address(page), {"review-action": "submit"}, follow=True)

        assert "Some sentences are not translated yet." in answer.content.decode()
        assert Page.objects.get(pk=page.pk).current_workflow_state is None

    def test_words_that_the_page_refuses_are_said_to_the_translator(self, newsroom, page):
        translator = newsroom.translator()
        StringTranslation.objects.filter(context__path="title", locale=page.locale).update(data="x" * 300)

        answer = translator.post(page_address(page), {"review-action": "submit"}, follow=True)

        assert "255" in answer.content.decode()
        assert Page.objects.get(pk=page.pk).current_workflow_state is None

    def test_nobody_sends_what_is_with_the_reviewers_already(self, newsroom, page):
        translator = newsroom.translator()
        translator.post(page_address(page), {"review-action": "submit"})

        again = translator.post(page_address(page), {"review-action": "submit"})
        own_answer = translator.post(page_address(page), {"review-action": "approve"})

        assert again.status_code in (302, 403)
        assert own_answer.status_code in (302, 403)
        assert Page.objects.get(pk=page.pk).current_workflow_task.name == "Subject review"

    def test_translators_reach_their_own_language_only(self, newsroom, page):
        marathi = newsroom.translator("mr")

        opened = marathi.get(page_address(page))
        written = self.write(marathi, page, "title", "नए कदम")
        sent = marathi.post(page_address(page), {"review-action": "submit"})
        english = marathi.get(page_address(newsroom.lesson()))

        assert opened.status_code == 302
        assert written.status_code == 403
        assert sent.status_code == 302
        assert english.status_code == 302
        assert Page.objects.get(pk=page.pk).current_workflow_state is None

    def test_a_new_translation_is_a_draft_in_ones_own_language(self, newsroom):
        module = newsroom.lesson().get_parent()
        address = reverse("wagtail_localize:submit_page_translation", args=[module.pk])
        marathi, hindi = newsroom.locale("mr"), newsroom.locale("hi")
        translator = newsroom.translator("mr")

        form = translator.get(address).content.decode()
        translator.post(address, {"locales": [marathi.pk], "include_subtree": "on"})
        stranger = newsroom.translator("hi").post(address, {"locales": [marathi.pk]})

        made = module.get_translation(marathi)
        assert f'value="{marathi.pk}"' in form
        assert f'value="{hindi.pk}"' not in form
        assert not made.live
        assert not made.get_children().exists()
        assert stranger.status_code == 200

    def test_a_lesson_waits_for_its_module(self, newsroom):
        address = reverse("wagtail_localize:submit_page_translation", args=[newsroom.lesson().pk])

        newsroom.translator("mr").post(address, {"locales": [newsroom.locale("mr").pk]})

        assert not LessonPage.objects.filter(locale__language_code="mr").exists()

    def test_bringing_sentences_up_to_date_publishes_nothing(self, newsroom, page):
        StringTranslation.objects.filter(context__path="title", locale=page.locale).update(data="नए कदम")
        source = TranslationSource.objects.get(object_id=page.translation_key)
        address = reverse("wagtail_localize:update_translations", args=[source.pk])
        editor = newsroom.editor()

        shown = editor.get(address)
        done = editor.post(address, {"publish_translations": "on"})

        assert shown.status_code == 200
        assert done.status_code == 302
        assert newsroom.lesson(language="hi").title == "हि First steps"

    def test_a_translation_is_not_replaced_by_english_without_the_right_to_publish(self, newsroom, page):
        address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])

        refused = newsroom.translator().post(address)
        shown = newsroom.operator().get(address)

        page.refresh_from_db()
        assert refused.status_code in (302, 403)
        assert shown.status_code == 200
        assert page.title == "हि First steps"

    def test_what_an_operator_publishes_without_reviews_is_not_vouched_for(
        self, newsroom, page, django_capture_on_commit_callbacks
    ):
        operator = newsroom.operator()
        self.write(operator, page, "title", "नए कदम")

        with django_capture_on_commit_callbacks(execute=True):
            operator.post(page_address(page), {"action": "publish"})

        page.refresh_from_db()
        assert page.title == "नए कदम"
        assert page.review_state == "machine-draft"

    def test_english_needs_no_word_for_its_state(self, newsroom):
        lesson = newsroom.lesson()

        lesson.save_revision(user=StaffFactory()).publish()

        assert newsroom.lesson().review_state == "source"


class TestGroups:
    def test_setting_up_twice_changes_nothing(self, newsroom):
        def rights():
            return {
                group.name: sorted(group.permissions.values_list("codename", flat=True))
                for group in groups.Group.objects.all()
            }

        before = rights()
        groups.set_up()

        assert rights() == before
        assert set(before) == {
            "Editors",
            "Translators: Hindi",
            "Translators: Marathi",
            "Subject reviewers",
            "Safeguarding reviewers",
        }

    def test_nobody_but_an_operator_may_publish_or_manage_people(self, newsroom):
        for group in groups.Group.objects.all():
            user = StaffFactory()
            user.groups.add(group)

            assert user.has_perm("wagtailadmin.access_admin")
            assert not [one for one in user.get_all_permissions() if "publish" in one or "users." in one]
            assert not group.page_permissions.filter(permission__codename__contains="publish").exists()

    def test_reviewers_find_every_page_and_change_none_that_is_not_before_them(self, newsroom):
        lesson, reviewer = newsroom.lesson("second"), newsroom.subject_reviewer()

        listed = reviewer.get(reverse("wagtailadmin_explore", args=[lesson.get_parent().pk]))
        edited = reviewer.post(page_address(lesson), {"title": "Mine", "action-submit": "1"})

        assert "Second steps" in listed.content.decode()
        assert edited.status_code == 302
        assert Page.objects.get(pk=lesson.pk).latest_revision.as_object().title == "Second steps"

    def test_rights_that_were_added_by_hand_are_taken_back(self, newsroom):
        everyone = groups.Group.objects.get(name=groups.EDITORS)
        publish = groups.Permission.objects.get(
            content_type__app_label="wagtailcore", codename="publish_page"
        )
        groups.GroupPagePermission.objects.create(
            group=everyone, page=Page.get_first_root_node(), permission=publish
        )
        everyone.permissions.add(*groups.Permission.objects.filter(content_type__app_label="users"))

        groups.set_up()

        user = User.objects.get(pk=newsroom.editor().user.pk)
        assert not everyone.page_permissions.filter(permission=publish).exists()
        assert not user.has_perm("users.change_user")

    def test_it_asks_for_the_pages_first(self, db):
        with pytest.raises(CommandError, match="load_curriculum"):
            call_command("setup_editors")

    def test_the_command_says_that_it_is_done(self, newsroom, capsys):
        call_command("setup_editors")

        assert "set up" in capsys.readouterr().out
