"""The parts, drawn: what people read of them, and what holds them together."""

import re
from collections import Counter

from django import forms
from django.template import engines

from tests.look.gallery import CONTEXT, gallery


def drawn(source: str, **context: object) -> str:
    """A line of template, drawn, with its white space evened out."""
    return " ".join(engines["django"].from_string(source).render(context).split())


def words(html: str) -> str:
    """What is read of some HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_every_id_in_the_gallery_is_its_own() -> None:
    ids = Counter(re.findall(r'\sid="([^"]+)"', gallery(bad=True)))
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_address_within_the_page_leads_to_something() -> None:
    """The summary of errors links to the fields; what describes a field is there."""
    html = gallery(bad=True)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    to_fields = set(re.findall(r'href="#(id_[^"]+)"', html))
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', html) for name in names.split()}
    assert (to_fields - ids, described - ids) == (set(), set())


def test_the_title_begins_with_error_when_the_form_has_one() -> None:
    titles = [re.findall(r"<title>(.*?)</title>", gallery(bad=bad))[0] for bad in (True, False)]
    assert titles == ["Error: Parts – Larkmoor School District", "Parts – Larkmoor School District"]


def test_the_summary_of_errors_stands_once_and_above_the_title() -> None:
    html = gallery(bad=True)
    assert (html.count('role="alert"'), html.index('role="alert"') < html.index("<h1")) == (1, True)


def test_a_field_says_its_help_then_what_is_wrong_then_asks() -> None:
    class Name(forms.Form):
        name = forms.CharField(label="Name", help_text="As on the letterhead.")

    html = drawn("{% load crispy_forms_filters %}{{ form|crispy }}", form=Name({}))
    order = [html.index(part) for part in ("<label", "As on the letterhead.", "Fill this in.", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_a_choice_of_radio_buttons_is_a_group_with_its_question() -> None:
    class Way(forms.Form):
        way = forms.ChoiceField(label="How?", choices=[("p", "By phone")], widget=forms.RadioSelect)

    html = drawn("{% load crispy_forms_filters %}{{ form|crispy }}", form=Way())
    assert words(re.findall(r"<fieldset.*?</fieldset>", html)[0]) == "How? By phone"


def test_the_tag_crispy_draws_form_token_and_buttons_by_a_helper() -> None:
    from crispy_forms.helper import FormHelper
    from crispy_forms.layout import Column, Layout, Row, Submit

    class Name(forms.Form):
        name = forms.CharField(label="Name")
        town = forms.CharField(label="Town", required=False)
        helper = FormHelper()
        helper.layout = Layout(Row(Column("name"), Column("town")), Submit("save", "Save this partner"))

    html = drawn("{% load crispy_forms_tags %}{% crispy form %}", form=Name(), csrf_token="t0ken")
    assert words(html) == "Name Town (optional)"
    assert (html.count("<form"), 'value="t0ken"' in html, 'value="Save this partner"' in html) == (
        1,
        True,
        True,
    )


def test_a_stage_fills_its_part_of_the_road_and_leaves_the_road_when_beside_it() -> None:
    def filled(stage: str) -> int:
        html = drawn('{% include "partials/stage.html" %}', stage=stage, label="Here")
        return sum(path.count("M") for path in re.findall(r'class="(?:on|due)" d="([^"]*)"', html))

    assert [(stage, filled(stage)) for stage, _label in CONTEXT["stages"]] == [
        ("identified", 1),
        ("contacted", 2),
        ("exploring", 3),
        ("agreement_pending", 4),
        ("active", 5),
        ("renewal_due", 6),
        ("paused", 0),
        ("declined", 0),
        ("ended", 0),
    ]


def test_a_tally_has_one_square_for_each_seat() -> None:
    html = drawn('{% include "partials/tally.html" %}', tally=CONTEXT["tally"])
    assert (words(html), html.count("<svg")) == ("5 yes 2 no 1 abstains 1 no answer", 9)


def test_the_bottom_bar_holds_the_first_four_of_the_navigation() -> None:
    bar = re.findall(r'<nav class="pp-bottom".*?</nav>', gallery(), re.S)[0]
    assert words(bar) == "Today 7 waiting Partners Letters Meetings and decisions 2 waiting"


def test_signing_out_is_a_form() -> None:
    assert re.findall(r'<a[^>]*href="/accounts/logout/"', gallery()) == []
    assert gallery().count('<form method="post" action="/accounts/logout/">') == 2
