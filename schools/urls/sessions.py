"""`/teach/classes/…/sessions/`: teaching a whole class on one screen."""

from django.urls import URLPattern, URLResolver, include, path

from schools.views import sessions

app_name = "sessions"
of_a_session = [
    path("", sessions.screen, name="screen"),
    path("notes/", sessions.notes, name="notes"),
    path("end/", sessions.end, name="end"),
    path("result/", sessions.result, name="result"),
    path("correct/", sessions.correct, name="correct"),
    path("undo/", sessions.undo, name="undo"),
]
of_a_class: list[URLPattern | URLResolver] = [
    path("", sessions.home, name="home"),
    path("new/<uuid:lesson_key>/", sessions.start, name="start"),
    path("<uuid:session_id>/", include(of_a_session)),
]
urlpatterns = [path("classes/<int:pk>/sessions/", include(of_a_class))]
