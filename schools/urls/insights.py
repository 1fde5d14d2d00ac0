"""`/insights/`: adoption, for officials."""

app_name = "insights"
urlpatterns: list = []
