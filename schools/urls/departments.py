"""`/departments/`: a department signs up; the operator decides."""

from django.urls import path

from schools.views import department_sign_up as sign_up
from schools.views import departments

app_name = "departments"
urlpatterns = [
    path("", departments.queue, name="queue"),
    path("sign-up/", sign_up.sign_up, name="sign_up"),
    path("sign-up/sent/", sign_up.sent, name="sent"),
    path("sign-up/confirm/<str:token>/", sign_up.confirm, name="confirm"),
    path("sign-up/answer/<str:token>/", sign_up.answer, name="answer"),
    path("applications/<int:pk>/", departments.application, name="application"),
    path("<str:code>/", departments.department, name="department"),
]
