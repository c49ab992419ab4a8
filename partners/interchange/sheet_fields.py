"""What a column of a person's own sheet can be, and which one it probably is: by its name, then by its cells.

Names are known in English and Spanish, in the normal form of partners/search.py.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.search import normal

from .mapping import WEB_ADDRESS
from .tables import Table
from .vocabulary import kinds

# Under this name left out rows go back; the mended file may still have it. In both languages, normal form.
REASON = _("Why this row was left out")
REASONS = ("why this row was left out", "por que se omitio esta fila")
LOOKED_AT = 200  # rows whose cells say what a column is
MOSTLY = 0.6  # of the cells that hold something
SAMPLES, SAMPLE_LONGEST = 3, 60


class Field(StrEnum):
    """What a column means; the value is kept in mappings."""

    NAME = "name"
    ALIASES = "aliases"
    EIN = "ein"
    WEBSITE = "website"
    KIND = "kind"
    SECTORS = "sectors"
    TAGS = "tags"
    DESCRIPTION = "description"
    CONTACT = "contact"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    ROLE = "role"
    EMAIL = "email"
    PHONE = "phone"
    PLACE = "place"
    ADDRESS = "address"
    STREET = "street"
    CITY = "city"
    STATE = "state"
    ZIP = "zip"
    SERVICE = "service"
    NEEDS = "needs"
    TIERS = "tiers"
    GRADES = "grades"
    SCHOOLS = "schools"
    STAGE = "stage"
    ID = "id"
    NOTES = "notes"
    LEFT_OUT = "left_out"


LABELS: dict[Field, Promise] = {
    Field.NAME: _("Name of the organization"),
    Field.ALIASES: _("Other name"),
    Field.EIN: _("EIN"),
    Field.WEBSITE: _("Website"),
    Field.KIND: _("Kind"),
    Field.SECTORS: _("Sector"),
    Field.TAGS: _("Tags"),
    Field.DESCRIPTION: _("What they do"),
    Field.CONTACT: _("Contact person"),
    Field.FIRST_NAME: _("First name of the contact person"),
    Field.LAST_NAME: _("Last name of the contact person"),
    Field.ROLE: _("Role of the contact person"),
    Field.EMAIL: _("E-mail"),
    Field.PHONE: _("Phone"),
    Field.PLACE: _("Name of a place"),
    Field.ADDRESS: _("Whole address in one cell"),
    Field.STREET: _("Street"),
    Field.CITY: _("City"),
    Field.STATE: _("State"),
    Field.ZIP: _("ZIP code"),
    Field.SERVICE: _("Service"),
    Field.NEEDS: _("Needs"),
    Field.TIERS: _("For how many students"),
    Field.GRADES: _("Grades"),
    Field.SCHOOLS: _("Schools"),
    Field.STAGE: _("Stage"),
    Field.ID: _("Number in another system"),
    Field.NOTES: _("Notes"),
    Field.LEFT_OUT: _("Nothing: leave it out"),
}

# Names of columns, whole; before a bar those that are sure. The first column of a field gets it.
NAMES: dict[Field, str] = {
    Field.NAME: "organization name, partner name, agency name, organization, organisation, partner, agency,"
    " community partner, business name, company, nombre de la organizacion, organizacion,"
    " organizacion aliada, aliado, agencia, empresa | name, nombre, provider, proveedor, vendor",
    Field.ALIASES: "alternate name, other name, other names, otros nombres, also known as, aka, dba,"
    " acronym, nickname, otro nombre, siglas, conocido como",
    Field.EIN: "ein, tax id, federal tax id, fein, tax number, ein number, tin, numero fiscal,"
    " numero de identificacion fiscal",
    Field.WEBSITE: "website, web site, url, web, web address, homepage, sitio web, pagina web, sitio",
    Field.KIND: "kind, legal form, legal status, kind of organization, forma juridica, tipo de entidad",
    Field.SECTORS: "sector, sectors, sector s, community sector, sectores | type of organization,"
    " organization type, category, partner type, type, tipo, tipo de organizacion, categoria",
    Field.TAGS: "tags, tag, labels, keywords, etiquetas, palabras clave",
    Field.DESCRIPTION: "description, about, mission, what they do, summary, descripcion, mision, que hacen,"
    " que hace",
    Field.CONTACT: "contact person, contact name, primary contact, main contact, contact, point of contact,"
    " poc, liaison, contacto, persona de contacto, nombre del contacto, contacto principal, enlace,"
    " executive director name",
    Field.FIRST_NAME: "first name, contact first name, first, nombre de pila, nombre del contacto propio,"
    " primer nombre",
    Field.LAST_NAME: "last name, contact last name, surname, last, apellido, apellidos",
    Field.ROLE: "role, title, job title, contact title, position, cargo, puesto, titulo, rol, funcion",
    Field.EMAIL: "email, e mail, email address, e mail address, contact email, mail, correo,"
    " correo electronico, direccion de correo",
    Field.PHONE: "phone, phone number, telephone, tel, contact number, contact phone, office phone, cell,"
    " mobile, telefono, numero de telefono, celular, phone no",
    Field.PLACE: "site name, location name, place, facility, name of site, sede, nombre del lugar, lugar",
    Field.ADDRESS: "address, full address, mailing address, location, location 1, physical address,"
    " direccion, domicilio, ubicacion",
    Field.STREET: "street, street address, address 1, address line 1, calle, direccion 1",
    Field.CITY: "city, town, municipality, borough, borough community, ciudad, municipio, city town",
    Field.STATE: "state, st, province, estado",
    Field.ZIP: "zip, zip code, zipcode, postal code, postcode, codigo postal, cp",
    Field.SERVICE: "service, services, service name, program, program name, services offered, programs,"
    " services provided, servicio, servicios, programa, programas, activity, actividad",
    Field.NEEDS: "need, needs, needs met, area of need, focus area, focus areas, needs addressed, necesidad,"
    " necesidades, area de enfoque",
    Field.TIERS: "tier, tiers, mtss tier, level of support, for how many students, nivel, niveles,"
    " nivel de apoyo, para cuantos estudiantes",
    Field.GRADES: "grade, grades, grade level, grade levels, grades served, age group, ages,"
    " grade level age group, grado, grados, edades",
    Field.SCHOOLS: "school, schools, school s, schools served, school name, campus, campuses, school site,"
    " sites served, buildings, building, escuela, escuelas, plantel, planteles, escuelas atendidas",
    Field.STAGE: "stage, status, partnership status, etapa, estado de la alianza, situacion, estatus",
    Field.ID: "id, record id, partner id, vendor id, vendor number, partner number, identificador",
    Field.NOTES: "notes, note, comments, comment, remarks, notas, comentarios, observaciones",
}

WORDS: dict[str, Field] = {
    name: field
    for sure in (True, False)
    for field, text in NAMES.items()
    for name in map(str.strip, (text.split("|")[0] if sure else text.partition("|")[2]).split(","))
    if name
}
# What our own list tells and no file can say of a partner; left out where all of them stand side by side.
TOLD = (
    {"looked after by", "next step", "agreement until", "last contact"},
    {"a cargo de", "proximo paso", "convenio hasta", "ultimo contacto"},
)
LESS_SURE = {name.strip() for text in NAMES.values() for name in text.partition("|")[2].split(",")} - {""}

Cells = Callable[[str], bool]
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
PHONE = re.compile(r"\+?[\d().\s-]{10,18}(\s*(x|ext\.?)\s*\d+)?", re.IGNORECASE)
TAX = re.compile(r"\d{2}-\d{7}")
ZIP = re.compile(r"\d{5}(-\d{4})?")
STREET = re.compile(r"\d+[A-Za-z]?\s+\S.*")
BY_CELLS: tuple[tuple[Field, Cells], ...] = (
    (Field.EMAIL, lambda cell: bool(EMAIL.fullmatch(cell))),
    (Field.EIN, lambda cell: bool(TAX.fullmatch(cell))),
    (Field.ZIP, lambda cell: bool(ZIP.fullmatch(cell))),
    (Field.PHONE, lambda cell: bool(PHONE.fullmatch(cell))),
    (Field.WEBSITE, lambda cell: bool(WEB_ADDRESS.fullmatch(cell)) and " " not in cell),
    (Field.STATE, lambda cell: len(cell) == 2 and cell.isalpha() and cell.isupper()),
    (Field.STREET, lambda cell: bool(STREET.fullmatch(cell))),
)


def guess(table: Table, schools: Collection[str] = ()) -> dict[str, str]:
    """Each column's field, "" for one that is kept aside. `schools`: normal forms of what schools are called.

    Sure names first, then less sure ones, then what the cells look like; at last, where no column is the
    name, the first column of words that are mostly different.
    """
    said = {column: WORDS.get(normal(column)) for column in table.columns}
    said |= dict.fromkeys(_columns_of_kinds(table), Field.KIND)
    found: dict[str, Field] = dict.fromkeys(_told_by_us(table.columns), Field.LEFT_OUT)
    for wanted in (False, True):
        for column, field in said.items():
            if field and (normal(column) in LESS_SURE) == wanted and field not in found.values():
                found[column] = field
    for column in table.columns:
        if column not in found:
            field = _by_cells(list(_cells(table, column)), set(schools))
            if field and field not in found.values():
                found[column] = field
    if Field.NAME not in found.values():
        found |= _name_by_cells(table, found)
    return {column: str(found.get(column, "")) for column in table.columns}


def samples(table: Table, column: str) -> list[str]:
    """The first cells of a column that hold something and differ, cut to what a page has room for."""
    cells = (" ".join(row.values[column].split()) for row in table.rows)
    different = dict.fromkeys(cell for cell in cells if cell)
    return [_cut(cell) for cell, _none in zip(different, range(SAMPLES), strict=False)]


def header_key(columns: Sequence[str]) -> str:
    """The names of a sheet's columns in their normal form: sheets that are alike in it are mapped alike."""
    return "\n".join(normal(column) for column in said_by_people(columns))


def said_by_people(columns: Sequence[str]) -> list[str]:
    """The columns without the one that an earlier import of ours added."""
    return [column for column in columns if normal(column) not in REASONS]


def _cells(table: Table, column: str) -> Iterator[str]:
    for row in table.rows[:LOOKED_AT]:
        if cell := row.values[column].strip():
            yield cell


def _by_cells(cells: list[str], schools: set[str]) -> Field | None:
    """The field whose cells look like these, where most of them do."""
    if not cells:
        return None
    tests = (*BY_CELLS, (Field.SCHOOLS, lambda cell: normal(cell) in schools))
    return next((field for field, is_one in tests if sum(map(is_one, cells)) >= MOSTLY * len(cells)), None)


def _columns_of_kinds(table: Table) -> Iterator[str]:
    """Those of a name that is not sure ("Type"), whose cells are mostly kinds of organizations."""
    known = kinds()
    for column in table.columns:
        cells = [normal(cell) for cell in _cells(table, column)] if normal(column) in LESS_SURE else []
        if cells and sum(cell in known for cell in cells) >= MOSTLY * len(cells):
            yield column


def _told_by_us(columns: Sequence[str]) -> Iterator[str]:
    names = {column: normal(column) for column in columns}
    told = next((some for some in TOLD if some <= set(names.values())), set())
    return (column for column, name in names.items() if name in told)


def _name_by_cells(table: Table, found: Mapping[str, Field]) -> dict[str, Field]:
    for column in table.columns:
        cells = [cell for cell in _cells(table, column) if re.search(r"[^\W\d_]{2}", cell)]
        if column not in found and len(cells) > len(table.rows[:LOOKED_AT]) / 2:
            most = Counter(cells).most_common(1)[0][1]
            if most <= max(1, len(cells) / 2):
                return {column: Field.NAME}
    return {}


def _cut(text: str) -> str:
    return text if len(text) <= SAMPLE_LONGEST else f"{text[: SAMPLE_LONGEST - 1]}…"
