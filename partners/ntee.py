"""Which sector an organization is of, by its NTEE code. Pure.

Source: National Taxonomy of Exempt Entities, core codes (NCCS; used by the IRS in its master file): a letter
for one of 26 major groups, then two digits. The sectors are ours (enums.Sector); where a group holds several,
the longest beginning of a code counts. What says nothing of a sector is "other".
"""

from .enums import Sector

SECTORS = {
    "A": Sector.OTHER,  # arts, culture and humanities
    "A3": Sector.MEDIA,  # media and communications
    "B": Sector.SCHOOLS,  # education
    "B21": Sector.EARLY_CHILDHOOD,  # preschools
    "B4": Sector.HIGHER_EDUCATION,
    "B5": Sector.HIGHER_EDUCATION,  # graduate and professional schools
    "B94": Sector.PARENTS,  # parent and teacher groups
    "C": Sector.CIVIC,  # environment
    "D": Sector.CIVIC,  # animals
    "E": Sector.HEALTH_CARE,
    "F": Sector.MENTAL_HEALTH,  # mental health and crisis intervention
    "F2": Sector.SUBSTANCE_USE,
    "G": Sector.HEALTH_CARE,  # diseases and disorders
    "H": Sector.HEALTH_CARE,  # medical research
    "I": Sector.JUVENILE_JUSTICE,  # crime and legal
    "I6": Sector.LAW_ENFORCEMENT,
    "I7": Sector.SOCIAL_SERVICES,  # protection against abuse
    "I8": Sector.OTHER,  # legal services
    "J": Sector.OTHER,  # employment
    "K": Sector.BASIC_NEEDS,  # food and nutrition
    "K2": Sector.OTHER,  # agriculture
    "L": Sector.BASIC_NEEDS,  # housing and shelter
    "M": Sector.CIVIC,  # public safety and disaster relief: mostly volunteer fire and rescue
    "N": Sector.CIVIC,  # recreation and sports
    "N2": Sector.YOUTH_SERVING,  # camps
    "N6": Sector.YOUTH_SERVING,  # amateur sports
    "O": Sector.YOUTH_SERVING,  # youth development
    "P": Sector.SOCIAL_SERVICES,  # human services
    "P27": Sector.YOUTH_SERVING,  # YMCA and YWCA
    "P33": Sector.EARLY_CHILDHOOD,  # child day care
    "P6": Sector.BASIC_NEEDS,  # emergency assistance
    "P85": Sector.BASIC_NEEDS,  # homeless services
    "Q": Sector.OTHER,  # international
    "R": Sector.CIVIC,  # civil rights and advocacy
    "S": Sector.CIVIC,  # community improvement
    "S4": Sector.BUSINESS,  # business and industry, such as chambers of commerce
    "T": Sector.PHILANTHROPY,
    "T4": Sector.CIVIC,  # promotion of volunteering
    "U": Sector.OTHER,  # science and technology
    "V": Sector.OTHER,  # social science
    "W": Sector.CIVIC,  # public and societal benefit
    "W6": Sector.BUSINESS,  # financial institutions, such as credit unions
    "X": Sector.FAITH,  # religion
    "Y": Sector.OTHER,  # mutual and membership benefit
    "Z": Sector.OTHER,  # unknown
}
DIGITS = (
    3  # a code's letter and two digits; a fourth sign tells of its kind of organization, not of its field
)


def sector_of(ntee: str) -> Sector:
    """The sector of an organization with this code, such as "P33" or "C40Z"; other for none."""
    code = ntee.strip().upper()
    return next(
        (SECTORS[code[:length]] for length in range(DIGITS, 0, -1) if code[:length] in SECTORS), Sector.OTHER
    )


def codes_of(sector: str) -> list[tuple[str, list[str]]]:
    """The beginnings of codes that mean a sector, each with the longer ones that mean another one."""
    return [
        (begins, [other for other, of in SECTORS.items() if other.startswith(begins) and of != sector])
        for begins, of in SECTORS.items()
        if of == sector
    ]
