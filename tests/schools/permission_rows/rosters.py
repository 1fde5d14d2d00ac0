"""Class lists from files, cards as PDF, and the school year: the head's school, and the class of its teacher."""

from schools.models import SheetImport

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
rosters:lists                           in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
rosters:empty                           in  404  404  200  200  200  200  403  403  403  404  404  404  404  404  403
rosters:class_lists                     in  404  404  200  404  403  403  403  403  403  404  404  404  404  404  403
rosters:list                            in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
rosters:rejected                        in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
rosters:apply                           in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
rosters:undo                            in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
rosters:discard                         in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
rosters:year                            in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
rosters:leavers                         in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
rosters:class_year                      in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
rosters:transfer                        in  404  404  403  403  200  403  403  403  403  404  404  404  404  404  403
teach:cards_pdf                         in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
"""
"""`rosters:class_year` sends back to the year's page: no class is closed in the middle of a year."""

BY_POST = {"rosters:apply", "rosters:undo", "rosters:discard"}


def arguments(world) -> dict:
    """A waiting list of the school."""
    sheet = SheetImport.objects.create(
        kind=SheetImport.Kind.ROSTER,
        state=world.school.state,
        school=world.school,
        academic_year=world.classroom.academic_year,
        file_name="students.csv",
        status=SheetImport.Status.READ,
        asked_by=world.classroom.teachers.get(),
    )
    return {"list_pk": sheet.pk}
