"""Teaching on one screen, and the briefing of the staff.

Only a teacher of the class starts, ends and mends a session; the head and the safety lead read what was
taught. The session of the table has ended, so its screen and its end lead on to the result.
"""

from django.utils import timezone

from cms.core.identifiers import uuid7
from schools.actions import sessions

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
sessions:home                           in  404  404  200  404  200  200  404  404  404  404  404  404  404  404  404
sessions:start                          in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
sessions:screen                         in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
sessions:notes                          in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
sessions:end                            in  404  404  302  404  403  403  404  404  404  404  404  404  404  404  404
sessions:result                         in  404  404  200  404  200  200  404  404  404  404  404  404  404  404  404
sessions:correct                        in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
sessions:undo                           in  404  404  200  404  403  403  404  404  404  404  404  404  404  404  404
school:briefing                         in  404  404  200  200  200  200  403  403  403  404  404  404  404  404  403
"""

BY_POST: set[str] = set()


def arguments(world) -> dict:
    teacher, session_id = world.classroom.teachers.get(), uuid7()
    sessions.start(
        id=session_id, classroom=world.classroom, lesson_key=world.arguments["lesson_key"], by=teacher
    )
    sessions.end(
        classroom=world.classroom,
        id=session_id,
        held_on=timezone.localdate(),
        headcount=2,
        hands={},
        by=teacher,
    )
    return {"session_id": session_id}
