"""`/imports/`: a state's administrator brings its lists in; nobody else does, and other states' are not found.

Officials see the state and may not; whoever holds no role at the state finds nothing there. The first page
names no place, so all who are signed in as staff are refused.
"""

from schools.models import SheetImport, SheetRow
from tests.factories import StaffFactory

TABLE = """
#                                      vis  stu o.st  tea coll head lead blck dist  sta o.te o.he o.sa form edit  adm
imports:home                            in  404  404  403  403  403  403  403  403  403  403  403  403  403  403  302
imports:state                           in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:new                             in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:columns                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:sheet                           in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:rejected                        in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:apply                           in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  200
imports:undo                            in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
imports:discard                         in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
imports:read_again                      in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
imports:begin_again                     in  404  404  404  404  404  404  404  404  403  404  404  404  404  404  302
"""

BY_POST = {"imports:apply", "imports:undo", "imports:discard", "imports:read_again", "imports:begin_again"}


def arguments(world) -> dict:
    """A list of the world's state that was read, with one row to mend and nothing to apply."""
    sheet = SheetImport.objects.create(
        kind="schools",
        state=world.school.state,
        file_name="schools.csv",
        asked_by=StaffFactory(),
        status="read",
    )
    SheetRow.objects.create(sheet=sheet, number=2, action="fault", values={"name": "Kite"})
    return {"sheet_pk": sheet.pk, "kind": "schools", "form": "csv"}
