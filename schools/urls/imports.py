"""`/imports/`: the lists of blocks and schools."""

from django.urls import include, path

from schools.views import imports

app_name = "imports"
of_a_sheet = [
    path("", imports.sheet, name="sheet"),
    path("apply/", imports.apply, name="apply"),
    path("undo/", imports.undo, name="undo"),
    path("discard/", imports.discard, name="discard"),
    path("read-again/", imports.read_again, name="read_again"),
    path("begin-again/", imports.begin_again, name="begin_again"),
    path("to-mend.<str:form>", imports.rejected, name="rejected"),
]
urlpatterns = [
    path("", imports.home, name="home"),
    path("<str:code>/", imports.state, name="state"),
    path("<str:code>/new/", imports.new, name="new"),
    path("<str:code>/columns/<str:kind>/", imports.columns, name="columns"),
    path("<str:code>/<int:sheet_pk>/", include(of_a_sheet)),
]
