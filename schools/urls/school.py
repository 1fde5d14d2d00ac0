"""`/school/`: the head's and the safety lead's pages."""

app_name = "school"
urlpatterns: list = []
