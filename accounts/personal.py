"""Which text fields of this floor's tables can hold what is personal, and which can't.

Personal is what names a person or leads to one, and whatever people type freely, since it may. Not personal
are codes, figures, and the names and addresses of organizations and schools. Each app has such a file, which
partnership_portal/personal.py reads, and a test fails for a field that stands in none of the lists. Fields
with choices hold codes and need no entry.
"""

PERSONAL = {
    "User": "email name password",
    "Membership": "title",
    "Invitation": "email title",
    "Deputy": "reason",
    "StoredFile": "name",
    "Task": "title owner_text",
    "Job": "label error",
    "Session": "session_key session_data",
    "Holiday": "name",
}
NOT_PERSONAL = {
    "User": "language",
    "HandOver": "figures",
    "District": "slug name state zone nces_id address phone brand",
    "School": "slug name code place address phone nces_id zone",
    "StoredFile": "kind media_type sha256 path",
    "Task": "subject_kind",
    "Job": "kind outcome args",
}
