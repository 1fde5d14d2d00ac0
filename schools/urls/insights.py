"""`/insights/`: adoption, for officials."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from schools.views import insights


class PlaceConverter(IntConverter):
    """The key of a place: no longer than the database can hold."""

    regex = "[0-9]{1,18}"


register_converter(PlaceConverter, "place")

app_name = "insights"
urlpatterns = [
    path("", insights.home, name="home"),
    path("<str:code>/", insights.state, name="state"),
    path("<str:code>/<place:district_id>/", insights.district, name="district"),
    path("<str:code>/<place:district_id>/blocks/<place:block_id>/", insights.block, name="block"),
    path("<str:code>/<place:district_id>/<str:udise_code>/", insights.school, name="school"),
]
