"""`/class/`: a student's own pages."""

app_name = "learning"
urlpatterns: list = []
