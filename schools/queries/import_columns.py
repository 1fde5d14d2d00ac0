"""The columns of the lists that a state brings in, and what their headings may be called."""

from schools.models import SheetImport
from schools.sheets import Column

DISTRICT = ("District", "District name", "Dist", "ज़िला", "ज़िले का नाम", "जनपद", "जिल्हा", "ضلع")
BLOCK = (
    "Block",
    "Block name",
    "Education block",
    "ब्लॉक",
    "ब्लॉक का नाम",
    "विकासखंड",
    "विकास खंड",
    "प्रखंड",
    "بلاک",
)

SCHOOL_COLUMNS = (
    Column(
        "udise_code",
        (
            "UDISE code",
            "UDISE",
            "UDISE+ code",
            "UDISE school code",
            "School code",
            "School UDISE code",
            "यूडाइस कोड",
            "यूडाइस",
            "विद्यालय कोड",
            "यू-डाइस कोड",
            "یوڈائس کوڈ",
        ),
        is_required=True,
        is_code=True,
    ),
    Column(
        "name",
        (
            "School name",
            "School",
            "Name",
            "Name of school",
            "Name of the school",
            "विद्यालय का नाम",
            "विद्यालय",
            "स्कूल का नाम",
            "स्कूल",
            "नाम",
            "اسکول کا نام",
        ),
        is_required=True,
    ),
    Column("district", DISTRICT, is_required=True),
    Column("block", BLOCK, is_required=True),
    Column(
        "category",
        (
            "Category",
            "School category",
            "Category code",
            "School category code",
            "श्रेणी",
            "विद्यालय श्रेणी",
            "स्कूल श्रेणी",
        ),
        is_required=True,
        is_code=True,
    ),
    Column(
        "management",
        (
            "Management",
            "School management",
            "Management code",
            "Managed by",
            "प्रबंधन",
            "विद्यालय प्रबंधन",
            "प्रबंधन कोड",
        ),
        is_required=True,
        is_code=True,
    ),
    Column(
        "mediums",
        (
            "Mediums",
            "Medium",
            "Medium of instruction",
            "Mediums of instruction",
            "Languages of teaching",
            "माध्यम",
            "शिक्षण माध्यम",
            "शिक्षा का माध्यम",
        ),
        is_code=True,
    ),
    Column(
        "pin_code",
        ("PIN code", "PIN", "Pincode", "Postal code", "पिन कोड", "पिन"),
        is_code=True,
    ),
)
BLOCK_COLUMNS = (
    Column("district", DISTRICT, is_required=True),
    Column("block", BLOCK, is_required=True),
    Column("district_code", ("District code", "ज़िला कोड", "जनपद कोड"), is_code=True),
    Column("block_code", ("Block code", "Education block code", "ब्लॉक कोड", "विकासखंड कोड"), is_code=True),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    SheetImport.Kind.BLOCKS: BLOCK_COLUMNS,
    SheetImport.Kind.SCHOOLS: SCHOOL_COLUMNS,
}
