"""`/people/`: invitations, codes, requests, roles."""

from django.urls import path

from schools.views import people, people_codes, people_invitation, people_join, people_school

PLACE = "places/<slug:kind>/<int:place_id>"
SCHOOL = "school/<slug:udise_code>"

app_name = "people"
urlpatterns = [
    path("", people.home, name="home"),
    path("join/", people_join.join, name="join"),
    path("ask/", people_join.ask, name="ask"),
    path("sent/", people_join.sent, name="sent"),
    path("waiting/", people_invitation.waiting, name="waiting"),
    path("invitation/<str:token>/", people_invitation.invitation, name="invitation"),
    path("invitations/<int:invitation_id>/again/", people.invite_again, name="invite_again"),
    path("invitations/<int:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
    path("roles/<int:role_id>/end/", people.end, name="end"),
    path("requests/<int:request_id>/", people_school.decide, name="decide"),
    path(f"{PLACE}/", people.officials, name="officials"),
    path(f"{PLACE}/invite/", people.invite, name="invite"),
    path(f"{PLACE}/requests/", people_school.requests, name="requests"),
    path(f"{PLACE}/codes/", people_codes.codes, name="codes"),
    path(f"{PLACE}/codes/issue/", people_codes.issue, name="codes_issue"),
    path(f"{PLACE}/codes/file/", people_codes.file, name="codes_file"),
    path(f"{PLACE}/codes/slips/", people_codes.slips, name="codes_slips"),
    path(f"{PLACE}/codes/slips.pdf", people_codes.slips_pdf, name="codes_pdf"),
    path(f"{SCHOOL}/", people_school.school, name="school"),
    path(f"{SCHOOL}/invite/", people.invite_to_school, name="invite_to_school"),
    path(f"{SCHOOL}/code/again/", people_codes.reissue, name="code_again"),
    path(f"{SCHOOL}/code/withdraw/", people_codes.withdraw, name="code_withdraw"),
    path(f"{SCHOOL}/code/slip/", people_codes.slip, name="code_slip"),
    path(f"{SCHOOL}/staff-code/", people_codes.staff_code, name="staff_code"),
    path(f"{SCHOOL}/staff-code/withdraw/", people_codes.staff_code_withdraw, name="staff_code_withdraw"),
]
