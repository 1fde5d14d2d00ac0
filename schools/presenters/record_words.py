"""What each event of the audit log says, in words. A test holds that no code is without."""

from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, tuple[Any, dict[str, Any]]] = {
    "people": (
        _("People and roles"),
        {
            "membership.added": _("A role was given."),
            "membership.ended": _("A role was ended."),
            "invitation.sent": _("A person was invited."),
            "invitation.withdrawn": _("An invitation was taken back."),
            "invitation.accepted": _("An invitation was accepted."),
            "account.created": _("A person made their account."),
            "account.second_factor_removed": _("The second step at sign-in was taken off an account."),
            "join_request.made": _("A person asked for a role."),
            "join_request.approved": _("A person's request was approved."),
            "join_request.refused": _("A person's request was refused."),
            "school.joined": _("A school joined."),
            "school_codes.issued": _("Codes for schools were made."),
            "school_codes.shown": _("Codes for schools were printed or taken as a file."),
            "school_code.issued": _("A school got a new code."),
            "school_code.withdrawn": _("A school's code was taken back."),
            "classroom.teacher_added": _("A teacher was added to a class."),
            "classroom.teacher_removed": _("A teacher was taken off a class."),
        },
    ),
    "department": (
        _("The department and its plan"),
        {
            "department.applied": _("A department asked to be let in."),
            "department.email_confirmed": _("A department's e-mail address was confirmed."),
            "department.asked": _("The operator asked a department back."),
            "department.answered": _("A department answered the operator."),
            "department.approved": _("A department was approved."),
            "department.refused": _("A department was refused."),
            "department.let_in": _("A department's place on the site was made."),
            "department.status_suspended": _("A state was suspended."),
            "department.status_approved": _("A state was opened again."),
            "department.settings_changed": _("A state's settings were changed."),
            "plan.line_added": _("A module was put into the state's plan."),
            "plan.line_changed": _("A day of the state's plan was changed."),
            "plan.line_removed": _("A module was taken out of the state's plan."),
            "plan.copied": _("The state's plan was copied from another year."),
            "help_line.added": _("A state's help line was added."),
            "help_line.changed": _("A state's help line was changed."),
            "help_line.called": _("A state's help line was checked."),
            "help_line.withdrawn": _("A state's help line was taken down."),
        },
    ),
    "lists": (
        _("Lists of schools and students"),
        {
            "list.sent": _("A list was sent in."),
            "list.read": _("A list was read and checked."),
            "list.applied": _("A list was carried out."),
            "list.undone": _("What a list had changed was undone."),
            "list.discarded": _("A list was put aside."),
            "list.rejected_rows_taken": _("The rows of a list that were not taken were downloaded."),
            "roster.applied": _("A class list was carried out."),
            "roster.undone": _("What a class list had changed was undone."),
            "leavers.removed": _("The records of students who had left were deleted."),
        },
    ),
    "students": (
        _("Students' sign-in"),
        {
            "students.added": _("Students were added to a class."),
            "student.left": _("A student left a class."),
            "student.rejoined": _("A student came back to a class."),
            "student.transferred": _("A student went to another class of the school."),
            "student.pin_reset": _("A student got a new picture PIN."),
            "student.unlocked": _("A student's sign-in was unlocked."),
            "cards.shown": _("Sign-in cards were shown."),
            "sign_in.opened": _("Sign-in was opened for a class."),
            "sign_in.closed": _("Sign-in was closed for a class."),
            "sign_in.window_opened": _("More tries at signing in were allowed for a class."),
        },
    ),
    "results": (
        _("Looks at students' results"),
        {"results.opened": _("A quiz's results were opened student by student.")},
    ),
    "teaching": (
        _("Classes and modules"),
        {
            "classroom.created": _("A class was made."),
            "classroom.closed": _("A class was closed for the year."),
            "module.assigned": _("A module was given to a class."),
            "module.dates_changed": _("A module's dates were changed."),
            "module.undone": _("A module was taken back from a class."),
            "session.ended": _("A lesson was taught to a whole class."),
            "session.corrected": _("The record of a lesson taught to a class was corrected."),
            "session.undone": _("The record of a lesson taught to a class was taken back."),
            "parent_notice.recorded": _("Families were told about a module."),
            "opt_out.recorded": _("A family opted out."),
            "opt_out.withdrawn": _("A family's opt-out was taken back."),
            "other_work.kept": _("A teacher wrote down which students have other work."),
            "school_question.answered": _("A question about a school's figures was answered."),
            "readiness.updated": _("What the school has in place was changed."),
        },
    ),
    "keys": (
        _("Keys, files and the log"),
        {
            "token.issued": _("A key to the figures was made."),
            "token.revoked": _("A key to the figures was ended."),
            "token.used": _("A key to the figures was used on this day."),
            "adoption.exported": _("Published figures were downloaded as a file."),
            "records.exported": _("This log was downloaded as a file."),
            "records.forgotten": _("The oldest events of the log were deleted."),
            "account.signed_out_elsewhere": _("A person ended sign-ins of their own account."),
        },
    ),
}
"""By kind of event: its name, and the sentence of each code."""

DETAILS: dict[str, Any] = {
    "reason": _("Reason"),
    "role": _("Role"),
    "teacher": _("Teacher"),
    "module": _("Module"),
    "number": _("Number"),
    "name": _("Name"),
    "since": _("From"),
    "until": _("Until"),
    "given_on": _("Given on"),
    "opens_on": _("Opens on"),
    "due_on": _("Due on"),
    "expires_on": _("Ends on"),
}
"""The details that a row shows, in this order. All others stand in the file only."""

SENTENCES = {code: words for _name, codes in KINDS.values() for code, words in codes.items()}


def sentence(action: str) -> str:
    """An action in words; a code that an older release wrote and this one no longer knows, as it stands."""
    return str(SENTENCES.get(action, action))
