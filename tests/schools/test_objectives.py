"""What pupils got wrong, by objective, as officials read it."""

import pytest

from quizzes.models import Objective, Question
from schools.actions.release import make_release
from schools.models import ObjectiveCell, ReleasedObjective
from schools.publication import published_wrong
from schools.queries import published
from schools.queries.objectives import hardest
from tests.factories import AssignmentFactory, BlockFactory, ClassroomFactory, EnrolmentFactory, SchoolFactory
from tests.schools.lessons import final_quiz, make_module
from tests.schools.study import hand_in

pytestmark = pytest.mark.django_db


def make_classes(module, number=31, pupils=2, schools=2):
    """Classes 7, each with the module, in some schools of one block."""
    block = BlockFactory()
    places = [SchoolFactory(block=block) for _ in range(schools)]
    rooms = [ClassroomFactory(school=places[one % schools]) for one in range(number)]
    for room in rooms:
        AssignmentFactory(classroom=room, module_key=module.translation_key)
    return rooms, [EnrolmentFactory(classroom=room) for room in rooms for _ in range(pupils)]


def test_a_state_reads_which_share_of_answers_was_not_right():
    module = make_module()
    quiz = final_quiz(module)
    rooms, pupils = make_classes(module)
    for place, pupil in enumerate(pupils):
        hand_in(pupil, quiz, {0: ["b"]} if place % 2 else {})  # one of three questions, every second pupil

    release = make_release()

    state = rooms[0].school.state
    [found] = hardest(state, 7, release=release)
    assert (found.code, found.text, found.percent_wrong) == ("MID-X1", "Say what to do.", 15)
    assert hardest(state, 0, release=release) == [found]
    assert hardest(state, 8, release=release) == []
    assert hardest(rooms[0].school.district, 7, release=release) == [found]
    assert hardest(rooms[0].school.block, 7, release=release) == []


def test_only_a_pupils_first_try_counts():
    module = make_module()
    quiz = final_quiz(module)
    _rooms, [pupil] = make_classes(module, number=1, pupils=1)
    hand_in(pupil, quiz, {0: ["b"]})
    hand_in(pupil, quiz, {}, minutes=5)

    make_release()

    cell = ObjectiveCell.objects.get()
    assert (cell.answers, cell.wrong) == (3, 1)


@pytest.mark.parametrize(("number", "schools", "is_shown"), [(30, 2, False), (31, 1, False), (31, 2, True)])
def test_few_classes_or_a_single_school_are_not_shown(number, schools, is_shown):
    module = make_module()
    quiz = final_quiz(module)
    rooms, pupils = make_classes(module, number=number, schools=schools)
    for pupil in pupils:
        hand_in(pupil, quiz, {})

    release = make_release()

    assert bool(hardest(rooms[0].school.state, 7, release=release)) is is_shown


def test_a_module_that_few_classes_were_assessed_in_adds_nothing_to_one_of_many():
    module, other = make_module(), make_module("Facts")
    _rooms, pupils = make_classes(module)
    for pupil in pupils:
        hand_in(pupil, final_quiz(module), {})
    room = ClassroomFactory(school=SchoolFactory(block=pupils[0].classroom.school.block))
    AssignmentFactory(classroom=room, module_key=other.translation_key)
    alone = Objective.objects.create(code="MID-Z9", text="Alone.")
    Question.objects.filter(places__quiz=final_quiz(other)).update(objective=alone)
    hand_in(EnrolmentFactory(classroom=room), final_quiz(other), {0: ["b"], 1: ["a"], 2: ["false"]})

    release = make_release()

    assert [one.percent_wrong for one in hardest(room.school.state, 7, release=release)] == [0]


def test_shares_go_in_steps_of_5_percent():
    assert published_wrong(answers=100, wrong=37) == 35
    assert published_wrong(answers=3, wrong=0) == 0
    assert published_wrong(answers=3, wrong=3) == 100


def test_an_old_release_still_says_what_it_said():
    module = make_module()
    quiz = final_quiz(module)
    rooms, pupils = make_classes(module)
    for pupil in pupils:
        hand_in(pupil, quiz, {0: ["b"], 1: ["a"], 2: ["false"]})
    before = make_release()
    for room in rooms:
        for _ in range(4):
            hand_in(EnrolmentFactory(classroom=room), quiz, {})

    after = make_release()

    state = rooms[0].school.state
    assert [one.percent_wrong for one in hardest(state, 7, release=before)] == [100]
    assert [one.percent_wrong for one in hardest(state, 7, release=after)] == [35]
    assert published.newest() == after


def test_a_night_without_answers_writes_nothing():
    module = make_module()
    quiz = final_quiz(module)
    _rooms, pupils = make_classes(module)
    for pupil in pupils:
        hand_in(pupil, quiz, {})
    make_release()
    rows = set(ReleasedObjective.objects.values_list("pk", flat=True))

    make_release()

    assert set(ReleasedObjective.objects.values_list("pk", flat=True)) == rows


def test_the_hardest_come_first_in_two_queries(django_assert_num_queries):
    release = make_release()
    state = SchoolFactory().state
    for code, percent in (("MID-A1", 20), ("MID-B1", 60)):
        Objective.objects.create(code=code, text=f"About {code}", text_en=f"About {code}")
        ReleasedObjective.objects.create(
            since=release.pk,
            place_kind="state",
            place_id=state.pk,
            class_level=0,
            objective=code,
            percent_wrong=percent,
        )

    with django_assert_num_queries(2):
        found = hardest(state, 0, release=release)

    assert [one.code for one in found] == ["MID-B1", "MID-A1"]
