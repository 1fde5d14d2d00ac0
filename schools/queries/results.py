"""What a class understood of a quiz. Each student counts once, with the first try that they handed in.

Who has left still counts with what they handed in as a student of the class: a class's results do not
change because somebody moves away. By student, only those are told who are in the class now.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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


@dataclass(frozen=True)
class Taken:
    """How many students took a quiz: of those in the class now, and of those who have left."""

    here: int = 0
    gone: int = 0


def first_tries(classroom: Classroom, quiz: Quiz) -> QuerySet[Attempt]:
    """The first attempt at a quiz that each student of a class handed in, also of those who have left."""
    handed_in = Attempt.objects.filter(school_id=classroom.school_id, quiz=quiz, submitted_at__isnull=False)
    first = handed_in.filter(learner=OuterRef("learner")).order_by("submitted_at", "id")
    return handed_in.filter(_by_students_of(classroom), id=Subquery(first.values("id")[:1]))


def _by_students_of(classroom: Classroom) -> Q:
    """Attempts of those in the class now, wherever in the school; of leavers, those made in the class."""
    here = Enrolment.objects.active().filter(classroom=classroom)
    gone = Enrolment.objects.filter(classroom=classroom, left_on__isnull=False)
    return Q(learner__in=here.values("student")) | Q(
        learner__in=gone.values("student"), classroom_id=classroom.pk
    )


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
    """The first try of each student now in a class, by roll number. Only for a page opened for a reason."""
    enrolments = {
        one.student_id: one for one in Enrolment.objects.active().filter(classroom=classroom).order_by()
    }
    tries = [one for one in first_tries(classroom, quiz) if one.learner_id in enrolments]
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


def counts(classroom: Classroom, quiz_ids: Sequence[int]) -> dict[int, Taken]:
    """How many students of a class handed in each quiz at least once."""
    here = Enrolment.objects.active().filter(classroom=classroom, student=OuterRef("learner"))
    pairs = (
        Attempt.objects.filter(
            _by_students_of(classroom),
            school_id=classroom.school_id,
            quiz__in=quiz_ids,
            submitted_at__isnull=False,
        )
        .values_list("quiz_id", "learner_id", Exists(here))
        .distinct()
    )
    found = Counter((quiz_id, is_here) for quiz_id, _learner, is_here in pairs)
    return {quiz: Taken(found[quiz, True], found[quiz, False]) for quiz in {quiz for quiz, _here in found}}
