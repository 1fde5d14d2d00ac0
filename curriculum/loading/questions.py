"""Objectives, questions and quizzes from a module's files, with their translations."""

from collections.abc import Mapping
from typing import Any

from cms.core.identifiers import key_for
from curriculum.content_messages import REVIEW_STATES, Translated
from curriculum.loading.digests import Ledger, digest
from curriculum.loading.report import Report
from curriculum.source import schema
from curriculum.source.checks import ModuleSource
from quizzes.models import Choice, Objective, Question, Quiz, QuizQuestion

Translations = Mapping[str, Mapping[str, Translated]]
"""By language, then by path."""


def load_bank(source: ModuleSource, translations: Translations, ledger: Ledger, report: Report) -> None:
    """Write all of a module's objectives and questions."""
    for objective in source.module.objectives:
        texts = _texts("text", objective.text, f"objective/{objective.code}/text", translations)
        Objective.objects.update_or_create(
            code=objective.code, defaults={"frameworks": objective.frameworks} | texts
        )
    for question in _questions(source):
        _load_question(question, translations, ledger, report)


def load_quizzes(source: ModuleSource, translations: Translations) -> None:
    """Write a module's quizzes: which questions, in which order, by which rules."""
    module_key = key_for("module", source.module.key)
    for lesson in source.lessons:
        _load_quiz(
            lesson.practice_quiz,
            translations,
            kind=Quiz.Kind.PRACTICE,
            module_key=module_key,
            lesson_key=key_for("lesson", lesson.key),
        )
    _load_quiz(
        source.module.final_quiz, translations, kind=Quiz.Kind.FINAL, module_key=module_key, lesson_key=None
    )


def _questions(source: ModuleSource) -> list[schema.Question]:
    questions = [question for lesson in source.lessons for question in lesson.questions]
    return [*questions, *source.module.final_quiz.questions]


def _texts(field: str, text: str, path: str, translations: Translations) -> dict[str, str]:
    """The field's columns: English, and every language that has the sentence."""
    texts = {f"{field}_en": text}
    for language, entries in translations.items():
        texts[f"{field}_{language}"] = entries[path].text if path in entries else ""
    return texts


def _load_question(one: schema.Question, translations: Translations, ledger: Ledger, report: Report) -> None:
    path = f"question/{one.key}"
    fields = _question_fields(one, translations)
    choices = [
        _choice_fields(one.key, number, choice, translations) for number, choice in enumerate(one.choices)
    ]
    source_digest = digest({"question": fields | {"objective": one.objective}, "choices": choices})
    question = Question.objects.filter(key=one.key).first()
    if question is not None and ledger.is_current(path, source_digest):
        report.unchanged.append(path)
        return
    if question is not None and ledger.is_edited(path, question_digest(question)):
        report.kept.append(path)
        return
    objective = Objective.objects.get(code=one.objective)
    question, _created = Question.objects.update_or_create(
        key=one.key, defaults=fields | {"objective": objective}
    )
    _write_choices(question, choices)
    question = Question.objects.get(pk=question.pk)
    if question.latest_revision_id is not None:
        question.save_revision().publish()
    ledger.note(path, source_digest, question_digest(question))
    report.written.append(path)


def _question_fields(one: schema.Question, translations: Translations) -> dict[str, Any]:
    path = f"question/{one.key}"
    paths = [f"{path}/text", *[f"{path}/choices/{c.key}/{f}" for c in one.choices for f in ("text", "why")]]
    states = {}
    for language, entries in translations.items():
        found = [entries[each].review for each in paths if each in entries]
        if len(found) == len(paths):
            states[language] = min(found, key=REVIEW_STATES.index)
    return _texts("text", one.text, f"{path}/text", translations) | {
        "kind": one.kind,
        "difficulty": one.difficulty,
        "review_states": states,
    }


def _choice_fields(
    question_key: str, number: int, choice: schema.Choice, translations: Translations
) -> dict[str, Any]:
    path = f"question/{question_key}/choices/{choice.key}"
    return {
        "key": choice.key,
        "sort_order": number,
        "is_correct": choice.correct,
        **_texts("text", choice.text, f"{path}/text", translations),
        **_texts("why", choice.why, f"{path}/why", translations),
    }


def _write_choices(question: Question, choices: list[dict[str, Any]]) -> None:
    Choice.objects.filter(question=question).exclude(key__in=[fields["key"] for fields in choices]).delete()
    for fields in choices:
        Choice.objects.update_or_create(question=question, key=fields["key"], defaults=fields)


def question_digest(question: Question) -> str:
    """The fingerprint of what an editor can change on a question, the newest draft counted."""
    newest = question.get_latest_revision_as_object() if question.latest_revision_id else question
    texts = {name: value for name, value in vars(newest).items() if name.startswith("text_")}
    choices = [
        {
            name: value
            for name, value in vars(choice).items()
            if name.startswith(("text_", "why_")) or name in ("key", "is_correct", "sort_order")
        }
        for choice in newest.choices.all()
    ]
    content = {"kind": newest.kind, "difficulty": newest.difficulty, "objective": newest.objective_id}
    content["live"] = question.live
    return digest(content | {"texts": texts, "choices": choices})


def _load_quiz(one: schema.Quiz, translations: Translations, **place: Any) -> None:
    fields = _texts("title", one.title, f"quiz/{one.key}/title", translations)
    quiz, _created = Quiz.objects.update_or_create(
        key=one.key,
        defaults=fields | place | {"pass_mark": one.pass_mark, "attempts_allowed": one.attempts},
    )
    wanted = [question.key for question in one.questions]
    present = list(quiz.places.values_list("question__key", flat=True))
    if wanted == present:
        return
    quiz.places.all().delete()
    questions = Question.objects.in_bulk(wanted, field_name="key")
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=questions[key], sort_order=number)
        for number, key in enumerate(wanted)
    )
