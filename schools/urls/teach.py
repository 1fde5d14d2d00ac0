"""`/teach/`: a teacher's pages."""

app_name = "teach"
urlpatterns: list = []
