"""`python -m bench.state --schools 100000`: what a whole state costs, on the database of DATABASE_URL.

It seeds a state, recounts schools, makes releases, and lets 8 clients open the officials' screens at once; then
the same with a tenth of the schools. The figures go to the terminal as a table.
"""

import argparse
import resource
import statistics
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection

from bench import figures, site

CLIENTS = 8
REQUESTS = 160
"""Of each screen: 20 by each client."""
STALE = 1000
TENTH = 10


def main() -> int:
    options = _parser().parse_args()
    with site.prepared() as folder:
        django.setup()
        sizes = (options.schools // TENTH, options.schools)
        tables = [measure(folder, number, options.students) for number in sizes]
        connection.close()
    names = list(tables[1])
    head = ["", *(f"{table['schools']} schools" for table in tables), "ratio"]
    rows = [[name, *(str(table[name]) for table in tables), _ratio(name, tables)] for name in names]
    sys.stdout.write(figures.markdown(head, rows) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.state")
    parser.add_argument("--schools", type=int, default=100_000)
    parser.add_argument("--students", type=int, default=40, help="in each school")
    return parser


def _ratio(name: str, tables: list[dict[str, Any]]) -> str:
    small, large = (table[name] for table in tables)
    return f"{large / small:.2f}" if name.endswith("p95 ms") and small else ""


def measure(folder: Path, schools: int, students: int) -> dict[str, Any]:
    """The site with a seeded state of that size, in place of the one that was there."""
    found: dict[str, Any] = {"schools": schools}
    with _timed(found, "seed"):
        call_command(
            "seed_state", schools=schools, students_per_school=students, replace=True, stdout=sys.stderr
        )
    _figures(found)
    with site.served(folder) as served:
        for name, path in _screens():
            times = _open(f"{served.url}{path}", _session())
            found[f"{name} p95 ms"] = round(statistics.quantiles(times, n=20)[-1] * 1000)
    return found


def _figures(found: dict[str, Any]) -> None:
    """Recounts and releases: seconds, and the process's largest memory so far."""
    from schools.actions import adoption, learning, release
    from schools.models import AdoptionCell, Enrolment, School
    from schools.seeding.places import STATE_CODE

    state = School.objects.filter(state__code=STATE_CODE)
    active = AdoptionCell.objects.filter(classes_assigned__gt=0).order_by().values("school")
    adoption.mark_many_stale(state.filter(pk__in=active).values_list("pk", flat=True)[:STALE])
    with _timed(found, f"recount of {STALE} stale schools with work"):
        adoption.recompute_stale()
    with _timed(found, "first release"):
        release.make_release()
    adoption.mark_many_stale(state.values_list("pk", flat=True)[: max(1, len(state) // 100)])
    with _timed(found, "release of a night in which 1 % changed"):
        release.make_release()
    pupil = Enrolment.objects.filter(classroom__school__state__code=STATE_CODE).select_related(
        "student", "classroom__school"
    )[0]
    found["one completion ms"], found["one completion queries"] = _completion(pupil, learning.finish_lesson)


def _completion(pupil: Any, finish: Callable[..., None]) -> tuple[float, int]:
    from django.test.utils import CaptureQueriesContext

    from curriculum.queries import catalogue

    lessons = [lesson for one in catalogue.modules("en") for lesson in one.lessons]
    times = []
    for lesson in lessons:
        began = time.perf_counter()
        finish(enrolment=pupil, lesson=lesson, language="en", by=pupil.student)
        times.append(time.perf_counter() - began)
    with CaptureQueriesContext(connection) as queries:
        finish(enrolment=pupil, lesson=lessons[0], language="en", by=pupil.student)
    return round(statistics.median(times) * 1000, 1), len(queries)


@contextmanager
def _timed(found: dict[str, Any], name: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    found[name] = f"{time.monotonic() - began:.1f} s, {peak} MB"


def _screens() -> list[tuple[str, str]]:
    from schools.models import School
    from schools.presenters import insights
    from schools.seeding.places import STATE_CODE

    school = School.objects.filter(state__code=STATE_CODE).order_by("pk")[0]
    places = [school.state, school.district, school.block, school]
    return [(type(place).__name__.lower(), insights.url_of(place)) for place in places]


def _session() -> str:
    """The key of a session of a state official who has a second factor."""
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.utils.module_loading import import_string

    from cms.users.models import User
    from schools.actions import memberships
    from schools.models import Role, State
    from schools.seeding.places import STATE_CODE

    user = User.objects.filter(email="bench@example.org").first()
    if user is None:
        user = User.objects.create_user("bench@example.org", name="Bench")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    state = State.objects.get(code=STATE_CODE)
    memberships.add(user=user, role=Role.STATE_OFFICIAL, place=state, by=None)
    session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def _open(url: str, session: str) -> list[float]:
    """Seconds of each request, with `CLIENTS` of them at once. Each must answer 200 with a page."""
    request = urllib.request.Request(  # noqa: S310 - our own server
        url,
        headers={"Cookie": f"__Host-sessionid={session}; sessionid={session}", "X-Forwarded-Proto": "https"},
    )

    def once(_number: int) -> float:
        began = time.perf_counter()
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            page = response.read()
            if response.url != url or b"<h1" not in page:
                raise RuntimeError(f"{url} led to {response.url}")
        return time.perf_counter() - began

    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(once, range(CLIENTS * 2)))
        return list(clients.map(once, range(REQUESTS)))


if __name__ == "__main__":
    sys.exit(main())
