"""`/teach/`: a teacher's pages."""

from django.urls import URLPattern, URLResolver, include, path

from schools.views import (
    teach,
    teach_assign,
    teach_notice,
    teach_preview,
    teach_results,
    teach_roster,
    teach_sign_in,
)

app_name = "teach"
students = [
    path("", teach_roster.roster, name="roster"),
    path("add/", teach_roster.roster_add, name="roster_add"),
    path("cards/", teach_roster.cards, name="cards"),
    path("cards/pdf/", teach_roster.cards_pdf, name="cards_pdf"),
    path("<int:enrolment_pk>/reset-pin/", teach_roster.reset_pin, name="reset_pin"),
    path("<int:enrolment_pk>/unlock/", teach_roster.unlock, name="unlock"),
    path("<int:enrolment_pk>/leave/", teach_roster.leave, name="leave"),
    path("<int:enrolment_pk>/rejoin/", teach_roster.rejoin, name="rejoin"),
]
sign_in = [
    path("", teach_sign_in.sign_in, name="sign_in"),
    path("window/", teach_sign_in.window, name="window"),
    path("board/", teach_sign_in.board, name="board"),
    path("poster/", teach_sign_in.poster, name="poster"),
]
modules = [
    path("", teach_assign.assign, name="assign"),
    path("<uuid:module_key>/", teach_assign.assign_module, name="assign_module"),
    path("<int:assignment_pk>/dates/", teach_assign.dates, name="dates"),
    path("<int:assignment_pk>/undo/", teach_assign.undo, name="undo"),
]
results = [
    path("", teach_results.results, name="results"),
    path("<int:quiz_id>/", teach_results.quiz_results, name="quiz_results"),
    path("<int:quiz_id>/students/", teach_results.quiz_students, name="quiz_students"),
]
of_a_class: list[URLPattern | URLResolver] = [
    path("", teach.classroom, name="classroom"),
    path("teachers/", teach.teachers, name="teachers"),
    path("teachers/add/", teach.teacher_add, name="teacher_add"),
    path("teachers/remove/", teach.teacher_remove, name="teacher_remove"),
    path("students/", include(students)),
    path("sign-in/", include(sign_in)),
    path("modules/", include(modules)),
    path("notice/", teach_notice.notice, name="notice"),
    path("notice/sheet/", teach_notice.notice_sheet, name="notice_sheet"),
    path("notice/other-work/", teach_notice.opt_outs, name="opt_outs"),
    path("results/", include(results)),
]
urlpatterns = [
    path("", teach.home, name="home"),
    path("classes/new/", teach.class_new, name="class_new"),
    path("classes/<int:pk>/", include(of_a_class)),
    path("sign-in.svg", teach_sign_in.qr_code, name="qr_code"),
    path("modules/", teach_preview.modules, name="modules"),
    path("preview/<slug:module_slug>/", teach_preview.preview_module, name="preview_module"),
    path(
        "preview/<slug:module_slug>/quiz/<int:quiz_id>/<int:number>/",
        teach_preview.preview_quiz,
        name="preview_quiz",
    ),
    path(
        "preview/<slug:module_slug>/<slug:lesson_slug>/", teach_preview.preview_lesson, name="preview_lesson"
    ),
    path("guide/<slug:module_slug>/", teach_preview.guide, name="guide"),
    path("guide/<slug:module_slug>/<slug:lesson_slug>/", teach_preview.guide_lesson, name="guide_lesson"),
]
