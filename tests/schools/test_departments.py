"""A department signs up, the operator decides, a state is suspended and opened again."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from cms.core.models import AuditEvent
from schools.actions import departments as actions
from schools.models import Department, DepartmentApplication, Invitation, Role
from tests.factories import MembershipFactory, StaffFactory, StateFactory, give_second_factor
from tests.schools.staff import browser_of, text

pytestmark = pytest.mark.django_db
SIGN_UP = "/departments/sign-up/"
REASON = "We have your letter."


def written(state, **changes):
    return {
        "state": state.pk,
        "department_name": "Department of School Education",
        "official_name": "Asha Official",
        "post": "Director",
        "email": "asha@education.example",
        "agreement_reference": "A/1 of 2026",
        "grievance_contact": "Office of the director",
        "data_protection_contact": "Office of data",
    } | changes


@pytest.fixture
def state():
    return StateFactory(name="Test State")


@pytest.fixture
def operator():
    person = StaffFactory(is_superuser=True, is_staff=True, name="Olga Operator")
    give_second_factor(person)
    return person


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """Send a form and let what waits for its end happen."""

    def post(client, address, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data or {}, follow=True)

    return post


def link_in(message) -> str:
    return re.search(r"/departments/sign-up/\S+", message.body)[0]


@pytest.fixture
def waiting(state, send):
    """An application whose address is confirmed."""
    visitor = Client()
    send(visitor, SIGN_UP, written(state))
    send(visitor, link_in(mail.outbox[0]))
    return DepartmentApplication.objects.get()


def test_a_department_signs_up_and_confirms_its_address(client, send, state):
    sent = send(client, SIGN_UP, written(state, email="Asha@Education.example"))
    link = link_in(mail.outbox[0])
    opened = text(client.get(link))
    before = DepartmentApplication.objects.get().status

    confirmed = send(client, link)

    application = DepartmentApplication.objects.get()
    assert "Look at your e-mail" in text(sent)
    assert mail.outbox[0].to == ["asha@education.example"]
    assert "Yes, it is mine" in opened
    assert before == "unverified"
    assert "Your address is confirmed" in text(confirmed)
    assert (application.status, application.post) == ("waiting", "Director")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "department.applied",
        "department.email_confirmed",
    ]


def test_the_message_speaks_the_applicants_language(client, send, state):
    client.cookies["language"] = "hi"

    send(client, SIGN_UP, written(state))

    assert DepartmentApplication.objects.get().language == "hi"


def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(client, send, state):
    page = text(send(client, SIGN_UP, written(state, email="not an address", post="")))

    assert "Enter a valid email address." in page
    assert page.count("This field is required.") == 2  # in the summary and beside the field
    assert 'value="Asha Official"' in page
    assert "not an address" in page
    assert not DepartmentApplication.objects.exists()
    assert mail.outbox == []


def test_no_answer_tells_that_a_state_has_applied_before(client, send, state, waiting):
    Department.objects.create(state=state, name="There already", status="approved")
    fresh = send(client, SIGN_UP, written(StateFactory(), email="b@education.example"))

    again = send(client, SIGN_UP, written(state, email="c@education.example"))

    assert text(again) == text(fresh)
    assert DepartmentApplication.objects.filter(state=state).count() == 2


def test_a_link_works_once(client, send, state):
    send(client, SIGN_UP, written(state))
    link = link_in(mail.outbox[0])
    send(client, link)

    opened, pressed = text(client.get(link)), text(send(client, link))

    assert "This link no longer works" in opened
    assert "This link no longer works" in pressed
    assert AuditEvent.objects.filter(action="department.email_confirmed").count() == 1


def test_a_forged_an_old_and_a_strange_link_do_nothing(client, send, state):
    send(client, SIGN_UP, written(state))
    link = link_in(mail.outbox[0])

    forged = send(client, f"{link[:-4]}abc/")
    strange = send(client, link.replace("/confirm/", "/answer/"), {"words": "Hello"})
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        old = send(client, link)

    assert {"This link no longer works" in text(one) for one in (forged, strange, old)} == {True}
    assert DepartmentApplication.objects.get().status == "unverified"


def test_one_place_sends_five_forms_an_hour(client, send, state):
    for number in range(5):
        send(client, SIGN_UP, written(state, email=f"a{number}@education.example"))

    sixth = send(client, SIGN_UP, written(state, email="six@education.example"))
    elsewhere = send(Client(REMOTE_ADDR="10.0.0.9"), SIGN_UP, written(state, email="b@education.example"))

    assert sixth.status_code == 429
    assert "Too many forms came from here today" in text(sixth)
    assert "Look at your e-mail" in text(elsewhere)
    assert DepartmentApplication.objects.count() == 6


def test_one_address_gets_three_messages_a_day(send, state):
    for number in range(4):
        send(Client(REMOTE_ADDR=f"10.0.0.{number}"), SIGN_UP, written(state))

    assert len(mail.outbox) == 3


def test_the_operator_sees_everything_and_the_domain_as_evidence_only(operator, waiting):
    waiting.email = "asha@schools.gov.in"
    waiting.save()
    browser = browser_of(operator)

    queue = text(browser.get("/departments/"))
    page = text(browser.get(f"/departments/applications/{waiting.pk}/"))

    assert "Department of School Education" in queue
    for words in ("Asha Official", "Director", "A/1 of 2026", "Office of the director", "Office of data"):
        assert words in page
    assert "The address ends in .gov.in. That is evidence, not proof." in page
    assert "The e-mail address was confirmed" in page


@pytest.mark.parametrize(
    ("email", "ending"),
    [("a@nic.in", "ends in .nic.in"), ("a@fakegov.in", "neither"), ("a@x.gov.in.example", "neither")],
)
def test_a_look_alike_domain_is_no_evidence(operator, waiting, email, ending):
    DepartmentApplication.objects.update(email=email)

    page = text(browser_of(operator).get(f"/departments/applications/{waiting.pk}/"))

    assert ending in page


def test_an_unconfirmed_form_is_not_in_the_queue(operator, send, state):
    send(Client(), SIGN_UP, written(state, department_name="Not yet confirmed"))
    application = DepartmentApplication.objects.get()
    browser = browser_of(operator)

    assert "Not yet confirmed" not in text(browser.get("/departments/"))
    assert browser.get(f"/departments/applications/{application.pk}/").status_code == 404


def decide(send, operator, application, decision, reason=REASON):
    address = f"/departments/applications/{application.pk}/"
    return send(browser_of(operator), address, {"decision": decision, "reason": reason})


def test_approval_makes_the_workspace_and_invites_the_first_administrator(send, operator, state, waiting):
    mail.outbox.clear()

    page = decide(send, operator, waiting, "approve")

    department, invitation = Department.objects.get(), Invitation.objects.get()
    assert "Your decision is kept" in text(page)
    assert (department.state, department.status) == (state, "approved")
    assert department.name == "Department of School Education"
    assert department.grievance_contact == "Office of the director"
    assert department.data_protection_contact == "Office of data"
    assert department.agreement_reference == "A/1 of 2026"
    assert (invitation.role, invitation.state, invitation.email) == (
        Role.STATE_ADMIN,
        state,
        "asha@education.example",
    )
    assert {one.to[0] for one in mail.outbox} == {"asha@education.example"}
    assert any(REASON in one.body for one in mail.outbox)
    event = AuditEvent.objects.get(action="department.approved")
    assert (event.actor_id, event.details) == (operator.pk, {"reason": REASON})


def test_approval_of_a_second_application_updates_the_department(send, operator, state, waiting):
    Department.objects.create(state=state, name="Old name", status="approved", publication_threshold=20)

    decide(send, operator, waiting, "approve")

    department = Department.objects.get()
    assert (department.name, department.publication_threshold) == ("Department of School Education", 20)


def test_approval_does_not_open_a_suspended_state(send, operator, state, waiting):
    Department.objects.create(
        state=state, name="Old name", status="suspended", status_reason="Agreement ended."
    )

    decide(send, operator, waiting, "approve")

    assert Department.objects.get().status == "suspended"


def test_the_operator_asks_and_the_department_answers_once(send, operator, waiting):
    mail.outbox.clear()
    decide(send, operator, waiting, "ask", "Who signed the letter?")
    link = link_in(mail.outbox[0])
    question = text(Client().get(link))

    answered = send(Client(), link, {"words": "The <b>secretary</b>."})
    again = send(Client(), link, {"words": "Somebody else."})

    waiting.refresh_from_db()
    page = text(browser_of(operator).get(f"/departments/applications/{waiting.pk}/"))
    assert "Who signed the letter?" in mail.outbox[0].body
    assert "Who signed the letter?" in question
    assert "Your answer is with the operator" in text(answered)
    assert "This link no longer works" in text(again)
    assert (waiting.status, waiting.answer) == ("waiting", "The <b>secretary</b>.")
    assert "The &lt;b&gt;secretary&lt;/b&gt;." in page


def test_a_link_to_an_older_question_does_not_answer_a_newer_one(send, operator, waiting):
    mail.outbox.clear()
    decide(send, operator, waiting, "ask", "First?")
    decide(send, operator, waiting, "ask", "Second?")

    page = send(Client(), link_in(mail.outbox[0]), {"words": "To the first."})

    assert "This link no longer works" in text(page)


def test_a_refusal_says_why(send, operator, waiting):
    mail.outbox.clear()

    decide(send, operator, waiting, "refuse", "We have no agreement with you.")

    waiting.refresh_from_db()
    assert waiting.status == "refused"
    assert "We have no agreement with you." in mail.outbox[0].body
    assert not Department.objects.exists()
    assert not Invitation.objects.exists()


def test_a_decision_needs_a_reason_and_falls_once(send, operator, waiting):
    without = decide(send, operator, waiting, "refuse", "")
    decide(send, operator, waiting, "refuse", "No.")

    with pytest.raises(ValidationError):
        actions.approve(application=waiting, reason=REASON, by=operator)

    assert "This field is required." in text(without)
    assert not Department.objects.exists()


def test_nobody_but_the_operator_decides(state, waiting):
    admin = MembershipFactory(role=Role.STATE_ADMIN, state=state).user

    with pytest.raises(PermissionDenied):
        actions.approve(application=waiting, reason=REASON, by=admin)

    assert browser_of(admin).get("/departments/").status_code == 403


def test_what_an_applicant_writes_is_words_and_never_markup(operator, send, state):
    visitor = Client()
    send(visitor, SIGN_UP, written(state, department_name="<script>alert(1)</script>"))
    send(visitor, link_in(mail.outbox[0]))
    application = DepartmentApplication.objects.get()
    browser = browser_of(operator)

    for address in ("/departments/", f"/departments/applications/{application.pk}/"):
        page = text(browser.get(address))
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert(1)" not in page


@pytest.fixture
def department(state):
    return Department.objects.create(state=state, name="Department of Test", status="approved")


def test_a_suspended_states_officials_see_why_and_nothing_else(send, operator, state, department, settings):
    settings.OPERATOR_CONTACT = "desk@steps.example"
    official = browser_of(MembershipFactory(role=Role.STATE_ADMIN, state=state).user)
    before = official.get(f"/state/{state.code}/").status_code

    send(browser_of(operator), f"/departments/{state.code}/", {"reason": "The agreement has ended."})

    page = text(official.get("/start/", follow=True))
    assert before == 200
    assert "The agreement has ended." in page
    assert "desk@steps.example" in page
    assert "My state" not in page
    for address in (f"/state/{state.code}/", "/state/", "/insights/", f"/insights/{state.code}/", "/people/"):
        assert official.get(address).url == "/start/suspended/"
    assert AuditEvent.objects.get(action="department.status_suspended").details == {
        "before": "approved",
        "reason": "The agreement has ended.",
    }


def test_a_reopened_states_officials_go_on(send, operator, state, department):
    official = browser_of(MembershipFactory(role=Role.STATE_OFFICIAL, state=state).user)
    browser = browser_of(operator)
    send(browser, f"/departments/{state.code}/", {"reason": "The agreement has ended."})

    page = send(browser, f"/departments/{state.code}/", {"reason": "It was renewed."})

    assert "The department is open again." in text(page)
    assert official.get(f"/insights/{state.code}/").status_code == 200
    assert official.get("/start/suspended/").status_code == 404


def test_the_queue_costs_the_same_for_one_and_for_many(operator, waiting, django_assert_max_num_queries):
    browser = browser_of(operator)
    browser.get("/departments/")
    for number in range(12):
        other = StateFactory()
        DepartmentApplication.objects.create(
            **written(other, email=f"m{number}@education.example") | {"state": other},
            status="waiting",
            email_verified_at=timezone.now(),
        )
        Department.objects.create(state=other, name=f"Department {number}", status="approved")

    with django_assert_max_num_queries(7):
        page = browser.get("/departments/")

    assert "Department 11" in text(page)
