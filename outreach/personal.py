"""Which text fields of this floor's tables can hold what is personal (see accounts/personal.py)."""

PERSONAL = {
    "Message": "about to to_name from_name reply_to subject body detail",
    "MessageEvent": "detail",
    "MailStop": "reason",
    "PortalMailStop": "reason",
}
NOT_PERSONAL = {
    "Message": "key kind language message_id",
    "Reminder": "kind occurrence",
    "Suppression": "address_hmac kind",
    "KindSwitch": "kind",
    "Trouble": "kind",
    "HomeState": "kind",
}
