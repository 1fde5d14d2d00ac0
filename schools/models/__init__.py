from schools.models.adoption import AdoptionCell, AdoptionWeek, StaleSchool
from schools.models.classes import Classroom, ClassroomTeacher, Enrolment
from schools.models.departments import Department, DepartmentApplication, PlannedModule
from schools.models.imports import SheetFile, SheetImport, SheetRow
from schools.models.invitations import Invitation, JoinRequest, SchoolCode
from schools.models.objectives import ObjectiveCell, ReleasedObjective
from schools.models.people import Membership, Role
from schools.models.places import Block, District, Management, School, SchoolCategory, State
from schools.models.plausibility import SchoolQuestion
from schools.models.progress import LessonProgress
from schools.models.released import Release, ReleasedCounts, ReleasedRules, ReleasedWeek
from schools.models.sessions import WholeClassSession
from schools.models.signin import TryWindow, WrongCode, WrongPin
from schools.models.teaching import Assignment, OptOut, ParentNotice, SchoolReadiness
from schools.models.tokens import ApiToken

__all__ = [
    "AdoptionCell",
    "AdoptionWeek",
    "ApiToken",
    "Assignment",
    "Block",
    "Classroom",
    "ClassroomTeacher",
    "Department",
    "DepartmentApplication",
    "District",
    "Enrolment",
    "Invitation",
    "JoinRequest",
    "LessonProgress",
    "Management",
    "Membership",
    "ObjectiveCell",
    "OptOut",
    "ParentNotice",
    "PlannedModule",
    "Release",
    "ReleasedCounts",
    "ReleasedObjective",
    "ReleasedRules",
    "ReleasedWeek",
    "Role",
    "School",
    "SchoolCategory",
    "SchoolCode",
    "SchoolQuestion",
    "SchoolReadiness",
    "SheetFile",
    "SheetImport",
    "SheetRow",
    "StaleSchool",
    "State",
    "TryWindow",
    "WholeClassSession",
    "WrongCode",
    "WrongPin",
]
