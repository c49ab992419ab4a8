from ops.demo_check import Form, Page, _is_card

SIGN_IN = """
<form action="/language/"><input name="next" value="/"><button name="language" value="es">Es</button></form>
<form method="post" action="/demo/sign-in/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<button name="role" value="viewer">Start</button></form>
"""


def test_a_card_is_found_with_what_its_button_would_send() -> None:
    card = Form("/demo/sign-in/", {"csrfmiddlewaretoken": "t", "role": "viewer"})
    assert [form for form in Page(SIGN_IN).forms if _is_card(form, "viewer")] == [card]


def test_a_role_without_a_card_is_not_found() -> None:
    assert not any(_is_card(form, "staff") for form in Page(SIGN_IN).forms)


def test_a_page_says_whose_it_is() -> None:
    assert Page('<div class="pp-me" data-role="principal"></div>').role == "principal"
    assert Page(SIGN_IN).role == ""
