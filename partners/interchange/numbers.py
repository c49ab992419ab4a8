"""Numbers of a workbook as a person sees them there: whole numbers without ".0", days as 2026-03-04.

Source: ECMA-376, part 1, 18.8.30 (number formats and their built-in numbers). Days are written by ISO 8601
whatever their format, since only the format tells a day from a month. Zeros and hyphens that a format puts in
(a ZIP code, a tax number) are there; signs for thousands and currencies are not.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

NUMBER = re.compile(r"[+-]?([0-9]{1,400}(\.[0-9]{0,400})?|\.[0-9]{1,400})([eE][+-]?[0-9]{1,3})?")
SIGN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|.', re.DOTALL)
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
AT_MOST = re.compile(r"\[<=([0-9]{1,15})\]")
PLACES, BETWEEN = "0#?", "()-. "  # of a mask such as 00000-0000
BUILT_IN = {9: "0%", 10: "0.00%", 14: "m/d/yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm"}
BUILT_IN |= {
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "m:s",
}
DAYS, DAYS_1904 = 2_958_466, 2_957_004  # to the end of the year 9999
DAY = 86_400  # seconds
EXACT = 10**15  # Excel keeps 15 digits


@dataclass(frozen=True, slots=True)
class Section:
    """One of the alternatives of a number's format: its signs, without words and colors, and up to which
    number it holds.
    """

    signs: str
    at_most: int | None
    is_elapsed: bool
    is_mask: bool

    @classmethod
    def of(cls, signs: list[str]) -> "Section":
        """The section that is written so."""
        at_most, is_elapsed, plain, between = None, False, "", ""
        for sign in signs:
            if found := AT_MOST.fullmatch(sign):
                at_most = int(found[1])
            elif ELAPSED.fullmatch(sign):
                is_elapsed = True
            elif sign[0] in '"\\':
                between += sign.strip('"\\')
                plain += sign.strip('"\\') if len(sign) == 2 else ""
            elif sign[0] not in "[_*":
                plain += sign
        is_mask = all(sign in PLACES + BETWEEN for sign in plain + between)
        many = sum(plain.count(sign) for sign in PLACES) > 1
        is_whole = not re.search(r"[0#?]\.[0#?]", plain)
        return cls(plain, at_most, is_elapsed, is_mask and many and is_whole)


@dataclass(frozen=True, slots=True)
class Format:
    """How the cells of a style show a number."""

    sections: tuple[Section, ...]
    days: bool = False
    hours: bool = False
    percent: bool = False

    @classmethod
    def of(cls, number: str, code: str) -> "Format":
        """The format with this number of a workbook, and its own code, "" for one that Excel knows."""
        code = code or (BUILT_IN.get(int(number), "") if re.fullmatch("[0-9]{1,3}", number) else "")
        parts: list[list[str]] = [[]]
        for sign in SIGN.findall(code[:1000]):
            if sign == ";":
                parts.append([])
            else:
                parts[-1].append(sign)
        sections = tuple(Section.of(part) for part in parts)
        words = "" if code.lower().startswith("general") else "".join(_date_signs(parts[0]))
        hours = bool(re.search("[hs]", words)) or sections[0].is_elapsed
        days = bool(re.search("[dy]", words)) or ("m" in words and not hours)
        return cls(sections, days, hours, percent="%" in sections[0].signs)

    def shown(self, value: str, since_1904: bool = False) -> str:
        """A stored number as text; what is no number comes back as it is."""
        if not NUMBER.fullmatch(value):
            return value
        number = float(value)
        if abs(number) == float("inf"):
            return value
        if (self.days or self.hours) and 0 <= number < (DAYS_1904 if since_1904 else DAYS):
            return self._moment(number, since_1904)
        if self.percent:
            return f"{_plain(number * 100)}%"
        for section in self.sections:
            if section.at_most is None or number <= section.at_most:
                whole = section.is_mask and number.is_integer() and 0 <= number < EXACT
                return _masked(str(int(number)), section.signs) if whole else _plain(number)
        return _plain(number)

    def _moment(self, number: float, since_1904: bool) -> str:
        whole = int(number)
        seconds = min(round((number - whole) * DAY), DAY - 1)
        time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (
            f":{seconds % 60:02}" if seconds % 60 else ""
        )
        if self.sections[0].is_elapsed:
            return f"{24 * whole + seconds // 3600}{time[2:]}"
        if not self.days or whole == 0:
            return time if self.hours else _plain(number)
        # Excel holds 1900 for a leap year: day 60 is its February 29.
        first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if whole < 60 else 30)
        day = (first + timedelta(days=whole)).date().isoformat()
        return f"{day} {time}" if self.hours and seconds else day


GENERAL = Format(sections=())


def _date_signs(signs: list[str]) -> list[str]:
    """The signs of a section that may stand for parts of a day, in lower case."""
    return [sign.lower() for sign in signs if len(sign) == 1]


def _plain(number: float) -> str:
    """A number with the fifteen digits that Excel keeps."""
    return str(int(number)) if number.is_integer() and abs(number) < EXACT else format(number, ".15g")


def _masked(digits: str, mask: str) -> str:
    """Digits in the places of a mask, from the right: 5401 in 00000 is 05401."""
    left = min(place for place, sign in enumerate(mask) if sign in PLACES)
    out: list[str] = []
    for place in range(len(mask) - 1, -1, -1):
        if mask[place] not in PLACES:
            out.append(mask[place])
        elif digits:
            out.append(digits if place == left else digits[-1])
            digits = digits[:-1]
        elif mask[place] == "0":
            out.append("0")
    return "".join(reversed(out)).strip()
