"""A small curriculum with its editors, translators and reviewers."""

import polib
import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Locale

from cms.home.editorial import groups
from cms.home.models import HomePage
from curriculum import content_messages
from curriculum.loading.load import load_curriculum
from curriculum.models import LessonPage
from curriculum.source.reader import read_module
from quizzes.models import Question
from tests.curriculum import sample_module
from tests.factories import StaffFactory, make_operator


class Newsroom:
    """The people at work on the sample module, and what they work on."""

    def person(self, *names):
        """A browser of someone who is in the groups `names`, and who that is."""
        user = StaffFactory()
        user.groups.set(Group.objects.filter(name__in=names))
        assert user.groups.count() == len(names)
        return self.enter(user)

    def operator(self):
        return self.enter(make_operator())

    def enter(self, user):
        browser = Client()
        browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
        browser.user = user
        return browser

    def editor(self):
        return self.person(groups.EDITORS)

    def subject_reviewer(self):
        return self.person(groups.SUBJECT_REVIEWERS)

    def safeguarding_reviewer(self):
        return self.person(groups.SAFEGUARDING_REVIEWERS)

    def translator(self, code="hi"):
        return self.person(groups.translators_of(code))

    def lesson(self, slug="first", language="en"):
        return LessonPage.objects.get(slug=slug, locale__language_code=language)

    def question(self):
        return Question.objects.get(key="practice-01")

    def locale(self, code):
        return Locale.objects.get(language_code=code)


@pytest.fixture
def newsroom(db, tmp_path, settings):
    """English and Hindi pages are live; Marathi has a tree and no translation."""
    everything = settings.LANGUAGES
    settings.LANGUAGES = [pair for pair in everything if pair[0] in ("en", "hi", "mr")]
    folder = sample_module.write(tmp_path / "content")
    _translate(folder, tmp_path / "locale")
    load_curriculum(HomePage, content_dir=tmp_path / "content", locale_dir=tmp_path / "locale")
    settings.LANGUAGES = everything
    groups.set_up()
    return Newsroom()


def _translate(folder, locale_dir):
    path = content_messages.make(read_module(folder), "hi", locale_dir)
    catalogue = polib.pofile(str(path))
    for entry in catalogue:
        entry.msgstr = f"हि {entry.msgid}"
        entry.tcomment = "review: reviewed"
    catalogue.save()
