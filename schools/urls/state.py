"""`/state/`: a state administrator's settings, plan and help lines."""

from django.urls import path

from schools.views import state, state_help_lines, state_plan

app_name = "state"
urlpatterns = [
    path("", state.index, name="index"),
    path("<str:code>/", state.home, name="home"),
    path("<str:code>/settings/", state.settings, name="settings"),
    path("<str:code>/plan/", state_plan.plan, name="plan"),
    path("<str:code>/plan/copy/", state_plan.copy, name="plan_copy"),
    path("<str:code>/plan/<int:pk>/", state_plan.line, name="plan_line"),
    path("<str:code>/plan/<int:pk>/remove/", state_plan.remove, name="plan_remove"),
    path("<str:code>/help-lines/", state_help_lines.listed, name="help_lines"),
    path("<str:code>/help-lines/add/", state_help_lines.add, name="help_line_add"),
    path("<str:code>/help-lines/<int:pk>/", state_help_lines.edit, name="help_line"),
    path("<str:code>/help-lines/<int:pk>/called/", state_help_lines.called, name="help_line_called"),
    path("<str:code>/help-lines/<int:pk>/withdraw/", state_help_lines.withdraw, name="help_line_withdraw"),
]
