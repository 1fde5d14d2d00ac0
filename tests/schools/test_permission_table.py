"""Who gets what at every address: each kind of person, inside and outside, written out.

`in` sends to the sign-in of staff, `join` to that of students; else it is the status. Outsiders get 404,
insiders without the right 403, and a student 404 wherever the page is not theirs.
"""

from copy import deepcopy
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse

from tests.schools import permission_rows
from tests.schools.permission_world import make_world

pytestmark = pytest.mark.django_db

ACTORS = (
    "visitor",
    "student",
    "other student",
    "teacher",
    "colleague",
    "head",
    "lead",
    "block",
    "district",
    "state",
    "other teacher",
    "other head",
    "other state",
    "former",
    "editor",
    "admin",
)
"""The class's student and teacher; a colleague who does not teach it; the school's head and safety lead;
officials above it; the same of another place; a head whose role has ended; an editor of the site;
the state's administrator."""

BY_POST = {
    "join:leave",
    "learning:hand_in",
    "learning:step",
    "teach:opt_outs",
    "teach:rejoin",
    "teach:reset_pin",
    "teach:teacher_add",
    "teach:teacher_remove",
    "teach:unlock",
    "teach:window",
}
"""Addresses that only take a form. All others are opened."""

PUBLIC = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
root                                   302  302  302  302  302  302  302  302  302  302  302  302  302  302  302  302
healthz                                200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
readyz                                 200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
robots                                 200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
set_language                           302  302  302  302  302  302  302  302  302  302  302  302  302  302  302  302
exit                                   303  303  303  303  303  303  303  303  303  303  303  303  303  303  303  303
exit_gone                              200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
help                                   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
search                                 200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
start                                   in  302  302  302  302  302  302  302  302  302  302  302  302  302  302  302
"""

# Officials have an authenticator app: they may show a code again, and switch it off once they have.
ACCOUNTS = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
account_login                          200  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
account_logout                         302  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_inactive                       200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_signup                         200  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
account_reauthenticate                  in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_email                           in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_email_verification_sent        200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_change_password                 in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_set_password                    in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
account_reset_password                 200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_confirm_login_code              in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
account_confirm_email                  200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key_done   200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key        200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_done            200  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
mfa_index                               in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
mfa_authenticate                        in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_reauthenticate                      in  404  404  302  302  302  302  200  200  200  302  302  200  302  302  200
mfa_activate_totp                       in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_deactivate_totp                     in  404  404  404  404  404  404  302  302  302  404  404  302  404  404  302
mfa_view_recovery_codes                 in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
mfa_generate_recovery_codes             in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_download_recovery_codes             in  404  404  404  404  404  404  404  404  404  404  404  404  404  404  404
mfa_list_webauthn                       in  404  404  200  200  200  200  200  200  200  200  200  200  200  200  200
mfa_add_webauthn                        in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_reauthenticate_webauthn             in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_remove_webauthn                     in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_edit_webauthn                       in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
mfa_login_webauthn                      in  404  404  302  302  302  302  302  302  302  302  302  302  302  302  302
wagtailadmin_home                      302  404  404  302  302  302  302  302  302  302  302  302  302  302  200  302
"""

STUDENTS = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
join:code                              200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
join:who                              join join join join join join join join join join join join join join join  join
join:pictures                         join join join join join join join join join join join join join join join  join
join:leave                            join join join join join join join join join join join join join join join  join
learning:home                         join  200  200 join join join join join join join join join join join join  join
learning:module                       join  200  404 join join join join join join join join join join join join  join
learning:lesson                       join  200  404 join join join join join join join join join join join join  join
learning:step                         join  400  400 join join join join join join join join join join join join  join
learning:finished                     join  302  404 join join join join join join join join join join join join  join
learning:quiz                         join  200  404 join join join join join join join join join join join join  join
learning:result                       join  200  404 join join join join join join join join join join join join  join
learning:question                     join  302  404 join join join join join join join join join join join join  join
learning:hand_in                      join  302  404 join join join join join join join join join join join join  join
"""

TEACHERS = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
teach:home                              in  404  404  200  200  200  403  403  403  403  200  200  403  403  403  403
teach:class_new                         in  404  404  200  200  403  403  403  403  403  200  403  403  403  403  403
teach:classroom                         in  404  404  200  404  200  200  404  404  404  404  404  404  404  404  404
teach:teachers                          in  404  404  200  404  200  403  404  404  404  404  404  404  404  404  404
teach:teacher_add                       in  404  404  302  404  302  403  404  404  404  404  404  404  404  404  404
teach:teacher_remove                    in  404  404  403  404  302  403  404  404  404  404  404  404  404  404  404
teach:roster                            in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:roster_add                        in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:cards                             in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:reset_pin                         in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
teach:unlock                            in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
teach:leave                             in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:rejoin                            in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
teach:sign_in                           in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:window                            in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
teach:board                             in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:poster                            in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:assign                            in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:assign_module                     in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:dates                             in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:undo                              in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:notice                            in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:notice_sheet                      in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:opt_outs                          in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
teach:results                           in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:quiz_results                      in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:quiz_students                     in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
teach:qr_code                           in  404  404  200  200  200  403  403  403  403  200  200  403  403  403  403
teach:modules                           in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
teach:preview_module                    in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
teach:preview_quiz                      in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
teach:preview_lesson                    in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
teach:guide                             in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
teach:guide_lesson                      in  404  404  200  200  200  200  403  403  403  200  200  403  403  403  403
"""

SCHOOLS_AND_OFFICIALS = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
school:home                             in  404  404  302  302  302  302  403  403  403  302  302  403  403  403  403
school:school                           in  404  404  200  200  200  200  403  403  403  404  404  404  404  404  403
school:readiness                        in  404  404  200  200  200  200  403  403  403  404  404  404  404  404  403
insights:home                           in  404  404  403  403  302  403  302  302  302  403  302  302  403  403  302
insights:state                          in  404  404  404  404  404  404  404  404  200  404  404  404  404  404  200
insights:district                       in  404  404  404  404  404  404  302  200  200  404  404  404  404  404  200
insights:school                         in  404  404  403  403  200  403  200  200  200  404  404  404  404  404  200
"""


MORE_ROWS = [
    import_module(f"{permission_rows.__name__}.{found.name}")
    for found in iter_modules(permission_rows.__path__)
]
"""The rows of the areas that have a file of their own: `TABLE`, `BY_POST` and `arguments(world)`."""


def names_in(table: str) -> list[str]:
    return [line.split()[0] for line in table.strip().splitlines() if not line.startswith("#")]


def read_table() -> dict[str, dict[str, str]]:
    """By name of address, what each actor gets."""
    more = [rows.TABLE for rows in MORE_ROWS]
    lines = [
        line.split()
        for section in (PUBLIC, ACCOUNTS, STUDENTS, TEACHERS, SCHOOLS_AND_OFFICIALS, *more)
        for line in section.strip().splitlines()
        if not line.startswith("#")
    ]
    return {name: dict(zip(ACTORS, expected, strict=True)) for name, *expected in lines}


TABLE = read_table()


def named_addresses(resolver, prefix: str = "") -> set[str]:
    """Every name in our addresses. Wagtail's own have rights of their own, and tests elsewhere."""
    names = set()
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and not pattern.name.startswith("wagtail"):
                names.add(f"{prefix}{pattern.name}")
        elif not str(pattern.pattern).startswith(("cms/", "documents/")):
            names |= named_addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
    return names


def address_of(name: str, arguments: dict) -> str:
    """The address with what it needs, taken from the world's records."""
    resolver = get_resolver()
    *namespaces, last = name.split(":")
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    possibilities = resolver.reverse_dict.getlist(last)
    wanted = possibilities[0][0][0][1] if possibilities else ()
    return reverse(name, kwargs={one: arguments[one] for one in wanted})


def outcome(response) -> str:
    if response.status_code == 302 and response.url.startswith("/accounts/login/"):
        return "in"
    if response.status_code == 302 and response.url.startswith("/join/"):
        return "join"
    return str(response.status_code)


def test_every_address_is_in_the_table():
    assert named_addresses(get_resolver()) - TABLE.keys() == set()


@pytest.mark.parametrize("actor", ACTORS)
def test_who_gets_what(actor):
    world, got = make_world(), {}
    by_post = set(BY_POST).union(*(rows.BY_POST for rows in MORE_ROWS))
    arguments = {
        name: world.arguments | own
        for rows in MORE_ROWS
        for own in [rows.arguments(world)]
        for name in names_in(rows.TABLE)
    }
    browser = world.browser(actor)
    cookies = deepcopy(browser.cookies)

    for name in TABLE:
        point = transaction.savepoint_create()
        browser.cookies = deepcopy(cookies)
        call = browser.post if name in by_post else browser.get
        got[name] = outcome(call(address_of(name, arguments.get(name, world.arguments))))
        transaction.savepoint_rollback(point)

    assert got == {name: expected[actor] for name, expected in TABLE.items()}


def test_a_module_that_opens_at_once_is_offered_to_the_class_teacher_only():
    world = make_world()
    address = reverse("teach:assign_module", args=[world.classroom.pk, world.arguments["free_module_key"]])

    got = {actor: outcome(world.browser(actor).get(address)) for actor in ("teacher", "colleague", "head")}

    assert got == {"teacher": "200", "colleague": "404", "head": "403"}


def test_readiness_is_written_by_the_head_and_the_safety_lead_only():
    world = make_world()
    address, got = reverse("school:readiness", args=[world.school.udise_code]), {}

    for actor in ("visitor", "student", "teacher", "head", "lead", "block", "state", "other head", "former"):
        got[actor] = outcome(world.browser(actor).post(address, {"lead_name": "Asha"}))

    assert got == {
        "visitor": "in",
        "student": "404",
        "teacher": "403",
        "head": "302",
        "lead": "302",
        "block": "403",
        "state": "403",
        "other head": "404",
        "former": "404",
    }
