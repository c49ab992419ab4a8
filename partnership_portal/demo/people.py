"""The invented district, its six schools and its people. No address or number of these can be reached."""

from accounts.roles import Role

DISTRICT = {
    "name": "Larkmoor School District",
    "slug": "larkmoor",
    "state": "TX",
    "zone": "America/Chicago",
}
DISTRICT_ADDRESS = "2 Weir Street, Larkmoor, TX 00000"
DISTRICT_PHONE = "(555) 555-0100"

# slug, name, code, address, phone, pupils
SCHOOLS = (
    ("quillback", "Quillback Middle School", "QMS", "40 Tanner Street", "(555) 555-0110", 612),
    ("bellwether", "Bellwether High School", "BHS", "7 Signal Hill Road", "(555) 555-0111", 1140),
    ("harbor-street", "Harbor Street Elementary School", "HSE", "118 Harbor Street", "(555) 555-0112", 388),
    ("cedar-bend", "Cedar Bend Middle School", "CBM", "9 Cedar Bend", "(555) 555-0113", 540),
    ("saltmarsh", "Saltmarsh Elementary School", "SES", "61 Causeway", "(555) 555-0114", 421),
    ("tolland", "Tolland Street Elementary School", "TSE", "230 Tolland Street", "(555) 555-0115", 356),
)

DIRECTOR = "Ana Whitcombe"  # who brought the records in
# name, role, title, school slug ("" for the whole district), language
PEOPLE = (
    ("Dr. Rosalind Oyelaran", Role.PRINCIPAL, "Principal", "quillback", "en"),
    ("Imogen Tasker", Role.COORDINATOR, "Partnership coordinator", "quillback", "en"),
    (DIRECTOR, Role.STAFF, "Director of community partnerships", "", "en"),
    ("Luis O'Hara", Role.PREPARER, "School secretary", "quillback", "en"),
    ("Priya Nair", Role.VIEWER, "Front desk", "quillback", "en"),
    ("Devin Achterberg", Role.PRINCIPAL, "Principal", "bellwether", "en"),
    ("Mei Castellano", Role.COORDINATOR, "Community liaison", "bellwether", "es"),
    ("Solveig Brandvold", Role.PRINCIPAL, "Principal", "harbor-street", "en"),
    ("Tomás Echeverría", Role.COORDINATOR, "Enlace comunitario", "harbor-street", "es"),
    ("Kwame Asante-Boateng", Role.PRINCIPAL, "Principal", "cedar-bend", "en"),
    ("Hannah Weiss", Role.PRINCIPAL, "Principal", "saltmarsh", "en"),
    ("Roberto Fuentes Peña", Role.PRINCIPAL, "Principal", "tolland", "es"),
)

# school, need code, English, Spanish, source
FIGURES = (
    (
        "quillback",
        "attendance",
        "2 in 10 of our sixth graders missed a month or more of school",
        "2 de cada 10 estudiantes de sexto grado faltaron un mes o más",
        "District attendance report",
    ),
    (
        "quillback",
        "mental_health",
        "3 in 10 of our students told us that they have no adult to talk to",
        "3 de cada 10 estudiantes nos dijeron que no tienen con qué adulto hablar",
        "Student climate survey",
    ),
    (
        "quillback",
        "after_school",
        "4 in 10 of our families have nobody at home before six",
        "4 de cada 10 familias no tienen a nadie en casa antes de las seis",
        "Family survey",
    ),
    (
        "bellwether",
        "college_career",
        "Half of our seniors know nobody who went to college",
        "La mitad de nuestros estudiantes de último año no conoce a nadie que haya ido a la universidad",
        "Senior survey",
    ),
    (
        "bellwether",
        "substance_use",
        "1 in 8 of our students was offered a drug last year",
        "A 1 de cada 8 estudiantes le ofrecieron una droga el año pasado",
        "Student climate survey",
    ),
    (
        "harbor-street",
        "basic_needs",
        "6 in 10 of our children eat both breakfast and lunch at school",
        "6 de cada 10 niños desayunan y almuerzan en la escuela",
        "Meal program report",
    ),
    (
        "cedar-bend",
        "family_engagement",
        "1 in 3 of our families has never been inside the school",
        "1 de cada 3 familias nunca ha entrado a la escuela",
        "Family survey",
    ),
    (
        "saltmarsh",
        "early_childhood",
        "4 in 10 of our kindergartners come to us without any preschool",
        "4 de cada 10 niños llegan al kínder sin haber ido al preescolar",
        "Kindergarten entry survey",
    ),
    (
        "tolland",
        "trauma",
        "1 in 6 of our students lost somebody close last year",
        "1 de cada 6 estudiantes perdió a alguien cercano el año pasado",
        "Counselors' annual count",
    ),
)
