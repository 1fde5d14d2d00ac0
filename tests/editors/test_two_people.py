"""Nothing is published by one person: the two reviews are by two people who wrote none of the words."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Task, TaskState
from wagtail_localize.models import StringSegment, Translation

from cms.home.editorial import groups
from cms.home.models import ReviewTask
from tests.editors.forms import page_address, page_form, record_address, send_page, send_record

QUESTION = "wagtailsnippets_quizzes_question"
HATS = (groups.EDITORS, groups.SUBJECT_REVIEWERS, groups.SAFEGUARDING_REVIEWERS)
OWN = "You wrote or sent some of these words, so two other people review them."
TWICE = "You have approved these words in the other review. Somebody else does this one."
SUBJECT, SAFEGUARDING = "Subject review", "Safeguarding review"


@pytest.fixture
def lesson(newsroom):
    return newsroom.lesson("second")


def now(item):
    return type(item).objects.get(pk=item.pk)


def waits_in(item):
    task = now(item).current_workflow_task
    return task.name if task else None


def approve(browser, item, *, address_of=None):
    """By the button on the first page; the address may name another item than the review's."""
    kind = "wagtailadmin_pages" if isinstance(item, Page) else QUESTION
    state = now(item).current_workflow_task_state
    where = (address_of or item).pk
    return browser.post(
        reverse(f"{kind}:workflow_action", args=[where, "approve", state.pk]) + "?next=/cms/", {}
    )


def approve_in_form(browser, page, **changes):
    return send_page(browser, page, "workflow-action", **changes, **{"workflow-action-name": "approve"})


def opened(browser, address):
    return browser.get(address, follow=True).content.decode()


class TestPages:
    def test_whoever_sent_it_does_not_review_it(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        send_page(one, lesson, "submit", title="Alone")

        form, desk = opened(one, page_address(lesson)), opened(one, "/cms/")
        approve(one, lesson)
        approve_in_form(one, lesson)

        assert OWN in form
        assert 'data-workflow-action-name="approve"' not in form
        assert 'data-workflow-action-name="reject"' in form
        assert "/approve/" not in desk
        assert waits_in(lesson) == SUBJECT
        assert newsroom.lesson("second").title == "Second steps"

    def test_the_form_of_whoever_approves_their_own_words_is_not_kept_as_another_draft(
        self, newsroom, lesson
    ):
        one = newsroom.person(*HATS)
        send_page(one, lesson, "submit", title="Alone")
        before = now(lesson).latest_revision_id

        answer = one.post(
            page_address(lesson),
            {"action-workflow-action": "1", "workflow-action-name": "approve"},
            follow=True,
        )

        assert OWN in answer.content.decode()
        assert now(lesson).latest_revision_id == before

    def test_one_person_does_not_do_both_reviews(self, newsroom, lesson):
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")
        both = newsroom.person(*HATS[1:])

        approve(both, lesson)
        form, desk = opened(both, page_address(lesson)), opened(both, "/cms/")
        approve(both, lesson)
        between = waits_in(lesson), newsroom.lesson("second").title
        approve(newsroom.safeguarding_reviewer(), lesson)

        assert TWICE in form
        assert "/approve/" not in desk
        assert between == (SAFEGUARDING, "Second steps")
        assert newsroom.lesson("second").title == "Next paces"

    def test_whoever_wrote_an_earlier_draft_does_not_review_what_another_sends(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        send_page(one, lesson, title="Nearly alone")
        send_page(newsroom.editor(), lesson, "submit", title="Nearly alone")

        approve(one, lesson)

        assert waits_in(lesson) == SUBJECT

    def test_what_was_published_since_is_nobodys_any_more(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        send_page(one, lesson, "submit", title="Next paces")
        approve(newsroom.subject_reviewer(), lesson)
        approve(newsroom.safeguarding_reviewer(), lesson)
        send_page(newsroom.editor(), lesson, "submit", title="Last paces")

        approve(one, lesson)

        assert waits_in(lesson) == SAFEGUARDING

    def test_who_mends_while_approving_is_a_writer_then(self, newsroom, lesson):
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")
        reviewer = newsroom.subject_reviewer()

        answer = approve_in_form(reviewer, lesson, title="My own words")
        told = opened(reviewer, answer["Location"])
        approve(reviewer, lesson)

        assert OWN in told
        assert waits_in(lesson) == SUBJECT
        assert now(lesson).get_latest_revision_as_object().title == "My own words"

    def test_the_review_of_another_page_cannot_be_answered_by_the_address_of_this_one(self, newsroom, lesson):
        one, other = newsroom.person(*HATS), newsroom.lesson("first")
        send_page(one, lesson, "submit", title="Alone")
        other.save_revision(user=newsroom.editor().user)
        other.get_workflow().start(other, newsroom.editor().user)

        approve(one, lesson, address_of=other)

        assert waits_in(lesson) == SUBJECT

    def test_a_draft_written_over_is_read_by_both_again(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        send_page(one, lesson, "submit", title="Harmless")
        approve(newsroom.subject_reviewer(), lesson)
        send_page(one, lesson, title="Harmful", overwrite_revision_id=str(now(lesson).latest_revision_id))
        same = now(lesson).current_workflow_task_state.revision_id == now(lesson).latest_revision_id

        approve(newsroom.safeguarding_reviewer(), lesson)

        assert same
        assert waits_in(lesson) == SUBJECT
        assert newsroom.lesson("second").title == "Second steps"

    def test_sending_it_again_does_not_make_it_anothers(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        send_page(one, lesson, "submit", title="Alone")
        send_page(one, lesson, "cancel-workflow")
        send_page(newsroom.editor(), lesson, "submit")

        approve(one, lesson)

        assert waits_in(lesson) == SUBJECT

    def test_an_operator_reviews_as_others_do(self, newsroom, lesson):
        operator = newsroom.operator()
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")

        approve(operator, lesson)
        approve(operator, lesson)
        between = waits_in(lesson)
        approve(newsroom.safeguarding_reviewer(), lesson)

        assert between == SAFEGUARDING
        assert newsroom.lesson("second").title == "Next paces"

    def test_a_workflow_that_asks_one_person_only_publishes_nothing(self, newsroom, lesson):
        Task.objects.get(name=SAFEGUARDING).deactivate()
        send_page(newsroom.editor(), lesson, "submit", title="Next paces")

        approve(newsroom.subject_reviewer(), lesson)

        assert newsroom.lesson("second").title == "Second steps"


class TestOtherWays:
    """What Wagtail offers beside its pages, asked for by somebody who wears all hats."""

    @pytest.mark.parametrize("name", ["publish", "unpublish", "copy", "create_alias"])
    def test_no_action_of_the_interface_for_programs(self, newsroom, lesson, name):
        one = newsroom.person(*HATS)
        send_page(one, lesson, title="Alone")
        live = Page.objects.live().count()

        answer = one.post(
            f"/cms/api/main/pages/{lesson.pk}/action/{name}/",
            {"destination_page_id": lesson.get_parent().pk, "slug": "again"},
        )

        assert answer.status_code == 403
        assert Page.objects.live().count() == live
        assert newsroom.lesson("second").title == "Second steps"

    def test_no_earlier_version_is_brought_back_alone(self, newsroom, lesson):
        one = newsroom.person(*HATS)
        lesson.title = "Long ago"
        old = lesson.save_revision()
        send_page(one, lesson, title="Second steps")
        form = page_form(one, lesson, title="Long ago")
        back = reverse("wagtailadmin_pages:revisions_revert", args=[lesson.pk, old.pk])

        one.post(back, form | {"action-publish": "1", "revision": old.pk})
        one.post(f"/cms/api/main/pages/{lesson.pk}/action/revert_to_page_revision/", {"revision_id": old.pk})

        assert newsroom.lesson("second").title == "Second steps"
        assert waits_in(lesson) is None

    def test_no_date_is_set_to_publish_on(self, newsroom, lesson):
        send_page(newsroom.person(*HATS), lesson, "submit", title="Alone", go_live_at="2020-01-01 00:00")

        assert now(lesson).latest_revision.as_object().go_live_at is None
        assert now(lesson).scheduled_revision is None


class TestRecords:
    def test_whoever_sent_it_does_not_review_it(self, newsroom):
        one, question = newsroom.person(*HATS), newsroom.question()
        send_record(one, QUESTION, question, do="submit", text_en="Alone?")

        form = opened(one, record_address(QUESTION, question))
        approve(one, question)

        assert OWN in form
        assert waits_in(question) == SUBJECT

    def test_one_person_does_not_do_both_reviews(self, newsroom):
        both, question = newsroom.person(*HATS[1:]), newsroom.question()
        send_record(newsroom.editor(), QUESTION, question, do="submit", text_en="Who stands by Ravi?")

        approve(both, question)
        approve(both, question)
        between = waits_in(question)
        approve(newsroom.safeguarding_reviewer(), question)

        assert between == SAFEGUARDING
        assert now(question).text_en == "Who stands by Ravi?"

    def test_it_is_approved_by_the_form_as_well(self, newsroom):
        question = newsroom.question()
        send_record(newsroom.editor(), QUESTION, question, do="submit", text_en="Who stands by Ravi?")
        answer = {"workflow-action-name": "approve"}

        for reviewer in (newsroom.subject_reviewer(), newsroom.safeguarding_reviewer()):
            sent = send_record(reviewer, QUESTION, question, do="workflow-action", **answer)
            told = opened(reviewer, sent["Location"])
            assert "Thank you. Your answer is noted." in told
            assert "Sorry, you do not have permission" not in told

        assert now(question).text_en == "Who stands by Ravi?"

    def test_who_mends_while_approving_is_a_writer_then(self, newsroom):
        question, reviewer = newsroom.question(), newsroom.person(*HATS)
        send_record(newsroom.editor(), QUESTION, question, do="submit", text_en="Who stands by Ravi?")
        answer = {"workflow-action-name": "approve"}

        sent = send_record(reviewer, QUESTION, question, do="workflow-action", text_en="Mine?", **answer)
        told = opened(reviewer, sent["Location"])
        approve(reviewer, question)

        assert OWN in told
        assert waits_in(question) == SUBJECT
        assert now(question).text_en == "Who helps Ravi?"

    def test_a_draft_written_over_after_the_first_review_is_read_by_both_again(self, newsroom):
        one, question = newsroom.editor(), newsroom.question()
        send_record(one, QUESTION, question, do="submit", text_en="Harmless?")
        approve(newsroom.subject_reviewer(), question)
        state = now(question).current_workflow_task_state
        state.reject(user=newsroom.safeguarding_reviewer().user)
        draft = str(now(question).latest_revision_id)
        send_record(one, QUESTION, question, do="submit", text_en="Harmful?", overwrite_revision_id=draft)

        approve(newsroom.safeguarding_reviewer(), question)
        between = waits_in(question), now(question).text_en
        approve(newsroom.subject_reviewer(), question)

        assert between == (SUBJECT, "Who helps Ravi?")
        assert now(question).text_en == "Harmful?"


class TestTranslations:
    @pytest.fixture
    def page(self, newsroom):
        return newsroom.lesson(language="hi")

    def write(self, browser, page):
        translation = Translation.objects.get(
            source__object_id=page.translation_key, target_locale=page.locale
        )
        segment = StringSegment.objects.get(source=translation.source, context__path="title")
        address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
        browser.generic("PUT", address, "value=नए कदम", content_type="application/x-www-form-urlencoded")

    def test_whoever_sent_it_does_not_review_it(self, newsroom, page):
        one = newsroom.person(*HATS)
        self.write(one, page)
        one.post(page_address(page), {"review-action": "submit"})

        form = opened(one, page_address(page))
        answer = one.post(page_address(page), {"review-action": "approve"}, follow=True)

        assert 'value="approve"' not in form
        assert OWN in answer.content.decode()
        assert waits_in(page) == SUBJECT

    def test_whoever_wrote_a_sentence_does_not_review_what_another_sends(self, newsroom, page):
        one = newsroom.person(groups.translators_of("hi"), groups.SUBJECT_REVIEWERS)
        self.write(one, page)
        newsroom.translator().post(page_address(page), {"review-action": "submit"})

        one.post(page_address(page), {"review-action": "approve"})

        assert waits_in(page) == SUBJECT

    def test_who_has_answered_comes_to_a_list_and_not_to_a_refusal(self, newsroom, page):
        newsroom.translator().post(page_address(page), {"review-action": "submit"})

        for reviewer in (newsroom.subject_reviewer(), newsroom.safeguarding_reviewer()):
            answer = reviewer.post(page_address(page), {"review-action": "approve"}, follow=True)

            assert "Thank you. Your answer is noted." in answer.content.decode()
            assert "Sorry, you do not have permission" not in answer.content.decode()

    def test_after_a_translation_was_stopped_the_form_offers_no_alias(self, newsroom, page):
        Translation.objects.filter(target_locale=page.locale).update(enabled=False)

        translator = newsroom.translator().get(page_address(page)).content.decode()
        operator = newsroom.operator().get(page_address(page)).content.decode()

        assert "action-submit" in translator
        assert "localize-convert-to-alias" not in translator
        assert "localize-convert-to-alias" in operator


def test_steps_that_were_wagtails_own_become_ours_with_what_waits_in_them(newsroom, lesson):
    send_page(newsroom.editor(), lesson, "submit", title="Next paces")
    plain = ContentType.objects.get_for_model(GroupApprovalTask)
    for task in ReviewTask.objects.all():
        Task.objects.filter(pk=task.pk).update(content_type=plain)
        task.delete(keep_parents=True)
    before = sorted(Task.objects.values_list("pk", "name"))

    groups.set_up()
    groups.set_up()

    assert sorted(Task.objects.values_list("pk", "name")) == before
    assert {type(task.specific) for task in Task.objects.all()} == {ReviewTask}
    assert [group.name for group in ReviewTask.objects.get(name=SUBJECT).groups.all()] == [HATS[1]]
    assert TaskState.objects.get().status == "in_progress"
    assert waits_in(lesson) == SUBJECT
