"""`/class/`: a student's own pages."""

from django.urls import path

from schools.views import learning, quiz

app_name = "learning"
urlpatterns = [
    path("", learning.home, name="home"),
    path("modules/<uuid:module_key>/", learning.module, name="module"),
    path("lessons/<uuid:lesson_key>/", learning.lesson, name="lesson"),
    path("lessons/<uuid:lesson_key>/step/", learning.step, name="step"),
    path("lessons/<uuid:lesson_key>/finished/", learning.finished, name="finished"),
    path("quizzes/<int:quiz_id>/", quiz.start, name="quiz"),
    path("quizzes/<int:quiz_id>/<uuid:attempt_id>/", quiz.result, name="result"),
    path("quizzes/<int:quiz_id>/<uuid:attempt_id>/<int:number>/", quiz.question, name="question"),
    path("quizzes/<int:quiz_id>/<uuid:attempt_id>/hand-in/", quiz.hand_in, name="hand_in"),
]
