"""Makes the records that a test arranges; everything has a fitting default."""

import secrets
import uuid
from datetime import UTC, datetime

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone
from factory.django import DjangoModelFactory

from cms.users.models import User
from schools import models
from schools.models.people import ROLES_ABOVE_SCHOOL
from schools.queries.classes import school_year

CODE_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class StaffFactory(DjangoModelFactory):
    class Meta:
        model = User

    kind = User.Kind.STAFF
    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("correct horse battery")


class StudentFactory(DjangoModelFactory):
    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        student = User.students.new()
        student.save()
        return student


class StateFactory(DjangoModelFactory):
    class Meta:
        model = models.State
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"IN-{chr(65 + n // 26 % 26)}{chr(65 + n % 26)}")
    kind = models.State.Kind.STATE
    lgd_code = "00"
    udise_prefixes = ["00"]
    official_languages = ["hi"]
    name = factory.Sequence(lambda n: f"State {n}")


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = models.District

    state = factory.SubFactory(StateFactory)
    name = factory.Sequence(lambda n: f"District {n}")


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = models.Block

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Block {n}")


class SchoolCategoryFactory(DjangoModelFactory):
    class Meta:
        model = models.SchoolCategory
        django_get_or_create = ("code",)

    code = 3
    name = "Primary to higher secondary"
    lowest_class = 1
    highest_class = 12


class ManagementFactory(DjangoModelFactory):
    class Meta:
        model = models.Management
        django_get_or_create = ("code",)

    code = 1
    name = "Department of Education"
    group = "State government"


class SchoolFactory(DjangoModelFactory):
    class Meta:
        model = models.School

    udise_code = factory.Sequence(lambda n: f"00{n:09d}")
    name = factory.Sequence(lambda n: f"School {n}")
    block = factory.SubFactory(BlockFactory)
    district = factory.SelfAttribute("block.district")
    state = factory.SelfAttribute("block.district.state")
    category = factory.SubFactory(SchoolCategoryFactory)
    management = factory.SubFactory(ManagementFactory)
    mediums = ["en"]


class ReadinessFactory(DjangoModelFactory):
    """A school that is ready."""

    class Meta:
        model = models.SchoolReadiness

    school = factory.SubFactory(SchoolFactory)
    lead_name = "Asha Lead"
    lead_phone = "00000 00001"
    deputy_name = "Ravi Deputy"
    deputy_phone = "00000 00002"
    staff_briefed_on = factory.LazyFunction(timezone.localdate)
    local_contacts = "The block office knows whom to call."


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership
        skip_postgeneration_save = True

    user = factory.SubFactory(StaffFactory)
    role = models.Role.TEACHER
    # Long ago, so that a test may stop the clock on any day.
    started_at = datetime(2020, 1, 1, tzinfo=UTC)
    school = factory.Maybe(
        factory.LazyAttribute(lambda o: o.role in ("teacher", "head", "safety-lead")),
        factory.SubFactory(SchoolFactory),
        None,
    )

    @factory.post_generation
    def has_second_factor(self, create, extracted, **kwargs):
        """An official's role sleeps without one; give `has_second_factor=False` for that."""
        if self.role in ROLES_ABOVE_SCHOOL and extracted is not False:
            give_second_factor(self.user)


def give_second_factor(user: User) -> str:
    """Enrol a made-up authenticator app for `user`; returns its secret."""
    secret = generate_totp_secret()
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        TOTP.activate(user, secret)
    return secret


def make_operator(password: str = "correct horse battery") -> User:
    """The most powerful person there is, with a second factor, without which they see nothing."""
    operator = User.objects.create_superuser("operator@example.org", password)
    give_second_factor(operator)
    return operator


class ClassroomFactory(DjangoModelFactory):
    class Meta:
        model = models.Classroom

    school = factory.SubFactory(SchoolFactory)
    academic_year = factory.LazyAttribute(lambda classroom: school_year(classroom.school))
    class_level = 7
    section = factory.Sequence(lambda n: f"S{n}")
    language = "en"
    join_code = factory.LazyFunction(lambda: "".join(secrets.choice(CODE_LETTERS) for _ in range(8)))
    is_sign_in_always_open = True


class EnrolmentFactory(DjangoModelFactory):
    """A student in a class. For one who can sign in, give the PIN through the roster's action instead."""

    class Meta:
        model = models.Enrolment

    classroom = factory.SubFactory(ClassroomFactory)
    student = factory.SubFactory(StudentFactory)
    roll_number = factory.Sequence(lambda n: n + 1)
    alias = factory.Sequence(lambda n: f"Alias {n}")
    pin = ""
    pin_digest = factory.LazyFunction(lambda: uuid.uuid4().hex)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = models.Assignment

    classroom = factory.SubFactory(ClassroomFactory)
    module_key = factory.LazyFunction(uuid.uuid4)
    opens_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(timezone.localdate)
    assigned_by = factory.SubFactory(StaffFactory)


def teacher_of(classroom: models.Classroom) -> User:
    """A teacher of `classroom`'s school who teaches it."""
    membership = MembershipFactory(role=models.Role.TEACHER, school=classroom.school)
    models.ClassroomTeacher.objects.create(classroom=classroom, teacher=membership.user)
    return membership.user
