"""What wrk says is read strictly: a figure comes of right answers only."""

import json

import pytest

from bench.load import LoadError, Request, TooFewRequestsError, command, read
from bench.rounds import check_work


def said(**values):
    found = {
        "answered": 1200,
        "microseconds": 2_000_000,
        "median_us": 1500,
        "p99_us": 9000,
        "broken": 0,
        "wrong": 0,
        "first_wrong": 0,
        "repeated": 0,
    }
    return f"Running 2s test\n  1 threads and 16 connections\n\n{json.dumps(found | values)}\n"


def test_the_last_line_gives_the_figures():
    outcome = read(said())

    assert outcome.answered == 1200
    assert outcome.per_second == 600
    assert (outcome.median_ms, outcome.p99_ms) == (1.5, 9.0)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"wrong": 3, "first_wrong": 403}, "3 of 1200 answers had another status (one: 403)"),
        ({"broken": 2}, "2 were lost"),
        ({"answered": 0}, "nothing was answered"),
    ],
)
def test_a_wrong_answer_gives_no_figure(values, message):
    with pytest.raises(LoadError, match=message.replace("(", r"\(").replace(")", r"\)")):
        read(said(**values))


def test_requests_that_ran_out_are_told_apart():
    with pytest.raises(TooFewRequestsError):
        read(said(repeated=1))


def test_a_request_is_one_line():
    request = Request("/class/", "POST", {"Cookie": "a=1; b=2", "X-Forwarded-Proto": "https"}, "c=3")

    assert request.line() == "POST\t/class/\tCookie: a=1; b=2|X-Forwarded-Proto: https\tc=3\n"


def test_the_command_is_bounded_in_time(tmp_path):
    line = " ".join(command("http://127.0.0.1:1", tmp_path / "r.tsv", seconds=6, status=302, once=True))

    assert "--duration 6s" in line
    assert line.endswith("r.tsv 302 1")


@pytest.mark.parametrize("done", [100, 116])
def test_work_done_agrees_with_the_answers(done):
    check_work("Quiz submission", 100, done)


@pytest.mark.parametrize("done", [99, 117])
def test_answers_without_work_give_no_figure(done):
    with pytest.raises(LoadError, match="Quiz submission: 100 answers"):
        check_work("Quiz submission", 100, done)
