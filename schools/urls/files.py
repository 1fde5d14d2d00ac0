"""`/files/`: the published figures of a place, to take away."""

from django.urls import path

from schools.views import files

app_name = "files"
urlpatterns = [
    path("report/<place:place_key>/", files.report, name="report"),
    path("report/<place:place_key>/pdf/", files.report_pdf, name="report_pdf"),
    path("<str:place_kind>/<place:place_key>/", files.home, name="home"),
    path("<str:place_kind>/<place:place_key>/<str:table>.csv", files.table, name="table"),
    path("<str:place_kind>/<place:place_key>/adoption.xlsx", files.workbook, name="workbook"),
    path("<str:place_kind>/<place:place_key>/cqube.zip", files.cqube, name="cqube"),
]
