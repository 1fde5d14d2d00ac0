"""`/school/…/`: class lists from files, and the year's end."""

from django.urls import path

from schools.views import rosters, school_year

app_name = "rosters"
urlpatterns = [
    path("<slug:udise_code>/students/", rosters.lists, name="lists"),
    path("<slug:udise_code>/students/empty/", rosters.empty, name="empty"),
    path("<slug:udise_code>/students/class/<int:pk>/", rosters.class_lists, name="class_lists"),
    path("<slug:udise_code>/students/lists/<int:list_pk>/", rosters.look, name="list"),
    path("<slug:udise_code>/students/lists/<int:list_pk>/rejected/", rosters.rejected, name="rejected"),
    path("<slug:udise_code>/students/lists/<int:list_pk>/apply/", rosters.apply, name="apply"),
    path("<slug:udise_code>/students/lists/<int:list_pk>/undo/", rosters.undo, name="undo"),
    path("<slug:udise_code>/students/lists/<int:list_pk>/discard/", rosters.discard, name="discard"),
    path("<slug:udise_code>/year/", school_year.year, name="year"),
    path("<slug:udise_code>/year/leavers/", school_year.leavers, name="leavers"),
    path("<slug:udise_code>/year/<int:pk>/", school_year.class_year, name="class_year"),
    path("<slug:udise_code>/year/<int:pk>/transfer/", school_year.transfer, name="transfer"),
]
