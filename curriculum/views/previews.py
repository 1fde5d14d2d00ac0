"""What an editor sees of something that has no page of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from curriculum.presenters.questions import described, render_question
from quizzes.models import Question


def question(request: HttpRequest, asked: Question, language: str) -> HttpResponse:
    """A question in `language` as it is asked, and as it is answered when all is right."""
    described_question = described(asked, asked.choices.all(), language)
    right = [choice.key for choice in described_question.choices if choice.is_correct]
    with override(language):
        context = {
            "asked": render_question(described_question, action="", anchor="", language=language),
            "answered": render_question(
                described_question, action="", anchor="", language=language, answer=right
            ),
        }
        return render(request, "curriculum/question_preview.html", context)
