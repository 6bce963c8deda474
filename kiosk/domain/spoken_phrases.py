"""What can be said on a screen besides the words that stand on it, in the languages that are understood.

Each phrase of a language means one thing on one screen. Whoever adds one says it as patients do; a phrase whose words
a model does not know cannot be heard by it, and the others still can.
"""

from __future__ import annotations

from enum import StrEnum

from kiosk.domain.language import Language

MOST_PHRASES = 500
"""That a recogniser listens for at once."""


class Saying(StrEnum):
    """What somebody wants who says so."""

    NURSE = "nurse"
    BACK = "back"
    REPEAT = "repeat"
    NEXT = "next"
    ERASE = "erase"
    CLEAR = "clear"
    YES = "yes"
    NO = "no"
    SAY_AGAIN = "say_again"
    TYPE = "type"
    SHOW_WHERE = "show_where"
    WITH_CARD = "with_card"
    WITH_PHONE = "with_phone"
    WITHOUT_NAME = "without_name"
    CARD = "card"
    TRAVEL_PERMIT = "travel_permit"
    PASSPORT = "passport"
    FEMALE = "female"
    MALE = "male"
    RATHER_NOT = "rather_not"
    TURN = "turn"
    ELSEWHERE = "elsewhere"
    ANOTHER_PLACE = "another_place"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    NONE_OF_THEM = "none_of_them"
    EARLIEST = "earliest"
    BOOK = "book"
    WALK_IN = "walk_in"


SAYINGS: dict[Language, dict[Saying, tuple[str, ...]]] = {
    Language.ZH: {
        Saying.NURSE: ("叫护士", "找护士", "护士", "需要帮助", "救命"),
        Saying.BACK: ("返回", "上一步", "回去"),
        Saying.REPEAT: ("再说一遍", "重复"),
        Saying.NEXT: ("下一步", "继续", "好了"),
        Saying.ERASE: ("删除", "删掉一个"),
        Saying.CLEAR: ("重来", "取消"),
        Saying.YES: ("对", "对的", "是", "是的", "没错", "确认"),
        Saying.NO: ("不对", "不是", "错了"),
        Saying.SAY_AGAIN: ("重新说", "我再说一遍"),
        Saying.TYPE: ("打字", "我要打字", "修改"),
        Saying.SHOW_WHERE: ("指给你看", "看图"),
        Saying.WITH_CARD: ("身份证", "用身份证", "刷身份证"),
        Saying.WITH_PHONE: ("用手机号", "手机号", "电话"),
        Saying.WITHOUT_NAME: ("不留姓名", "不用姓名", "不留名字"),
        Saying.CARD: ("身份证", "居住证", "永久居留证"),
        Saying.TRAVEL_PERMIT: ("通行证", "来往内地通行证"),
        Saying.PASSPORT: ("护照",),
        Saying.FEMALE: ("女", "女的", "女性"),
        Saying.MALE: ("男", "男的", "男性"),
        Saying.RATHER_NOT: ("不想说", "跳过"),
        Saying.TURN: ("转过去", "看后面", "看前面"),
        Saying.ELSEWHERE: ("别的地方", "其他地方"),
        Saying.ANOTHER_PLACE: ("换个地方", "还有一个地方"),
        Saying.LEFT: ("左", "左边"),
        Saying.RIGHT: ("右", "右边"),
        Saying.BOTH: ("两边", "两侧"),
        Saying.NONE_OF_THEM: ("都没有", "以上都没有"),
        Saying.EARLIEST: ("最早的", "最早", "最快的"),
        Saying.BOOK: ("预约", "确认预约", "挂号"),
        Saying.WALK_IN: ("直接取号", "先取号"),
    },
    Language.EN: {
        Saying.NURSE: ("call a nurse", "nurse", "i need a nurse", "i need help", "help me", "help"),
        Saying.BACK: ("go back", "back please"),
        Saying.REPEAT: ("repeat", "repeat that", "say that again"),
        Saying.NEXT: ("next", "continue", "go on"),
        Saying.ERASE: ("delete", "delete one"),
        Saying.CLEAR: ("start over", "cancel"),
        Saying.YES: ("yes", "yes that is right", "that is right", "right", "correct"),
        Saying.NO: ("no", "that is wrong", "wrong"),
        Saying.SAY_AGAIN: ("again", "i will say it again", "say it again"),
        Saying.TYPE: ("type it", "let me type", "change it"),
        Saying.SHOW_WHERE: ("show where", "show me the body"),
        Saying.WITH_CARD: ("id card", "identity card", "with my card"),
        Saying.WITH_PHONE: ("with my phone", "phone number", "phone"),
        Saying.WITHOUT_NAME: ("without a name", "no name"),
        Saying.CARD: ("id card", "identity card", "residence permit"),
        Saying.TRAVEL_PERMIT: ("travel permit", "mainland travel permit"),
        Saying.PASSPORT: ("passport", "my passport"),
        Saying.FEMALE: ("female", "woman"),
        Saying.MALE: ("male", "man"),
        Saying.RATHER_NOT: ("i would rather not say", "skip", "skip this"),
        Saying.TURN: ("turn around", "the other side", "turned"),
        Saying.ELSEWHERE: ("somewhere else", "not here"),
        Saying.ANOTHER_PLACE: ("another place", "somewhere else too"),
        Saying.LEFT: ("left", "on the left", "left side"),
        Saying.RIGHT: ("right", "on the right", "right side"),
        Saying.BOTH: ("both", "both sides"),
        Saying.NONE_OF_THEM: ("none of these", "none of them", "not one of these"),
        Saying.EARLIEST: ("the earliest", "the first time", "as soon as i can"),
        Saying.BOOK: ("book it", "book", "book this one"),
        Saying.WALK_IN: ("just a number", "take a number"),
    },
}

ORDINALS: dict[Language, tuple[tuple[str, ...], ...]] = {
    Language.ZH: tuple((f"第{n}个", f"第{n}") for n in "一二三四五六七八九"),
    Language.EN: (
        ("the first one", "first", "the first"),
        *(
            (f"the {word} one", word, f"the {word}")
            for word in ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
        ),
    ),
}
"""Ways to name the first, the second and so on of what is listed."""

LAST = {Language.ZH: ("最后一个",), Language.EN: ("the last one",)}

SIDED = {Language.ZH: {"left": ("左{}", "左边{}"), "right": ("右{}", "右边{}")},
         Language.EN: {"left": ("left {}", "my left {}"), "right": ("right {}", "my right {}")}}  # fmt: skip
"""A place of the body with its side."""

DOCTOR = {Language.ZH: ("{}", "{}医生"), Language.EN: ("{}", "doctor {}")}
