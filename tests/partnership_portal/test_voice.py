"""Forms say what is wrong and what to do."""

from django import forms

from accounts.sign_in import SignInForm


class Sample(forms.Form):
    name = forms.CharField()
    day = forms.DateField()
    email = forms.EmailField()
    how = forms.ChoiceField(choices=[("a", "A")])
    which = forms.MultipleChoiceField(choices=[("a", "A")])
    site = forms.URLField(assume_scheme="https")
    note = forms.CharField(max_length=3)
    room = forms.IntegerField(min_value=1)


def test_plain_mistakes_are_told_in_plain_words() -> None:
    typed = {"name": "", "day": "someday", "email": "samir at tamarack", "how": "b", "which": ["b"]}
    form = Sample({**typed, "site": "our page", "note": "four", "room": "0"})
    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "name": ["Fill this in."],
        "day": ["This is not a date. Write it as in 11/24/2026."],
        "email": ["This is not an e-mail address. Write it as in name@school.org."],
        "how": ["Choose one of the list."],
        "which": ["Choose among those on the list."],
        "site": ["This is not a web address. Write it as in www.school.org."],
        "note": ["Keep it to 3 characters: now it has 4."],
        "room": ["Write 1 or more."],
    }


def test_the_sign_in_form_asks_in_our_words() -> None:
    form = SignInForm()
    assert str(form.fields["login"].label) == "E-mail"
    assert [field.widget.attrs.get("placeholder") for field in form.fields.values()] == [None, None]
