"""Who may do what here; which messages one sees is in the queryset."""

from accounts.rules import is_staff, works_here

sees_mail = works_here
takes_mail_back = works_here
switches_kinds = is_staff
blocks_addresses = is_staff
