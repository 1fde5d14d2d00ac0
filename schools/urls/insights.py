"""`/insights/`: adoption, for officials."""

from django.urls import path

from schools.views import insights

app_name = "insights"
urlpatterns = [
    path("", insights.home, name="home"),
    path("<str:code>/", insights.state, name="state"),
    path("<str:code>/<int:district_id>/", insights.district, name="district"),
    path("<str:code>/<int:district_id>/<str:udise_code>/", insights.school, name="school"),
]
