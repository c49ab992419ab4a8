"""Telephone numbers: kept as E.164 where they can be read as one, shown as people write them at home."""

import phonenumbers
from phonenumbers import PhoneNumberFormat

REGION = "US"


def as_e164(text: str, prefix: str = "", extension: str = "") -> str:
    """A number such as "(650) 780-7525" as "+16507807525", and with a desk "+16507807525;ext=12" (RFC 3966).

    `prefix` is the country's and `extension` the desk's, where a file keeps them apart. What can't be read
    as a number comes back as it was typed, without the spaces around it: a vanity number is better than
    none.
    """
    text, prefix = text.strip(), prefix.strip()
    try:
        number = phonenumbers.parse(f"{prefix} {text}" if prefix.startswith("+") else text, REGION)
    except phonenumbers.NumberParseException:
        return text
    if not phonenumbers.is_possible_number(number):
        return text
    extension = number.extension or "".join(filter(str.isdigit, extension))
    written = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{written};ext={extension}" if extension else written


def as_written(stored: str) -> str:
    """A stored number for the page: "(650) 780-7525" at home, "+44 20 7946 0018" abroad, else as it is."""
    try:
        number = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return stored
    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    return phonenumbers.format_number(
        number, PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    )


def as_link(stored: str) -> str:
    """The address that dials a stored number, "tel:+16507807525"; "" for one that can't be read."""
    return f"tel:{stored}" if stored.startswith("+") else ""
