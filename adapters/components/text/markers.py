"""Our lists of the words that make a title pull: Russian and English side by side.

In a phrase `*` stands for any ending or beginning of a word. Lists are our own, drawn up for titles
and descriptions of videos; with every change the `producer_version` of each component that reads
them goes up (R-307).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import regex

from adapters.components.text.words import folded


class Marker(StrEnum):
    """What a marker does to a title."""

    QUESTION_WORD = "question_word"
    NUMBER_WORD = "number_word"
    SUPERLATIVE = "superlative"
    CLICKBAIT = "clickbait"
    CALL_TO_ACTION = "call_to_action"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Found:
    """One marker in a text, as it was compared: lower case, plain letters."""

    kind: Marker
    text: str
    start: int


_EN: dict[Marker, str] = {
    Marker.QUESTION_WORD: """
        why; what; who; where; when; which; whose; how; is; are; am i; do; does; did; can; could;
        should; would; will; has; have you; isn't; aren't; don't you; can't
    """,
    Marker.NUMBER_WORD: """
        two; three; four; five; six; seven; eight; nine; ten; eleven; twelve; fifteen; twenty;
        thirty; forty; fifty; hundred*; thousand*; million*; billion*; dozen*
    """,
    Marker.SUPERLATIVE: """
        best; worst; most; least; top; ultimate; greatest; biggest; largest; smallest; tiniest;
        fastest; slowest; cheapest; richest; poorest; strongest; weakest; smartest; dumbest;
        hardest; easiest; simplest; funniest; scariest; craziest; weirdest; strangest; rarest;
        oldest; newest; youngest; tallest; longest; shortest; deepest; highest; lowest; heaviest;
        lightest; loudest; quietest; hottest; coldest; coolest; cutest; prettiest; ugliest;
        happiest; saddest; deadliest; safest; bravest; closest; finest; latest; greatest of all
        time; #1; number one; of all time; in the world; ever made; ever seen
    """,
    Marker.CLICKBAIT: """
        you won't believe; you will not believe; shocking*; shocked; jaw-dropping; mind-blowing;
        mind blowing; insane*; unbelievable; unreal; secret*; nobody tells you; no one tells you;
        no one told you; nobody talks about; no one talks about; they don't want you to know;
        doesn't want you to know; the truth about; the real reason; exposed; gone wrong;
        gone sexual; what happened next; what happens next; this is what happened; this is why;
        here's why; one weird trick; this one trick; this trick; life hack*; lifehack*;
        will change your life; changed my life; changes everything; changed everything; game
        changer; before it's too late; must see; must watch; you need to know; you need to see;
        need to watch this; wait for it; wait till the end; caught on camera; leaked; banned;
        never seen before; i was wrong; i quit; i'm done; don't do this; do not do this; stop doing
        this; don't make this mistake; biggest mistake; warning; omg; wtf; emotional; not clickbait
    """,
    Marker.CALL_TO_ACTION: """
        subscribe; hit the bell; ring the bell; notification bell; smash the like; hit the like;
        leave a like; like and subscribe; like this video; share this video; comment below; let me
        know in the comments; tell me in the comments; leave a comment; link in the description;
        link in bio; links below; link below; links in the description; click here; click the link;
        tap the link; follow me; follow us; follow my; join my; join our; join the; become a member;
        sign up; support the channel; support me; check out; download; get your; buy now; order
        now; shop now; use code; use my code; visit; watch till the end; watch until the end; watch
        next; don't forget to
    """,
    Marker.FILLER: """
        um; umm; uh; uhm; er; you know; i mean; basically; literally; actually; kind of; sort of;
        kinda; sorta; anyway; so yeah
    """,
}

_RU: dict[Marker, str] = {
    Marker.QUESTION_WORD: """
        почему; зачем; отчего; что; кто; где; когда; куда; откуда; как; какой; какая; какое; какие;
        какую; каким; сколько; чей; чья; чье; чьи; можно ли; стоит ли; нужно ли; нужен ли; нужна ли;
        есть ли; правда ли; неужели; разве
    """,
    Marker.NUMBER_WORD: """
        два; две; двух; три; трех; четыре; четырех; пять; пяти; шесть; шести; семь; семи; восемь;
        восьми; девять; девяти; десять; десяти; двенадцать; пятнадцать; двадцать; тридцать; сорок;
        пятьдесят; сто; сотн*; тысяч*; миллион*; миллиард*; дюжин*; полтора; полторы
    """,
    Marker.SUPERLATIVE: """
        самый; самая; самое; самые; самого; самой; самых; самым; самыми; самую; самому; лучший;
        лучшая; лучшее; лучшие; лучшего; лучшей; лучших; лучшим; лучшими; лучшую; лучшему; худший;
        худшая; худшее; худшие; худшего; худшей; худших; худшим; худшими; худшую; топ; наилучш*;
        наихудш*; наибольш*; наименьш*; максимально; *ейший; *ейшая; *ейшее; *ейшие; *ейшего;
        *ейшей; *ейших; *ейшим; *ейшими; *ейшую; *ейшему; *айший; *айшая; *айшее; *айшие; *айшего;
        *айшей; *айших; *айшим; *айшую; номер один; №1; всех времен; в мире; круче всех; лучше всех
    """,
    Marker.CLICKBAIT: """
        вы не поверите; ты не поверишь; не поверишь; не поверите; шок; шокир*; в шоке; жесть;
        обалд*; офиге*; сенсац*; срочно; секрет*; тайна; тайны; скрыва*; вся правда; правда о;
        правда об; правда про; никто не говорит; никто не расскаж*; никто не ожидал; никто не знает;
        о чем молчат; вот почему; вот что; что будет если; что случилось дальше; что было дальше;
        разоблач*; лайфхак*; до слез; до мурашек; смотреть всем; смотреть до конца; смотри до конца;
        смотрите до конца; пока не поздно; изменит вашу жизнь; изменит твою жизнь; изменило мою
        жизнь; изменил мою жизнь; перевернет; перевернул*; взорвал*; слили; слив; запрещен*;
        не повторя*; никогда не делай*; никогда не покупай*; не покупай*; больше никогда; я
        ошибал*; все пошло не так; такого еще не было; такого вы еще не видели; один простой трюк;
        этот трюк; главная ошибка; не кликбейт; без кликбейта; внимание; невероятн*; безумн*
    """,
    Marker.CALL_TO_ACTION: """
        подпис*; подпиш*; ставь* лайк*; ставим лайк*; поставь* лайк*; лайк и *; жми* *; нажми*;
        нажима*; колокольчик*; пиши* в комментар*; пишем в комментар*; напиши* в комментар*; напиши*
        в коммент*; пиши* в коммент*; делись в комментар*; делитесь в комментар*; поделись;
        поделитесь; ссылка в описании; ссылки в описании; ссылка внизу; ссылка ниже; ссылки ниже;
        по ссылке; переход*; перейди*; кликай*; вступай*; присоединя*; скачай*; скачива*; закажи*;
        заказать; купи; купите; купить; покупай*; регистриру*; зарегистриру*; поддержать; поддержи*;
        промокод*; спонсорство; стать спонсором; смотри* до конца; не забудь*; не забыва*
    """,
    Marker.FILLER: """
        ну; короче; типа; как бы; в общем; вообще-то; собственно; это самое; так сказать; в
        принципе; по сути; эм; э-э; значит так; слушай*; понимаешь; знаешь
    """,
}

_NOT: dict[Marker, str] = {
    Marker.SUPERLATIVE: """
        most of; at least; top-up; top up; на самом деле; то же самое; тот же самый; та же самая;
        те же самые; это самое; дальнейш*; впоследствии
    """,
    Marker.CLICKBAIT: "secretar*; секретар*; не секрет",
    Marker.CALL_TO_ACTION: "подписчик*; подписка; подписки; подписку; переходн*; переходник*",
    Marker.NUMBER_WORD: "two-factor",
}
"""What looks like a marker and is none."""

# The run of marks before the word ends at the next divider: linear for any text.
_SENTENCE_START = r"(?:^|(?<=[.!?:|—–\n]))[^\w.!?:|—–\n]*+"


def find(text: str, kinds: Iterable[Marker] = tuple(Marker)) -> list[Found]:
    """The markers of a text in order of kind, then of place; within one kind they do not overlap.

    A question word counts only where a sentence begins: elsewhere it mostly joins clauses.
    """
    plain = folded(text)
    return [
        Found(kind, match["yes"], match.start("yes"))
        for kind in kinds
        for match in _PATTERNS[kind].finditer(plain)
        if match["yes"] is not None
    ]


def phrases(kind: Marker) -> tuple[str, ...]:
    """Everything that the lists hold for one kind, in both languages."""
    return (*_listed(_EN[kind]), *_listed(_RU[kind]))


def _listed(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split(";") if phrase.strip()]


def _union(listed: Iterable[str]) -> str:
    """One alternative a phrase, longest first, so that a phrase wins over its first word."""
    ordered = sorted({folded(phrase) for phrase in listed}, key=lambda p: (-len(p), p))
    return "|".join(
        r"\s+".join(regex.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
        for phrase in ordered
    )


def _pattern(kind: Marker) -> "regex.Pattern[str]":
    never, always = _listed(_NOT.get(kind, "")), _union(phrases(kind))
    either = f"(?P<no>{_union(never)})|(?P<yes>{always})" if never else f"(?P<yes>{always})"
    start = _SENTENCE_START if kind is Marker.QUESTION_WORD else ""
    return regex.compile(rf"{start}(?<![\w'])(?:{either})(?![\w'])")


_PATTERNS = {kind: _pattern(kind) for kind in Marker}
