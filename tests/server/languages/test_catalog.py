"""The Spanish catalog: whole, and each sentence with the same places to fill in."""

import re

import pytest
from scripts import messages

_PLACE = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_sentence_of_the_program_is_said(language):
    assert messages.missing(language) == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_sentence_is_kept_that_the_program_does_not_say(language):
    said = {(each.context, messages.key_of(each.id)) for each in messages.in_program()}
    kept = {(each.context, messages.key_of(each.id)) for each in messages.of_language(language)}
    assert kept == said


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_sentence_has_the_places_of_the_original(language):
    wrong = []
    for message in messages.of_language(language):
        ids = message.id if message.pluralizable else (message.id,)
        texts = message.string if message.pluralizable else (message.string,)
        *_, last = ids
        for index, text in enumerate(texts):
            # One thing may be said without its number; several never.
            allowed = [set(_PLACE.findall(each)) for each in ((ids[0], last) if index == 0 else (last,))]
            if text and set(_PLACE.findall(text)) not in allowed:
                wrong.append((last, text))
    assert wrong == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_no_sentence_is_left_in_english(language):
    """A sentence of three words or more that reads the same was copied and not translated."""
    copied = [
        message.id
        for message in messages.of_language(language)
        if message.id == message.string and len(re.findall(r"[a-z]{2,}", _PLACE.sub("", str(message.id)))) > 2
    ]
    assert [text for text in copied if not text.startswith("%(")] == []


def test_asking_for_video_is_pedir_in_spanish():
    """`preguntar` is to put a question; an agency asks for something."""
    question = re.compile(r"question|ask (?:others|why|whoever|you why)")
    confused = [
        text
        for message in messages.of_language("es")
        for text in (message.string if message.pluralizable else (message.string,))
        if "pregunt" in text.lower() and not question.search(messages.key_of(message.id))
    ]
    assert confused == []
