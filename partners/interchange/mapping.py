"""From a row of a community directory file to the values that our tables hold.

What can't be a value of ours (a tax number of five digits, a web address that is none) stays in `extra`
under its column, with a note; so does every column that we don't use.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.phones import as_e164

from .columns import (
    ADDRESSES,
    CONTACT,
    LANGUAGES,
    LOCATION,
    MAIL_ADDRESSES,
    ORGANIZATION,
    PHONES,
    SERVICE,
    SHEETS,
    Sheet,
)
from .problems import Problem
from .tables import Row, Table

NUMBER_SIGNS, NUMBER_DIGITS = 7, 3  # of a telephone number, at least
# A telephone that a person answers, first: in a directory's own words.
VOICE = ("voice", "main", "cell", "hotline", "")
WEB_ADDRESS = re.compile(r"(https?://)?[^\s/@:]+\.[^\s/@:]+([/:?#]\S*)?", re.IGNORECASE)
MAIL = re.compile(r"[^\s@<>;,]+@[^\s@<>;,]+\.[^\s@<>;,]+")
WEBSITE_LONGEST, EMAIL_LONGEST = 300, 254

Value = str | list[str]
Reader = Callable[[str], Value]


class NotOurs(Exception):
    """The text can't be a value of ours; the argument is the code of the note that says so."""


def map_row(
    entity: str, table: Table, row: Row, fields: dict[str, Any], extra: dict[str, Any]
) -> list[Problem]:
    """Fill `fields` from the row and the rows that hang on it in `extra`; add to `extra` what is not used.

    Out: notes on values that were kept aside.
    """
    notes: list[Problem] = []
    used: set[str] = set()
    for ours, names in SHEETS[entity].columns.items():
        column = table.column(*names)
        if ours == "id" or not column:
            used.add(column)
            continue
        text = row.values[column].strip()
        try:
            fields[ours] = READERS.get(ours, str)(text)
        except NotOurs as code:
            fields[ours] = ""
            notes.append(row.problem(str(code), column, value=text))
        if fields[ours] == text:
            used.add(column)
    satellites = dict(extra)
    extra |= {column: value for column, value in row.values.items() if column not in used and value}
    fields |= FROM_SATELLITES[entity](satellites)
    return notes


def website(text: str) -> str:
    """A web address with its scheme; http where none is given. Raises NotOurs."""
    if not text:
        return ""
    if not WEB_ADDRESS.fullmatch(text) or len(text) > WEBSITE_LONGEST - len("http://"):
        raise NotOurs("not_a_website")
    return text if text.lower().startswith("http") else f"http://{text}"


def tax_number(text: str) -> str:
    """A federal tax number as it is written, "94-1234567". Raises NotOurs where it has not nine digits."""
    if not text:
        return ""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{9}", digits):
        raise NotOurs("not_a_tax_id")
    return f"{digits[:2]}-{digits[2:]}"


def email(text: str) -> str:
    """An e-mail address. Raises NotOurs."""
    if len(text) > EMAIL_LONGEST:
        raise NotOurs("not_an_email")
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise NotOurs("not_an_email") from error
    return text


def padded_tax_number(text: str) -> str:
    """A federal tax number, with the zeros in front that a spreadsheet took. Raises NotOurs."""
    digits = re.sub(r"\D", "", text)
    return tax_number(digits.zfill(9) if re.fullmatch(r"[0-9]{7,8}", text) else text)


def telephone_number(text: str) -> str:
    """A telephone number of a cell, as E.164 where it can be read; 1-800-FLOWERS is one. Raises NotOurs."""
    number = as_e164(text)
    signs = [sign for sign in text if sign.isalnum()]
    is_short = len(signs) < NUMBER_SIGNS or sum(sign.isdigit() for sign in signs) < NUMBER_DIGITS
    if text and (is_short or "@" in text or len(number) > PHONES.longest["number"]):
        raise NotOurs("not_a_phone")
    return number


def first_address(text: str) -> str:
    """The first e-mail address of a cell: "Ana Ruiz <ana@x.example>; bo@x.example". Raises NotOurs."""
    if not text:
        return ""
    found: Iterator[str] = (one[0] for one in MAIL.finditer(text))
    return email(next(found, text))


def listed(text: str) -> list[str]:
    """The parts of a list in one cell, "English, Spanish"; each once, those that our table holds."""
    parts = (part.strip() for part in re.split(r"[,;|]", text))
    return list(dict.fromkeys(part for part in parts if part and len(part) <= LANGUAGES.longest["language"]))


def one(text: str) -> list[str]:
    """A list of the one value, or of none: another name may hold a comma."""
    return [text] if text else []


READERS: dict[str, Reader] = {
    "aliases": one,
    "website": website,
    "ein": tax_number,
    "email": email,
    "languages": listed,
}


def first_row(extra: dict[str, Any], sheet: Sheet) -> dict[str, str]:
    """The values of the first row of a table that hangs on a record, by our names, those that fit."""
    for row in hanging(extra, sheet):
        return {ours: text for ours, text in row.items() if len(text) <= sheet.longest.get(ours, len(text))}
    return {}


def hanging(extra: dict[str, Any], sheet: Sheet) -> list[dict[str, str]]:
    """The rows of a table that hang on a record, by our names for their values."""
    rows: list[dict[str, str]] = next(
        (extra[f"{name}.csv"] for name in sheet.files if f"{name}.csv" in extra), []
    )
    return [
        {
            ours: next((row[name].strip() for name in names if name in row), "")
            for ours, names in sheet.columns.items()
        }
        for row in rows
    ]


def telephone(extra: dict[str, Any]) -> str:
    """The number to call, as E.164 where it can be read: the first one that a person answers; "" for none."""
    for row in hanging(extra, PHONES):
        if row["kind"].lower() in VOICE and row["number"]:
            number = as_e164(row["number"], row["prefix"], row["extension"])
            return number if len(number) <= PHONES.longest["number"] else ""
    return ""


def of_location(extra: dict[str, Any]) -> dict[str, Any]:
    """Where it is, else where its mail goes; its telephone."""
    address = first_row(extra, ADDRESSES) or first_row(extra, MAIL_ADDRESSES)
    return {ours: address.get(ours, "") for ours in ADDRESSES.columns} | {"phone": telephone(extra)}


def of_service(extra: dict[str, Any]) -> dict[str, Any]:
    """Its languages, where they have a table of their own."""
    names = listed(",".join(row["language"] for row in hanging(extra, LANGUAGES)))
    return {"languages": names} if names else {}


def of_contact(extra: dict[str, Any]) -> dict[str, Any]:
    """The contact's telephone."""
    return {"phone": telephone(extra)}


def of_organization(extra: dict[str, Any]) -> dict[str, Any]:
    """Nothing: an organization's own telephone is kept verbatim."""
    return {}


FROM_SATELLITES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    ORGANIZATION: of_organization,
    LOCATION: of_location,
    SERVICE: of_service,
    CONTACT: of_contact,
}
