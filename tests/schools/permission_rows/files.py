"""Published figures as files and as a report: for officials at the place or above it. And a head's answers."""

from schools.models import SchoolQuestion

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
files:home                              in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
files:table                             in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
files:workbook                          in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
files:cqube                             in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
files:report                            in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
files:report_pdf                        in  404  404  404  404  404  404  404  200  200  404  404  404  404  404  200
school:answer                           in  404  404  403  403  302  403  403  403  403  404  404  404  404  404  403
"""

BY_POST = {"school:answer"}


def arguments(world) -> dict:
    """The school's district; and a question that its head is asked."""
    school = world.school
    question = SchoolQuestion.objects.create(
        school=school, kind=SchoolQuestion.Kind.NOBODY_SIGNED_IN, subject="2026-11"
    )
    return {
        "place_kind": "district",
        "place_key": school.district_id,
        "table": "places",
        "question_id": question.pk,
    }
