"""What is measured: each page, how it is asked for, and how fast it must be against a bare view."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from urllib.request import Request as WebRequest
from urllib.request import urlopen

from bench.crowd import LANGUAGE, Crowd, Student
from bench.load import Request

BARE = "bare"
CSRF = secrets.token_hex(16)


@dataclass(frozen=True)
class Page:
    """One line of the report. `target` and `aim` are shares of the bare view's speed.

    `requests` is told how many the run may need; with `once` each of them is sent only once. `done` counts
    in the database what such requests did, so that no answer is taken for work.
    """

    key: str
    name: str
    requests: Callable[[int], list[Request]]
    status: int = 200
    target: float | None = None
    aim: float | None = None
    once: bool = False
    done: Callable[[], int] | None = None


def all_pages(url: str, crowd: Crowd) -> list[Page]:
    public = crowd.lesson.url
    etag = _etag(url + public)
    lesson = f"/class/lessons/{crowd.lesson.key}/"
    return [
        Page(BARE, "Bare view", lambda _count: [Request("/healthz", headers=_headers())]),
        Page(
            "etag",
            "Public lesson, ETag matches",
            lambda _count: [Request(public, headers=_headers({"If-None-Match": etag}))],
            status=304,
            target=0.8,
        ),
        Page(
            "cache",
            "Public lesson, from cache",
            lambda _count: [Request(public, headers=_headers())],
            target=0.6,
        ),
        Page(
            "made",
            "Public lesson, made anew",
            lambda _count: [Request(f"{public}?n={number}", headers=_headers()) for number in range(500)],
        ),
        Page("home", "Student's home", lambda _count: _gets(crowd, "/class/")),
        Page("lesson", "Student's lesson", lambda _count: _gets(crowd, lesson), target=0.06, aim=0.12),
        Page("answer", "Quiz answer kept", lambda count: _answers(crowd, count), status=302, once=True),
        Page(
            "hand-in",
            "Quiz submission",
            lambda count: _hand_ins(crowd, count),
            status=302,
            target=0.06,
            aim=0.08,
            once=True,
            done=crowd.handed_in,
        ),
    ]


def _gets(crowd: Crowd, path: str) -> list[Request]:
    return [Request(path, headers=_headers(_cookies(student))) for student in crowd.students]


def _answers(crowd: Crowd, count: int) -> list[Request]:
    return [
        _post(student, f"/class/quizzes/{crowd.quiz_id}/{attempt}/1/", f"choice={crowd.first_answer}")
        for student, attempt in crowd.attempts(count)
    ]


def _hand_ins(crowd: Crowd, count: int) -> list[Request]:
    return [
        _post(student, f"/class/quizzes/{crowd.quiz_id}/{attempt}/hand-in/")
        for student, attempt in crowd.attempts(count)
    ]


def _post(student: Student, path: str, body: str = "") -> Request:
    token = f"csrfmiddlewaretoken={CSRF}"
    headers = _cookies(student) | {
        "Content-Type": "application/x-www-form-urlencoded",
        "Origin": "https://127.0.0.1",
        "Host": "127.0.0.1",
    }
    return Request(path, "POST", _headers(headers), f"{token}&{body}" if body else token)


def _cookies(student: Student) -> dict[str, str]:
    return {"Cookie": f"sessionid={student.session}; csrftoken={CSRF}; language={LANGUAGE}"}


def _headers(more: dict[str, str] | None = None) -> dict[str, str]:
    """What a browser behind a proxy that ends TLS sends, as far as it costs the site anything."""
    return {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip, br"} | (more or {})


def _etag(address: str) -> str:
    with urlopen(WebRequest(address, headers=_headers())) as response:  # noqa: S310 - our own server
        return response.headers["ETag"]
