"""What a class understood of a quiz. Each student counts once, with the first try that they handed in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import OuterRef, QuerySet, Subquery

from quizzes.models import Attempt, Question, Quiz
from schools.models import Classroom, Enrolment


@dataclass
class QuestionResult:
    """One question in one class: how many answered, how many rightly, and what the others took.

    `text` is the question in the reader's language, or as it was asked when it is no longer there.
    """

    key: str
    text: str
    answered: int = 0
    right: int = 0
    taken: Counter[str] = field(default_factory=Counter)
    choices: dict[str, str] = field(default_factory=dict)

    @property
    def wrong_taken_most(self) -> tuple[str, int] | None:
        """The wrong choice that most students took, and how many; None when nobody took one."""
        if not self.taken:
            return None
        key, count = min(self.taken.items(), key=lambda item: (-item[1], item[0]))
        return self.choices[key], count


@dataclass(frozen=True)
class StudentResult:
    """One student's first try: the score, and the questions that were not wholly right."""

    enrolment: Enrolment
    score: float
    max_score: int
    not_right: tuple[str, ...]


def first_tries(classroom: Classroom, quiz: Quiz) -> QuerySet[Attempt]:
    """The first attempt at a quiz that each student now in a class handed in."""
    handed_in = Attempt.objects.filter(school_id=classroom.school_id, quiz=quiz, submitted_at__isnull=False)
    students = Enrolment.objects.active().filter(classroom=classroom).values("student")
    first = handed_in.filter(learner=OuterRef("learner")).order_by("submitted_at", "id")
    return handed_in.filter(learner__in=students, id=Subquery(first.values("id")[:1]))


def by_question(classroom: Classroom, quiz: Quiz) -> list[QuestionResult]:
    """Every question of a quiz, the hardest for this class first."""
    results: dict[str, QuestionResult] = {}
    for attempt in first_tries(classroom, quiz):
        for entry in attempt.sheet:
            _count(
                results.setdefault(entry["question"], QuestionResult(entry["question"], entry["text"])), entry
            )
    _put_into_readers_language(results)
    return sorted(results.values(), key=lambda one: (one.right / one.answered, one.key))


def _count(result: QuestionResult, entry: dict) -> None:
    answer = set(entry["answer"] or ())
    result.answered += 1
    result.right += entry["mark"] == 1
    for choice in entry["choices"]:
        result.choices.setdefault(choice["key"], choice["text"])
        if choice["key"] in answer and not choice["is_correct"]:
            result.taken[choice["key"]] += 1


def _put_into_readers_language(results: dict[str, QuestionResult]) -> None:
    for question in Question.objects.filter(key__in=results).prefetch_related("choices"):
        result = results[question.key]
        result.text = question.text
        known = {choice.key: choice.text for choice in question.choices.all()}
        result.choices = {key: known.get(key, text) for key, text in result.choices.items()}


def by_student(classroom: Classroom, quiz: Quiz) -> list[StudentResult]:
    """Each student's first try, by roll number. Only for a page that was opened for a reason."""
    enrolments = {
        one.student_id: one for one in Enrolment.objects.active().filter(classroom=classroom).order_by()
    }
    tries = list(first_tries(classroom, quiz))
    texts = _texts(tries)
    found = [
        StudentResult(
            enrolments[attempt.learner_id],
            attempt.score or 0.0,
            attempt.max_score,
            tuple(texts[entry["question"]] for entry in attempt.sheet if entry["mark"] != 1),
        )
        for attempt in tries
    ]
    return sorted(found, key=lambda one: (one.enrolment.roll_number or 0, one.enrolment.alias))


def _texts(tries: Sequence[Attempt]) -> dict[str, str]:
    """The questions' words in the reader's language, by key."""
    texts = {entry["question"]: entry["text"] for attempt in tries for entry in attempt.sheet}
    texts.update((one.key, one.text) for one in Question.objects.filter(key__in=texts))
    return texts


def counts(classroom: Classroom, quiz_ids: Sequence[int]) -> dict[int, int]:
    """How many students now in a class handed in each quiz at least once."""
    students = Enrolment.objects.active().filter(classroom=classroom).values("student")
    pairs = (
        Attempt.objects.filter(
            school_id=classroom.school_id,
            quiz__in=quiz_ids,
            learner__in=students,
            submitted_at__isnull=False,
        )
        .values_list("quiz_id", "learner_id")
        .distinct()
    )
    return Counter(quiz_id for quiz_id, _learner in pairs)
