"""A second tap on a button sends nothing twice; come back to, the form can be sent again."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, SignIn, must_be_accessible

SAID = "They ring twice."


def test_a_call_is_logged_once_by_two_taps_and_again_after_going_back(sign_in: SignIn) -> None:
    page = sign_in("coordinator", PHONE)
    page.goto("/d/larkmoor/partners/call/")
    page.locator("main a[href$='/call/'].btn").first.click()
    assert sent(page) == 1
    page.go_back()
    assert sent(page) == 1
    assert page.locator("main .pp-time li", has_text=SAID).count() == 2


def sent(page: Page) -> int:
    """How often a form is sent by two taps on its button."""
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.locator("#id_note").fill(SAID)
    with page.expect_navigation():
        page.locator("main form.pp-form button.btn-primary").dblclick(no_wait_after=True)
    expect(page.locator("main .pp-time li", has_text=SAID).first).to_be_visible()
    return len(posts)


def test_a_form_that_is_being_sent_says_so_and_is_free_where_the_page_stays(sign_in: SignIn) -> None:
    page = sign_in("coordinator")
    page.goto("/d/larkmoor/partners/call/")
    page.locator("main a[href$='/call/'].btn").first.click()
    form, button = page.locator("main form.pp-form"), page.locator("main form.pp-form button.btn-primary")
    page.clock.install()
    page.route("**/call/", lambda route: route.fulfill(status=204))
    button.click()
    expect(form).to_have_attribute("aria-busy", "true")
    expect(button).to_have_attribute("aria-disabled", "true")
    must_be_accessible(page)
    page.clock.fast_forward(5000)
    expect(form).not_to_have_attribute("aria-busy", "true")
    expect(button).not_to_have_attribute("aria-disabled", "true")
