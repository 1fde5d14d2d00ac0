"""What students have done, put down as rows."""

from datetime import timedelta

from django.utils import timezone

from cms.core.identifiers import uuid7
from quizzes.models import Attempt
from schools.models import LessonProgress


def study(enrolment, lesson, module, *, finished=True):
    """A lesson read, to the end or in part."""
    classroom = enrolment.classroom
    return LessonProgress.objects.create(
        school_id=classroom.school_id,
        id=uuid7(),
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        student=enrolment.student,
        module_key=module.translation_key,
        lesson_key=lesson.translation_key,
        status="finished" if finished else "started",
        finished_at=timezone.now() if finished else None,
        language="en",
    )


def hand_in(enrolment, quiz, answers, *, minutes=0):
    """A quiz handed in; `answers` are the choices taken, by place of the question."""
    classroom = enrolment.classroom
    sheet = [
        _entry(question, answers.get(place))
        for place, question in enumerate(quiz.questions.order_by("places"))
    ]
    return Attempt.objects.create(
        school_id=classroom.school_id,
        id=uuid7(),
        state_id=classroom.school.state_id,
        classroom_id=classroom.pk,
        learner=enrolment.student,
        quiz=quiz,
        language="en",
        sheet=sheet,
        submitted_at=timezone.now() + timedelta(minutes=minutes),
        score=sum(entry["mark"] for entry in sheet),
        max_score=len(sheet),
        has_passed=True,
    )


def _entry(question, answer):
    choices = [
        {"key": one.key, "text": one.text, "is_correct": one.is_correct, "why": one.why}
        for one in question.choices.all()
    ]
    right = [choice["key"] for choice in choices if choice["is_correct"]]
    answer = right if answer is None else answer
    return {
        "question": question.key,
        "kind": question.kind,
        "text": question.text,
        "objective": question.objective.code,
        "choices": choices,
        "answer": answer,
        "mark": float(set(answer) == set(right)),
    }
