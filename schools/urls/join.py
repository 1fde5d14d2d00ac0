"""`/join/`: how a student signs in."""

app_name = "join"
urlpatterns: list = []
