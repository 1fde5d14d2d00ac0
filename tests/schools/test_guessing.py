"""The promise of docs/adr/0006: how much a day of guessing finds, and who is (not) locked out by it."""

import uuid
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from schools import pictures
from schools.actions import roster, signin
from schools.models import TryWindow, WrongPin
from schools.queries.signin import Device, is_class_held_up
from tests.factories import ClassroomFactory, teacher_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def device(*known):
    """A device on which these enrolments signed in before; without any, one never seen."""
    return Device(uuid.uuid4(), tuple(one.pk for one in known), "somewhere")


class Guesser:
    """Tries ever new PINs, never the right one."""

    def __init__(self):
        self.pins = iter(pictures._all_pins())

    def guess(self, enrolment, on):
        pin = next(pin for pin in self.pins if pin != pictures.unseal(enrolment.pin))
        return try_pin(enrolment, pin, on)


def try_pin(enrolment, pin, on):
    return signin.sign_in(classroom_id=enrolment.classroom_id, enrolment_id=enrolment.pk, pin=pin, device=on)


def knows_it(enrolment, on):
    return try_pin(enrolment, pictures.unseal(enrolment.pin), on) is not None


@pytest.fixture
def guesser():
    return Guesser()


def test_a_day_of_guessing_by_every_route_stays_within_the_promise(enrolments, guesser, clock):
    laboratory = [device(*enrolments) for _number in range(8)]
    own_phone = device(enrolments[0])

    for _half_hour in range(47):
        for victim, route in product(enrolments, ("new", "own", "laboratory")):
            for machine in {"new": [device()], "own": [own_phone], "laboratory": laboratory[:2]}[route]:
                guesser.guess(victim, machine)
        laboratory = [*laboratory[1:], laboratory[0]]
        clock.shift(timedelta(minutes=30))

    by_student = [WrongPin.objects.filter(enrolment=one).count() for one in enrolments]
    assert max(by_student) / pictures.ALL_PINS <= 0.001
    assert sum(by_student) / pictures.ALL_PINS <= 0.006
    assert sum(by_student) == 71


def test_one_student_can_be_guessed_at_eleven_times_a_day(enrolments, guesser, clock):
    victim = enrolments[0]

    for _quarter in range(90):
        for _try in range(3):
            guesser.guess(victim, device())
            guesser.guess(victim, device(victim))
        clock.shift(timedelta(minutes=15))

    assert WrongPin.objects.count() == 11


def test_five_tries_in_a_quarter_and_ten_a_day_from_unknown_devices(enrolments, guesser, clock):
    victim = enrolments[0]
    counts = []

    for _quarter in range(3):
        for _try in range(8):
            guesser.guess(victim, device())
        counts.append(WrongPin.objects.count())
        clock.shift(timedelta(minutes=16))

    assert counts == [5, 10, 10]


def test_the_right_pin_does_not_open_while_the_tries_are_used_up_and_does_later(enrolments, guesser, clock):
    victim = enrolments[0]
    for _try in range(5):
        guesser.guess(victim, device())

    early = knows_it(victim, device())
    clock.shift(timedelta(minutes=16))
    later = knows_it(victim, device())

    assert (early, later) == (False, True)


def test_signing_in_gives_a_guesser_no_new_tries(enrolments, guesser, clock):
    victim = enrolments[0]

    for _quarter in range(20):
        guesser.guess(victim, device())
        knows_it(victim, device(victim))
        clock.shift(timedelta(minutes=16))

    assert WrongPin.objects.count() == 10


def test_a_known_device_of_one_student_is_unknown_for_another(enrolments, guesser, clock):
    mine, victim = enrolments[:2]
    phone = device(mine)

    for _try in range(8):
        guesser.guess(victim, phone)

    assert WrongPin.objects.filter(is_known=False).count() == 5


def test_a_child_whose_tries_others_used_up_still_comes_in_on_their_own_device(enrolments, guesser, clock):
    victim = enrolments[0]
    for _round in range(2):
        for _try in range(5):
            guesser.guess(victim, device())
        clock.shift(timedelta(minutes=16))

    assert not knows_it(victim, device())
    assert knows_it(victim, device(victim))
    assert guesser.guess(victim, device(victim)) is None
    assert not knows_it(victim, device(victim))


def test_one_child_cannot_lock_out_a_class(enrolments, guesser, clock):
    """With ever new devices, and with the own phone as well, for a day."""
    own = enrolments[0]

    for _hour in range(20):
        for victim in enrolments:
            guesser.guess(victim, device())
            guesser.guess(victim, device(own))
        clock.shift(timedelta(hours=1))

    assert all(knows_it(one, device(one)) for one in enrolments[1:])


def test_one_child_cannot_lock_out_a_class_from_the_laboratory_either(enrolments, guesser, clock):
    """Four private windows use up the tries of unknown devices; a computer that knows the whole class goes on."""
    shared = device(*enrolments)
    for _window in range(4):
        browser = device()
        for victim in enrolments:
            guesser.guess(victim, browser)
            guesser.guess(victim, browser)
    for _round in range(5):
        for victim in enrolments:
            guesser.guess(victim, shared)

    locked_out = [one for one in enrolments if not knows_it(one, device(one))]

    assert is_class_held_up(enrolments[0].classroom)
    assert locked_out == []


def test_a_device_that_spent_its_share_is_like_an_unknown_one(enrolments, guesser, clock):
    shared = device(*enrolments)

    for victim in enrolments[:8]:
        guesser.guess(victim, shared)

    assert WrongPin.objects.filter(is_known=True).count() == 3
    assert WrongPin.objects.filter(is_known=False).count() == 5
    assert knows_it(enrolments[9], shared)


def test_one_browser_does_not_use_up_what_the_class_has(enrolments, guesser, clock):
    browser = device()

    for victim in enrolments:
        for _try in range(5):
            guesser.guess(victim, browser)

    assert WrongPin.objects.count() == 15
    assert knows_it(enrolments[-1], device())


def test_one_class_s_guesser_touches_no_other_class(enrolments, guesser, clock):
    other = ClassroomFactory(school=enrolments[0].classroom.school)
    [stranger] = roster.add_students(
        classroom=other, students=[roster.NewStudent("River")], by=teacher_of(other)
    )
    for _round in range(3):
        for victim in enrolments:
            for _try in range(5):
                guesser.guess(victim, device())

    assert is_class_held_up(enrolments[0].classroom)
    assert not is_class_held_up(other)
    assert knows_it(stranger, device())


@pytest.fixture
def held_up(enrolments, guesser, clock):
    """A class whose tries from unknown devices are used up."""
    for victim in enrolments:
        for _try in range(5):
            guesser.guess(victim, device())
    clock.shift(timedelta(minutes=16))
    return enrolments[0].classroom


def test_the_teacher_s_window_lets_a_held_up_class_in_for_half_an_hour(held_up, enrolments, teacher, clock):
    before = knows_it(enrolments[0], device())
    signin.open_window(classroom=held_up, by=teacher)
    during = knows_it(enrolments[0], device())
    clock.shift(timedelta(minutes=31))
    after = knows_it(enrolments[0], device())

    assert (before, during, after) == (False, True, False)


def test_a_window_has_its_own_tries_and_the_student_s_limit_stays(
    held_up, enrolments, teacher, guesser, clock
):
    signin.open_window(classroom=held_up, by=teacher)

    for victim in enrolments:
        for _try in range(8):
            guesser.guess(victim, device())

    assert WrongPin.objects.count() == 46 + 46
    assert is_class_held_up(held_up)


def test_a_window_may_be_opened_again(held_up, teacher, clock):
    signin.open_window(classroom=held_up, by=teacher)
    clock.shift(timedelta(minutes=20))

    signin.open_window(classroom=held_up, by=teacher)

    assert TryWindow.objects.get().closes_at == timezone.now() + timedelta(minutes=30)
    assert not is_class_held_up(held_up)


def test_only_the_class_s_teacher_opens_a_window(classroom):
    stranger = teacher_of(ClassroomFactory(school=classroom.school))

    with pytest.raises(PermissionDenied):
        signin.open_window(classroom=classroom, by=stranger)


def test_the_next_day_is_a_new_day_and_yesterday_s_rows_go(held_up, enrolments, guesser, clock):
    clock.shift(DAY)

    guesser.guess(enrolments[0], device())

    assert WrongPin.objects.count() == 1
    assert knows_it(enrolments[0], device())


def test_the_teacher_sees_who_is_locked_and_unlocks(enrolments, teacher, guesser, clock):
    victim = enrolments[0]
    for _try in range(5):
        guesser.guess(victim, device())
    victim.refresh_from_db()
    locked_until = victim.locked_until

    roster.unlock(enrolment=victim, by=teacher)

    assert locked_until == timezone.now() + timedelta(minutes=15)
    assert knows_it(victim, device())


def test_a_day_s_lock_is_told_as_a_day(enrolments, guesser, clock):
    victim = enrolments[0]
    for phone in [device(victim), device(victim)]:
        for _try in range(3):
            guesser.guess(victim, phone)

    victim.refresh_from_db()

    assert victim.locked_until == timezone.now() + DAY


def test_a_student_of_another_class_or_nobody_is_refused(enrolments):
    one = enrolments[0]
    pin = pictures.unseal(one.pin)
    other = ClassroomFactory()

    assert signin.sign_in(classroom_id=other.pk, enrolment_id=one.pk, pin=pin, device=device()) is None
    assert signin.sign_in(classroom_id=0, enrolment_id=one.pk, pin=pin, device=device()) is None
    assert signin.sign_in(classroom_id=one.classroom_id, enrolment_id=0, pin=pin, device=device()) is None
