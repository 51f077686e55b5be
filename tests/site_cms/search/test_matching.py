import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_cms.search.matching import LONGEST_EXCERPT, MOST_WORDS, Found, best, fold, terms


def thing(title="", text="", **fields) -> Found:
    return Found(kind="page", title=title, url="/", text=text, language="en", **fields)


def is_found(query: str, text: str) -> bool:
    return bool(best([thing("", text)], query))


@pytest.mark.parametrize(
    "query,text",
    [
        ("ephyto", "The ePhyto Hub"),
        ("PHYTOSANITARY cert", "A phytosanitary certificate."),
        ("sante vegetaux", "La santé des végétaux"),
        ("santé", "La sante"),
        ("СИМПОЗИУМ", "Глобальный симпозиум"),
        ("симпозиум", "на симпозиуме"),
        ("ежик", "Ёжик"),
        ("植检", "国际植检措施标准"),
        ("证书", "植物检疫证书由国家植保机构签发"),
        ("2018", "研讨会于2018年在吉隆坡举行"),
        ("ePhyto", "下一届ePhyto研讨会"),
        ("النباتات", "وقاية النباتات"),
        ("نباتات", "وقاية النباتات"),
        ("اتفاقية", "الاتفاقية الدولية"),
        ("الامانه", "الأمانه"),
        ("أمانة", "الامانة"),
        ("محمد", "مُحَمَّد"),
        ("ＩＰＰＣ", "IPPC"),
        ("3.1", "Item 3.1"),
        ("kuala-lumpur", "Kuala Lumpur"),
    ],
)
def test_found(query, text):
    assert is_found(query, text)


@pytest.mark.parametrize(
    "query,text",
    [
        ("art", "A party"),  # the middle of a word
        ("hub gens", "The ePhyto Hub"),  # every word is asked for
        ("证检", "植检证书"),
        ("симпозиумы", "симпозиум"),
        ("", "anything"),
        ("  ,;!? ", "anything, or not!"),
        ("100%", "1 000"),
    ],
)
def test_not_found(query, text):
    assert not is_found(query, text)


def test_words_in_the_title_come_first():
    in_text, in_title = thing("News", "All about ePhyto"), thing("ePhyto", "Nothing else")
    assert [hit.found for hit in best([in_text, in_title], "ephyto")] == [in_title, in_text]


def test_equal_things_keep_their_order():
    things = [thing(f"ePhyto {number}") for number in range(5)]
    assert [hit.found for hit in best(things, "ephyto")] == things


def test_what_is_not_shown_is_found():
    assert best([thing("Symposium", also=("EPHYTO-2018",))], "ephyto-2018")
    assert best([thing("Symposium", facts=("Kuala Lumpur",))], "kuala")


def test_the_excerpt_is_the_sentence_that_tells_why():
    (hit,) = best([thing("Symposium", "It met in 2018. The ePhyto Hub was shown. It ended.")], "hub")
    assert hit.excerpt == "The ePhyto Hub was shown."
    (hit,) = best([thing("研讨会", "会议在仁川举行。第三届在吉隆坡举行。")], "吉隆坡")
    assert hit.excerpt == "第三届在吉隆坡举行。"
    (hit,) = best([thing("Hub", "First.\nSecond.")], "hub")
    assert hit.excerpt == "First."


def test_a_long_sentence_is_cut():
    (hit,) = best([thing("Hub", "hub " * 200)], "hub")
    assert len(hit.excerpt) <= LONGEST_EXCERPT
    assert hit.excerpt.endswith("…")


def test_a_flood_of_words_is_bounded():
    assert len(terms(" ".join(f"w{number}" for number in range(10_000)))) == MOST_WORDS


@given(query=st.text(max_size=300), text=st.text(max_size=300))
def test_any_query_has_an_answer(query, text):
    best([thing(text, text)], query)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(fold(fold(text)))


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=1, max_size=30))
def test_a_word_finds_itself(word):
    assert not terms(word) or is_found(word, f"before {word} after")
