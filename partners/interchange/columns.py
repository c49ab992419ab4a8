"""The names that a community directory file uses, by version, and what each means in our shape.

Source: Open Referral's Human Services Data Specification (HSDS), data packages 1.1, 2.0 and the tabular
3.0, the flat files of the Ohana API that came before them, and those of a state's legal aid with the name of
the table before each column ("organization_uuid"). The first name that a file has is taken. A
column that is not listed here is kept verbatim, as is a whole file: its rows go with the organization,
location, service or contact that they point to.
"""

from dataclasses import dataclass, field

ORGANIZATION, LOCATION, SERVICE, CONTACT = "organization", "location", "service", "contact"
ENTITIES = (ORGANIZATION, LOCATION, SERVICE, CONTACT)

# The column by which a row says what it belongs to.
LINKS = {entity: f"{entity}_id" for entity in ENTITIES}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of the directory: the file names it may have, without .csv, and its columns.

    `columns` is our name for a value to the file's names for it. Of `needed`, a file must have the column,
    and a row of one of the four entities a value. `longest` is the most characters that our table holds.
    """

    files: tuple[str, ...]
    columns: dict[str, tuple[str, ...]]
    needed: tuple[str, ...]
    longest: dict[str, int] = field(default_factory=dict)


SHEETS = {
    ORGANIZATION: Sheet(
        files=("organizations", "organization"),
        columns={
            "id": ("id", "organization_uuid"),
            "name": ("name", "organization_name"),
            "aliases": ("alternate_name", "organization_alternate_name"),
            "description": ("description", "organization_description"),
            "website": ("website", "url", "urls", "organization_url"),
            "ein": ("tax_id", "organization_tax_id"),
        },
        needed=("id", "name"),
        longest={"id": 200, "name": 255, "aliases": 255},
    ),
    LOCATION: Sheet(
        files=("locations", "location"),
        columns={"id": ("id", "location_uuid"), "name": ("name", "location_name")},
        needed=("id",),
        longest={"id": 200, "name": 255},
    ),
    SERVICE: Sheet(
        files=("services", "service"),
        columns={
            "id": ("id", "service_uuid"),
            "name": ("name", "service_name"),
            "description": ("description", "service_description"),
            "languages": ("languages",),
        },
        needed=("id", "name"),
        longest={"id": 200, "name": 255},
    ),
    CONTACT: Sheet(
        files=("contacts", "contact"),
        columns={"id": ("id",), "name": ("name",), "role": ("title",), "email": ("email",)},
        needed=("id", "name"),
        longest={"id": 200, "name": 120, "role": 120},
    ),
}

ADDRESSES = Sheet(
    files=("addresses", "physical_addresses", "physical_address", "address"),
    columns={
        "street": ("address_1",),
        "street2": ("address_2",),
        "city": ("city",),
        "state": ("state_province", "state"),
        "postal_code": ("postal_code",),
    },
    needed=("street", "city"),
    longest={"street": 255, "street2": 255, "city": 120, "state": 40, "postal_code": 12},
)
MAIL_ADDRESSES = Sheet(
    files=("mail_addresses", "postal_addresses", "postal_address"),
    columns=ADDRESSES.columns,
    needed=ADDRESSES.needed,
    longest=ADDRESSES.longest,
)
PHONES = Sheet(
    files=("phones", "phone"),
    columns={
        "number": ("number",),
        "kind": ("number_type", "type"),
        "extension": ("extension",),
        "prefix": ("country_prefix",),
    },
    needed=("number",),
    longest={"number": 60},
)
LANGUAGES = Sheet(
    files=("languages", "language"),
    columns={"language": ("language", "name", "code")},
    needed=("language",),
    longest={"language": 60},
)
# Version 1.1 and later say in a table of their own at which locations a service is given.
SERVICE_AT_LOCATION = Sheet(
    files=("services_at_location", "service_at_location"),
    columns={"service_id": ("service_id",), "location_id": ("location_id",)},
    needed=("service_id", "location_id"),
)
SATELLITES = (ADDRESSES, MAIL_ADDRESSES, PHONES, LANGUAGES, SERVICE_AT_LOCATION)
