from quizzes.models.attempts import Attempt
from quizzes.models.bank import Choice, Objective, Question
from quizzes.models.quizzes import Quiz, QuizQuestion

__all__ = ["Attempt", "Choice", "Objective", "Question", "Quiz", "QuizQuestion"]
