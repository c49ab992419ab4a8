"""What an address wants no more by mail, what is more than it may get, and an index to find its mail."""

import django.db.models.functions.text
from django.db import migrations, models

from accounts.operations import TenantWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_encrypted_two_steps"),
        ("outreach", "0004_decided"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kind_off", "This kind of mail is not switched on."),
                    ("answered", "They have answered."),
                    ("talked", "They have talked with us since."),
                    ("decided", "The question is closed."),
                    ("withdrawn", "The letter was withdrawn."),
                    ("moved", "Its date moved; a new reminder took its place."),
                    ("left", "This person has left the organization."),
                    ("no_address", "We have no e-mail address for this person."),
                    ("too_old", "Its day was more than 14 days ago."),
                    ("link_ended", "The invitation was used, taken back or ran out."),
                    ("gone", "What it was about is no longer there."),
                    ("blocked", "This address wants no mail of this kind, or could not be reached."),
                    ("capped_day", "This address has had its 2 messages for one day."),
                    ("capped_week", "This address has had its 5 messages for 7 days."),
                    ("kept_free", "What this address may still get is kept free for mail with a deadline."),
                    ("resting", "Reminders rest at night and on weekends."),
                    ("retry", "The mail server asked us to try again later."),
                    (
                        "unchecked",
                        "Whether it is still needed could not be found out; the portal tries again.",
                    ),
                    ("away", "The mail server could not be reached."),
                    ("crashed", "Sending was interrupted; it goes again with the same message number."),
                    ("refused", "The mail server refused it."),
                    ("tries", "The mail server put it off too many times."),
                    ("broken", "The message could not be put together."),
                    ("lost", "The connection broke after the message was handed over. It may have arrived."),
                    ("by_hand", "One of us decided so."),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="messageevent",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("kind_off", "This kind of mail is not switched on."),
                    ("answered", "They have answered."),
                    ("talked", "They have talked with us since."),
                    ("decided", "The question is closed."),
                    ("withdrawn", "The letter was withdrawn."),
                    ("moved", "Its date moved; a new reminder took its place."),
                    ("left", "This person has left the organization."),
                    ("no_address", "We have no e-mail address for this person."),
                    ("too_old", "Its day was more than 14 days ago."),
                    ("link_ended", "The invitation was used, taken back or ran out."),
                    ("gone", "What it was about is no longer there."),
                    ("blocked", "This address wants no mail of this kind, or could not be reached."),
                    ("capped_day", "This address has had its 2 messages for one day."),
                    ("capped_week", "This address has had its 5 messages for 7 days."),
                    ("kept_free", "What this address may still get is kept free for mail with a deadline."),
                    ("resting", "Reminders rest at night and on weekends."),
                    ("retry", "The mail server asked us to try again later."),
                    (
                        "unchecked",
                        "Whether it is still needed could not be found out; the portal tries again.",
                    ),
                    ("away", "The mail server could not be reached."),
                    ("crashed", "Sending was interrupted; it goes again with the same message number."),
                    ("refused", "The mail server refused it."),
                    ("tries", "The mail server put it off too many times."),
                    ("broken", "The message could not be put together."),
                    ("lost", "The connection broke after the message was handed over. It may have arrived."),
                    ("by_hand", "One of us decided so."),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="suppression",
            name="because",
            field=models.CharField(
                choices=[
                    ("asked", "They asked us to stop."),
                    ("bounced", "Mail to this address came back."),
                    ("complained", "They reported our mail as unwanted."),
                    ("unsubscribed", "They want no more mail of this kind."),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="suppression",
            name="kind",
            field=models.CharField(blank=True, help_text="Empty: all mail.", max_length=30),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                models.F("district"), django.db.models.functions.text.Lower("to"), name="message_by_address"
            ),
        ),
        TenantWall(),
    ]
