"""Sentences keep their pattern, so that they can be said in another language; to everybody else they are words."""

from api.pages import language
from states.errors import Reason
from states.figures import BadFigure, Figure
from states.sentences import InBoth, Sentence, said

ENGLISH = {"quá hạn {days} ngày: {why}": "{days} days late: {why}", "chưa ký": "not signed", "vi": "en"}


def translate(pattern: str) -> str:
    return ENGLISH.get(pattern, pattern)


def test_a_sentence_is_its_words_and_is_said_with_what_fills_it() -> None:
    late = Sentence("quá hạn {days} ngày: {why}", days=3, why=Sentence("chưa ký"))
    assert late == "quá hạn 3 ngày: chưa ký"
    assert said(late, translate) == "3 days late: not signed"


def test_names_and_what_people_wrote_are_never_translated_nor_filled_again() -> None:
    late = Sentence("quá hạn {days} ngày: {why}", days="vi", why="{days} chưa ký")
    assert said(late, translate) == "vi days late: {days} chưa ký"


def test_words_written_in_both_languages_know_the_other() -> None:
    both = InBoth("Nam cộng nữ không bằng tổng", "Men and women do not make the total")
    assert said(both, translate) == "Men and women do not make the total"
    assert said(both, str) == both
    assert said(InBoth("chỉ có tiếng Việt", ""), translate) == "chỉ có tiếng Việt"


def test_a_reason_is_said_whole_and_an_error_inside_it_too() -> None:
    english = language.say("en")
    try:
        Figure.parse("12/30")
    except BadFigure as error:
        reason = Reason("nơi nhận", Sentence("{cell}: {wrong}", cell="Số cuộc", wrong=error), "điền giá trị")
    assert reason.message.startswith("Số cuộc: «12/30» không đọc được thành số liệu: đây là phân số")
    said_in_english = reason.said(english)
    assert said_in_english.place == "recipients"
    assert said_in_english.remedy == "fill it in"
    assert "this is a fraction" in said_in_english.message and "phân số" not in said_in_english.message
