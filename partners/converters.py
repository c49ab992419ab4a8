"""Kinds of values in the addresses of partners' pages."""


class TaxNumber:
    """A tax number (EIN) of nine digits, as the register of nonprofits writes it."""

    regex = "[0-9]{9}"

    def to_python(self, value: str) -> str:
        """The digits as they stand in the address."""
        return value

    def to_url(self, value: str) -> str:
        """The digits as they stand in the register."""
        return value
