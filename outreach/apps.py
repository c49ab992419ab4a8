"""The outreach app."""

from django.apps import AppConfig


class OutreachConfig(AppConfig):
    """Outreach, on the fourth floor: registers its kinds of mail, its items of Today and the first steps."""

    name = "outreach"

    def ready(self) -> None:
        """Fill the registry."""
        from decisions.copies import add_copies

        from .cards import batches, decisions, first, jobs, letters, mail, partners, people, roster, tasks
        from .first_steps import add_first_step
        from .registry import add_cards, add_mail, add_news
        from .sources import (
            decision_copies,
            decision_due,
            decision_links,
            decision_outcome,
            deputies,
            invitations,
            letter_no_reply,
            partner_links,
            signed_letters,
        )

        reminders = (letter_no_reply, decision_due, decision_outcome)
        for module in (*reminders, signed_letters, invitations, deputies, partner_links):
            add_mail(module.SOURCE)
        for source in decision_links.SOURCES:
            add_mail(source)
        for cards in (letters, batches, partners, tasks, decisions, roster, mail, jobs):
            for card_source in cards.SOURCES:
                add_cards(card_source)
        for told in (letters, decisions, jobs):
            add_news(told.news)
        for news in people.NEWS:
            add_news(news)
        for step in first.STEPS:
            add_first_step(step)
        add_copies(decision_copies.blank)
