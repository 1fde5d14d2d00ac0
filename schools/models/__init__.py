from schools.models.adoption import AdoptionCell, Release, ReleasedCell, StaleSchool
from schools.models.classes import Classroom, ClassroomTeacher, Enrolment
from schools.models.people import Membership, Role
from schools.models.places import Block, Department, District, Management, School, SchoolCategory, State
from schools.models.progress import LessonProgress
from schools.models.signin import TryWindow, WrongCode, WrongPin
from schools.models.teaching import Assignment, OptOut, ParentNotice, SchoolReadiness

__all__ = [
    "AdoptionCell",
    "Assignment",
    "Block",
    "Classroom",
    "ClassroomTeacher",
    "Department",
    "District",
    "Enrolment",
    "LessonProgress",
    "Management",
    "Membership",
    "OptOut",
    "ParentNotice",
    "Release",
    "ReleasedCell",
    "Role",
    "School",
    "SchoolCategory",
    "SchoolReadiness",
    "StaleSchool",
    "State",
    "TryWindow",
    "WrongCode",
    "WrongPin",
]
