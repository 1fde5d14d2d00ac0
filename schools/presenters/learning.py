"""A student's work in words: what is next, what is given, what is finished."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from curriculum.queries.catalogue import SOURCE_LANGUAGE, LessonInfo
from quizzes.models import Attempt
from schools.models import LessonProgress
from schools.queries.learning import Work

TODO, GOING, DONE = "todo", "going", "done"
Progress = dict[UUID, LessonProgress]
Attempts = dict[int, list[Attempt]]


@dataclass(frozen=True)
class Step:
    """One thing to do in a module: a lesson or a quiz."""

    kind: str
    title: str
    text: str
    picture: str
    url: str
    state: str

    @property
    def words(self) -> str:
        return {TODO: _("To do"), GOING: _("Started"), DONE: _("Finished")}[self.state]


@dataclass(frozen=True)
class ModuleCard:
    """A module on the student's home page."""

    title: str
    summary: str
    picture: str
    url: str
    due: str
    steps: list[Step]

    @property
    def needed(self) -> list[Step]:
        """What counts as having finished the module: its lessons and its final quiz."""
        return [step for step in self.steps if step.kind != "practice"]

    @property
    def state(self) -> str:
        states = {step.state for step in self.needed}
        if states == {DONE}:
            return DONE
        return TODO if {step.state for step in self.steps} == {TODO} else GOING

    @property
    def words(self) -> str:
        if self.state == DONE:
            return _("Finished")
        if self.state == TODO:
            return _("Not started yet")
        done = sum(step.state == DONE for step in self.needed)
        return _("%(done)d of %(all)d done") % {"done": done, "all": len(self.needed)}

    @property
    def next(self) -> Step | None:
        """What was begun; else what follows the last thing done; else the first that is left."""
        begun = [step for step in self.steps if step.state == GOING]
        last = max((place for place, step in enumerate(self.steps) if step.state == DONE), default=-1)
        later = [step for step in self.steps[last + 1 :] if step.state == TODO]
        left = [step for step in self.needed if step.state == TODO]
        return next(iter([*begun, *later, *left]), None)


def card(work: Work, progress: Progress, attempts: Attempts) -> ModuleCard:
    module = work.module
    steps = []
    for lesson in module.lessons:
        steps.append(_lesson_step(lesson, progress.get(lesson.key)))
        if lesson.practice_quiz_id is not None:
            title = _("Check yourself: %(lesson)s") % {"lesson": lesson.title}
            steps.append(_quiz_step("practice", lesson.practice_quiz_id, title, attempts))
    if module.final_quiz_id is not None:
        steps.append(_quiz_step("final", module.final_quiz_id, _("What you know now"), attempts))
    return ModuleCard(
        title=module.title,
        summary=module.summary,
        picture=module.picture,
        url=reverse("learning:module", args=[module.key]),
        due=due_in_words(work.due_on),
        steps=steps,
    )


def due_in_words(day: date) -> str:
    """The due date as one says it: by today, by Friday, by 4 March."""
    today = timezone.localdate()
    if day < today:
        return _("It was due on %(day)s. You can still do it.") % {"day": date_format(day, "j F")}
    if day == today:
        return _("Please finish it today.")
    if day == today + timedelta(days=1):
        return _("Please finish it by tomorrow.")
    words = date_format(day, "l") if day < today + timedelta(days=7) else date_format(day, "j F")
    return _("Please finish it by %(day)s.") % {"day": words}


def language_note(lesson: LessonInfo, reader: str) -> str:
    """Why a lesson is in another language than the page around it; empty when it is not."""
    if lesson.language == reader:
        return ""
    if lesson.is_held_back:
        return _(
            "Your state waits until people have read the translation. Until then this lesson is in English."
        )
    if lesson.language == SOURCE_LANGUAGE:
        return _("This lesson is not in your language yet. It is shown in English.")
    name = get_language_info(lesson.language)["name_local"]
    return _("Your state offers this lesson in %(language)s.") % {"language": name}


def _lesson_step(lesson: LessonInfo, progress: LessonProgress | None) -> Step:
    state = TODO
    if progress is not None:
        state = DONE if progress.status == LessonProgress.Status.FINISHED else GOING
    text = _("About %(minutes)d minutes") % {"minutes": lesson.minutes}
    url = reverse("learning:lesson", args=[lesson.key])
    return Step("lesson", lesson.title, text, lesson.picture, url, state)


def _quiz_step(kind: str, quiz_id: int, title: str, attempts: Attempts) -> Step:
    taken = attempts.get(quiz_id, [])
    state = DONE if any(one.submitted_at for one in taken) else GOING if taken else TODO
    text = _("A few questions, no clock")
    return Step(kind, title, text, "question", reverse("learning:quiz", args=[quiz_id]), state)
