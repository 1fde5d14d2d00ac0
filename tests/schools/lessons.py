"""A small curriculum to learn from: modules with lessons, practice quizzes and a final quiz."""

import uuid

from wagtail.models import Locale, Page

from cms.core import content_version
from curriculum.models import LearnIndexPage, LessonPage, ModulePage
from quizzes.models import Choice, Objective, Question, Quiz, QuizQuestion

SINGLE = {"a": True, "b": False, "c": False}
SEVERAL = {"a": True, "b": True, "c": False, "d": False}


def make_question(key: str, kind: str = "single", choices: dict[str, bool] | None = None) -> Question:
    """A question; `choices` says by key which are right."""
    objective, _is_new = Objective.objects.get_or_create(code="MID-X1", text="Say what to do.")
    question = Question.objects.create(
        key=key, kind=kind, objective=objective, text=f"Question {key}?", text_en=f"Question {key}?"
    )
    for place, (choice, is_correct) in enumerate((choices or SINGLE).items()):
        text, why = f"Choice {choice} of {key}", f"Because {choice} of {key}"
        Choice.objects.create(
            question=question,
            key=choice,
            text=text,
            text_en=text,
            why=why,
            why_en=why,
            is_correct=is_correct,
            sort_order=place,
        )
    return question


def make_quiz(kind: str, module_key: uuid.UUID, lesson_key: uuid.UUID | None = None, **fields) -> Quiz:
    """A quiz with one question of each kind."""
    name = uuid.uuid4().hex[:8]
    quiz = Quiz.objects.create(
        key=name,
        kind=kind,
        title=f"Quiz {name}",
        title_en=f"Quiz {name}",
        module_key=module_key,
        lesson_key=lesson_key,
        **fields,
    )
    questions = [
        make_question(f"{name}-one"),
        make_question(f"{name}-several", "multiple", SEVERAL),
        make_question(f"{name}-true", "true-false", {"true": True, "false": False}),
    ]
    for place, question in enumerate(questions):
        QuizQuestion.objects.create(quiz=quiz, question=question, sort_order=place)
    return quiz


def make_module(
    title: str = "Chats", *, lessons: int = 2, is_sensitive: bool = False, attempts_allowed: int | None = None
) -> ModulePage:
    """A live English module; each lesson has a practice quiz, the module a final one."""
    module = _index().add_child(
        instance=ModulePage(
            title=title, summary=f"About {title}.", picture="chat", band="middle", is_sensitive=is_sensitive
        )
    )
    for number in range(1, lessons + 1):
        lesson = module.add_child(
            instance=LessonPage(
                title=f"{title} {number}",
                summary="A lesson.",
                picture="people",
                body=_body(f"{title} {number}"),
            )
        )
        lesson.objectives = [Objective.objects.get_or_create(code="MID-X1", text="Say what to do.")[0]]
        lesson.save()
        make_quiz("practice", module.translation_key, lesson.translation_key)
    make_quiz("final", module.translation_key, attempts_allowed=attempts_allowed)
    content_version.bump()
    return module


def lessons_of(module: ModulePage) -> list[LessonPage]:
    return list(LessonPage.objects.child_of(module).order_by("path"))


def final_quiz(module: ModulePage) -> Quiz:
    return Quiz.objects.get(module_key=module.translation_key, kind="final")


def practice_quiz(lesson: LessonPage) -> Quiz:
    return Quiz.objects.get(lesson_key=lesson.translation_key)


def _index() -> LearnIndexPage:
    Locale.objects.get_or_create(language_code="en")
    index = LearnIndexPage.objects.first()
    if index is None:
        root = Page.get_first_root_node()
        index = root.add_child(instance=LearnIndexPage(title="Lessons", slug="learn"))
    return index


def _body(title: str) -> list[dict]:
    question = make_question(f"check-{uuid.uuid4().hex[:8]}")
    return [
        {
            "type": "text",
            "value": {"heading": f"About {title}", "body": f"Words of {title}.", "picture": ""},
            "id": str(uuid.uuid4()),
        },
        {"type": "key_idea", "value": {"body": "You can ask."}, "id": str(uuid.uuid4())},
        {"type": "check", "value": {"question": question.pk}, "id": str(uuid.uuid4())},
    ]
