"""What everybody meets first: the language, the districts to choose from, and who is let in as whom."""

from django.test import Client


def test_whoever_is_not_signed_in_can_choose_the_language(db: None) -> None:
    client = Client()
    answer = client.post("/language/", {"language": "es", "next": "/check/"})
    assert (answer.status_code, answer.url) == (302, "/check/")
    assert client.get("/check/").headers["Content-Language"] == "es"


def test_the_choice_of_a_language_leads_to_no_other_site(db: None) -> None:
    assert Client().post("/language/", {"language": "es", "next": "https://elsewhere.example/"}).url == "/"
