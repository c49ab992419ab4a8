"""Who may do what here; which messages one sees is in the queryset.

Mail going out is for those who keep records: a principal signs, and reads on the letter's page what became
of it. Who needs care is for all who work with partners, never for viewers or partners themselves.
"""

from accounts.rules import is_staff, keeps_records, works_here
from partners.rules import takes_directory_out

sees_mail = keeps_records
takes_mail_back = keeps_records
switches_kinds = is_staff
stops_mail = is_staff
blocks_addresses = is_staff
sees_care = works_here
takes_care_out = takes_directory_out
