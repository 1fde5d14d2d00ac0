"""The database keeps its invariants, whatever code forgets: each constraint, broken once."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cms.core.models import AuditEvent, ContentVersion
from cms.help.models import HelpLine
from cms.users.models import User
from quizzes.models import Attempt, Choice, Objective, Question, Quiz, QuizQuestion
from schools import models
from schools.models.signin import TryWindow, WrongCode, WrongPin
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def question(**fields):
    objective, _created = Objective.objects.get_or_create(code="T-1", defaults={"text": "Do it"})
    return Question.objects.create(
        key=fields.pop("key", uuid.uuid4().hex), objective=objective, text="?", **fields
    )


def quiz(**fields):
    defaults = {"key": uuid.uuid4().hex, "kind": "final", "title": "Quiz", "module_key": uuid.uuid4()}
    return Quiz.objects.create(**defaults | fields)


def attempt(**fields):
    defaults = {
        "school_id": 1,
        "id": uuid.uuid4(),
        "state_id": 1,
        "classroom_id": 1,
        "learner": factories.StudentFactory(),
        "quiz": quiz(),
        "language": "en",
        "sheet": [],
        "max_score": 4,
    }
    return Attempt.objects.create(**defaults | fields)


def progress(**fields):
    defaults = {
        "school_id": 1,
        "id": uuid.uuid4(),
        "state_id": 1,
        "classroom_id": 1,
        "student": factories.StudentFactory(),
        "module_key": uuid.uuid4(),
        "lesson_key": uuid.uuid4(),
        "language": "en",
    }
    return models.LessonProgress.objects.create(**defaults | fields)


def department(**fields):
    return models.Department.objects.create(
        **{"state": factories.StateFactory(), "name": "Department"} | fields
    )


def application(**fields):
    defaults = {"department_name": "D", "official_name": "O", "post": "P", "email": "a@example.org"}
    return models.DepartmentApplication.objects.create(
        **{"state": factories.StateFactory(), "email_verified_at": timezone.now()} | defaults | fields
    )


def planned(**fields):
    defaults = {"academic_year": "2026-27", "class_level": 7, "module_key": uuid.UUID(int=1), "due_on": TODAY}
    return models.PlannedModule.objects.create(**{"department": department()} | defaults | fields)


def token(**fields):
    defaults = {"name": "x", "digest": uuid.uuid4().hex, "expires_at": timezone.now() + timedelta(days=1)}
    people = {"state": factories.StateFactory(), "created_by": factories.StaffFactory()}
    return models.ApiToken.objects.create(**people | defaults | fields)


def whole_class_session(**fields):
    defaults = {"school_id": 1, "id": uuid.uuid4(), "state_id": 1, "classroom_id": 1, "language": "en"}
    keys = {"module_key": uuid.uuid4(), "lesson_key": uuid.uuid4(), "teacher": factories.StaffFactory()}
    return models.WholeClassSession.objects.create(**keys | defaults | fields)


def objective_cell(**fields):
    defaults = {"academic_year": "2026-27", "class_level": 7, "objective": "MID-X1", "answers": 3, "wrong": 1}
    more = {"school": factories.SchoolFactory(), "module_key": uuid.UUID(int=1)}
    return models.ObjectiveCell.objects.create(**more | defaults | fields)


def released_objective(**fields):
    defaults = {"since": 1, "place_kind": "state", "place_id": 1, "class_level": 7, "objective": "MID-X1"}
    return models.ReleasedObjective.objects.create(**{"percent_wrong": 20} | defaults | fields)


def school_question(**fields):
    defaults = {"kind": "fast", "subject": "1"}
    return models.SchoolQuestion.objects.create(**{"school": factories.SchoolFactory()} | defaults | fields)


def twice(factory, **fields):
    factory(**fields)
    factory(**fields)


def enrolment_twice(**fields):
    classroom = factories.ClassroomFactory()
    for _time in range(2):
        factories.EnrolmentFactory(classroom=classroom, **fields)


def same_student_twice(classroom=None):
    student = factories.StudentFactory()
    for number in range(2):
        left_on = TODAY if classroom else None
        place = classroom or factories.ClassroomFactory()
        factories.EnrolmentFactory(classroom=place, student=student, left_on=left_on, roll_number=number)


def membership(role, **places):
    return models.Membership.objects.create(user=factories.StaffFactory(), role=role, **places)


def membership_twice(role, factory, place):
    user, where = factories.StaffFactory(), factory()
    for _time in range(2):
        models.Membership.objects.create(user=user, role=role, **{place: where})


def week(**fields):
    return models.AdoptionWeek.objects.create(
        **{"class_level": 7, "module_key": uuid.UUID(int=7), "week": date(2026, 11, 23)} | fields
    )


def cell(**fields):
    defaults = {"class_level": 7, "module_key": uuid.UUID(int=1)}
    return models.AdoptionCell.objects.create(**defaults | fields)


def released(model=models.ReleasedCounts, **fields):
    defaults = {"place_kind": "school", "place_id": 1, "class_level": 7, "module_key": uuid.UUID(int=1)}
    return model.objects.create(**{"since": 1} | defaults | fields)


def released_rules(**fields):
    defaults = {"state": factories.StateFactory(code="IN-ZY"), "since": 1, "threshold": 10}
    return models.ReleasedRules.objects.create(completion_percent=60, **defaults | fields)


def released_week(**fields):
    return released(models.ReleasedWeek, week=date(2026, 1, 5), **fields)


def two_now(create):
    """Two versions, neither of which has ended."""
    for since in (1, 2):
        create(since=since)


def quiz_asking_twice():
    asked, one = quiz(), question()
    for _time in range(2):
        QuizQuestion.objects.create(quiz=asked, question=one)


def choice_twice():
    one = question()
    for _time in range(2):
        Choice.objects.create(question=one, key="a", text="A", why="Because")


def student_with(**fields):
    student = User.students.new()
    for name, value in fields.items():
        setattr(student, name, value)
    student.save()


def wrong_pin():
    enrolment = factories.EnrolmentFactory()
    WrongPin.objects.create(
        classroom=enrolment.classroom, enrolment=enrolment, device=uuid.uuid4(), is_known=False, digest=""
    )


def window_without_length():
    now = timezone.now()
    TryWindow.objects.create(
        classroom=factories.ClassroomFactory(),
        opened_at=now,
        closes_at=now,
        opened_by=factories.StaffFactory(),
    )


def invitation(**fields):
    school = {} if {"state", "district", "block"} & fields.keys() else {"school": factories.SchoolFactory()}
    defaults = {
        "email": "a@example.org",
        "role": "head",
        "origin": "named",
        "token_digest": uuid.uuid4().hex,
        "expires_at": timezone.now(),
    }
    return models.Invitation.objects.create(**defaults | school | fields)


def school_code(**fields):
    defaults = {"kind": "join", "digest": uuid.uuid4().hex, "sealed": "x"}
    return models.SchoolCode.objects.create(**defaults | {"school": factories.SchoolFactory()} | fields)


def join_request(**fields):
    defaults = {"role": "teacher", "user": factories.StaffFactory(), "school": factories.SchoolFactory()}
    return models.JoinRequest.objects.create(**defaults | fields)


BROKEN = {
    "audit_event_says_what_was_done": lambda: AuditEvent.objects.create(
        action="", subject_type="x", subject_id="1"
    ),
    "content_version_is_one_row": lambda: ContentVersion.objects.create(id=2),
    "help_line_to_call_has_a_number": lambda: HelpLine.objects.create(key="x", kind="call", name="X"),
    "help_line_for_children_is_published": lambda: HelpLine.objects.create(
        key="x", kind="web", name="X", is_for_children=True
    ),
    "user_student_has_no_email_name_password_or_admin email": lambda: student_with(email="a@example.org"),
    "user_student_has_no_email_name_password_or_admin name": lambda: student_with(name="A Child"),
    "user_student_has_no_email_name_password_or_admin password": lambda: student_with(password="md5$x$y"),
    "user_student_has_no_email_name_password_or_admin admin": lambda: student_with(is_staff=True),
    "user_student_has_no_email_name_password_or_admin staff": lambda: User.objects.create(kind="staff"),
    "question_difficulty_in_range": lambda: question(difficulty=4),
    "choice_key_unique_in_question": choice_twice,
    "quiz_pass_mark_is_percent": lambda: quiz(pass_mark=101),
    "quiz_belongs_to_a_lesson_unless_final": lambda: quiz(kind="practice"),
    "quiz_one_final_a_module": lambda: twice(quiz, module_key=uuid.UUID(int=1)),
    "quiz_one_of_a_kind_a_lesson": lambda: twice(quiz, kind="practice", lesson_key=uuid.UUID(int=1)),
    "quiz_asks_a_question_once": quiz_asking_twice,
    "attempt_has_a_score_once_submitted": lambda: attempt(submitted_at=timezone.now()),
    "attempt_score_within_bounds": lambda: attempt(submitted_at=timezone.now(), score=5, has_passed=True),
    "attempt_asks_something": lambda: attempt(max_score=0),
    "attempt_id_once_in_a_school": lambda: twice(attempt, id=uuid.UUID(int=1)),
    "progress_once_a_lesson": lambda: twice(
        progress, lesson_key=uuid.UUID(int=1), student=factories.StudentFactory()
    ),
    "progress_finished_has_a_time": lambda: progress(status="finished"),
    "state_code_is_iso_3166_2_in": lambda: factories.StateFactory(code="XX-AA"),
    "department_threshold_never_below_10": lambda: models.Department.objects.create(
        state=factories.StateFactory(), name="D", publication_threshold=9
    ),
    "department_threshold_in_steps_of_5": lambda: models.Department.objects.create(
        state=factories.StateFactory(), name="D", publication_threshold=12
    ),
    "department_year_starts_in_a_month": lambda: models.Department.objects.create(
        state=factories.StateFactory(), name="D", year_starts_in=13
    ),
    "district_name_unique_in_state": lambda: twice(
        factories.DistrictFactory, state=factories.StateFactory(), name="Same"
    ),
    "block_name_unique_in_district": lambda: twice(
        factories.BlockFactory, district=factories.DistrictFactory(), name="Same"
    ),
    "school_udise_code_has_11_digits": lambda: factories.SchoolFactory(udise_code="123"),
    "school_udise_code_once": lambda: twice(factories.SchoolFactory, udise_code="00000000001"),
    "membership_role_fits_its_one_place none": lambda: membership("teacher"),
    "membership_role_fits_its_one_place other": lambda: membership("teacher", state=factories.StateFactory()),
    "membership_role_fits_its_one_place two": lambda: membership(
        "teacher", state=factories.StateFactory(), school=factories.SchoolFactory()
    ),
    "membership_unique_at_state": lambda: membership_twice("state-official", factories.StateFactory, "state"),
    "membership_unique_at_district": lambda: membership_twice(
        "district-official", factories.DistrictFactory, "district"
    ),
    "membership_unique_at_block": lambda: membership_twice("block-official", factories.BlockFactory, "block"),
    "membership_unique_at_school": lambda: membership_twice("head", factories.SchoolFactory, "school"),
    "classroom_unique_in_school_and_year": lambda: twice(
        factories.ClassroomFactory, school=factories.SchoolFactory(), section="A"
    ),
    "classroom_class_1_to_12": lambda: factories.ClassroomFactory(class_level=13),
    "classroom_join_code_is_40_bits": lambda: factories.ClassroomFactory(join_code="ABCDEFGI"),
    "classroom_join_code_once": lambda: twice(factories.ClassroomFactory, join_code="ABCDEFGH"),
    "classroom_academic_year_format": lambda: factories.ClassroomFactory(academic_year="2026"),
    "classroom_teacher_once": lambda: twice(
        models.ClassroomTeacher.objects.create,
        classroom=factories.ClassroomFactory(),
        teacher=factories.StaffFactory(),
    ),
    "enrolment_student_once_in_a_class": lambda: same_student_twice(factories.ClassroomFactory()),
    "enrolment_student_in_one_class": same_student_twice,
    "enrolment_alias_unique": lambda: enrolment_twice(alias="Blue Kite"),
    "enrolment_roll_number_unique": lambda: enrolment_twice(roll_number=7),
    "enrolment_pin_unique": lambda: enrolment_twice(pin_digest="same"),
    "enrolment_source_unique": lambda: enrolment_twice(source_digest="same"),
    "enrolment_has_an_alias": lambda: factories.EnrolmentFactory(alias=""),
    "enrolment_left_for_has_a_day": lambda: factories.EnrolmentFactory(left_for="promoted"),
    "assignment_module_once_a_class": lambda: twice(
        factories.AssignmentFactory, classroom=factories.ClassroomFactory(), module_key=uuid.UUID(int=1)
    ),
    "assignment_due_not_before_it_opens": lambda: factories.AssignmentFactory(
        opens_on=TODAY, due_on=TODAY - timedelta(days=1)
    ),
    "wrong_pin_has_a_digest": wrong_pin,
    "wrong_code_has_a_place": lambda: WrongCode.objects.create(device=uuid.uuid4(), is_known=False, place=""),
    "try_window_has_a_length": window_without_length,
    "invitation_role_fits_its_one_place": lambda: invitation(role="block-official"),
    "invitation_accepted_by_someone": lambda: invitation(accepted_at=timezone.now()),
    "invitation_email_in_small_letters": lambda: invitation(email="A@example.org"),
    "invitation_one_open_at_state": lambda: twice(
        invitation, role="state-admin", state=factories.StateFactory()
    ),
    "invitation_one_open_at_district": lambda: twice(
        invitation, role="district-official", district=factories.DistrictFactory()
    ),
    "invitation_one_open_at_block": lambda: twice(
        invitation, role="block-official", block=factories.BlockFactory()
    ),
    "invitation_one_open_at_school": lambda: twice(invitation, school=factories.SchoolFactory()),
    "school_code_one_of_a_kind_open": lambda: twice(school_code, school=factories.SchoolFactory()),
    "school_code_for_staff_expires": lambda: school_code(kind="staff"),
    "join_request_once_while_open": lambda: twice(
        join_request, user=factories.StaffFactory(), school=factories.SchoolFactory()
    ),
    "join_request_decided_by_someone": lambda: join_request(is_approved=True),
    "cell_once": lambda: twice(cell, school=factories.SchoolFactory()),
    "week_once": lambda: twice(week, school=factories.SchoolFactory()),
    "cell_counts_within_pupils": lambda: cell(school=factories.SchoolFactory(), pupils=1, pupils_assigned=2),
    "released_counts_once": lambda: twice(released, until=2),
    "released_counts_now_once": lambda: two_now(released),
    "released_counts_hold_a_while": lambda: released(since=2, until=2),
    "released_counts_of_schools_have_no_pupils": lambda: released(pupils=10),
    "released_rules_once": lambda: twice(released_rules, until=2),
    "released_rules_now_once": lambda: two_now(released_rules),
    "released_week_once": lambda: twice(released_week, until=2),
    "released_week_now_once": lambda: two_now(released_week),
    "released_objective_once": lambda: twice(released_objective, until=2),
    "released_objective_now_once": lambda: two_now(released_objective),
    "released_objective_is_a_percent": lambda: released_objective(percent_wrong=101),
    "objective_cell_once": lambda: twice(objective_cell, school=factories.SchoolFactory()),
    "objective_cell_wrong_within_answers": lambda: objective_cell(answers=1, wrong=2),
    "api_token_has_one_place": lambda: token(district=factories.DistrictFactory()),
    "api_token_has_one_place none": lambda: token(state=None),
    "api_token_expires_after_it_is_made": lambda: token(expires_at=timezone.now() - timedelta(days=1)),
    "api_token_revoked_by_someone": lambda: token(revoked_at=timezone.now()),
    "application_is_judged_only_once_verified": lambda: application(status="waiting", email_verified_at=None),
    "application_not_let_in_has_a_reason": lambda: application(status="refused"),
    "block_code_unique_in_district": lambda: twice(
        factories.BlockFactory, district=factories.DistrictFactory(), code="B1"
    ),
    "district_code_unique_in_state": lambda: twice(
        factories.DistrictFactory, state=factories.StateFactory(), code="D1"
    ),
    "department_completion_is_a_percent": lambda: department(completion_percent=0),
    "department_keeps_at_least_a_year": lambda: department(retention_years=0),
    "planned_module_once_a_class": lambda: twice(planned, department=department()),
    "planned_module_class_1_to_12": lambda: planned(class_level=13),
    "planned_module_academic_year_format": lambda: planned(academic_year="2026"),
    "session_ended_has_a_headcount": lambda: whole_class_session(ended_at=timezone.now()),
    "session_ended_has_a_headcount none": lambda: whole_class_session(headcount=5),
    "school_question_asked_once": lambda: twice(school_question, school=factories.SchoolFactory()),
    "school_question_answered_by_someone": lambda: school_question(answer="right"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name]()


def test_every_constraint_of_ours_is_broken_above():
    from django.apps import apps

    ours = {
        constraint.name
        for model in apps.get_models()
        if model.__module__.split(".")[0] in ("cms", "curriculum", "quizzes", "schools")
        for constraint in model._meta.constraints
    }

    assert ours - {name.split(" ")[0] for name in BROKEN} == set()


def test_a_leaver_frees_alias_roll_number_and_pin():
    classroom = factories.ClassroomFactory()
    factories.EnrolmentFactory(
        classroom=classroom, alias="Blue Kite", roll_number=7, pin_digest="same", left_on=TODAY
    )

    newcomer = factories.EnrolmentFactory(
        classroom=classroom, alias="Blue Kite", roll_number=7, pin_digest="same"
    )

    assert newcomer.pk
