"""Who, when and whether: what is denied, doubted, over, asked, or somebody else's, in both languages."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from tests.unit.shipped_clinic import matcher, signs, understood

DENIED = [
    ("胸口一点也不疼", "-chest_pain"),
    ("既不发烧也不咳嗽", "-fever -cough"),
    ("发烧、咳嗽、胸痛一样都没有", "-fever -cough -chest_pain"),
    ("除了咳嗽，发烧头疼都没有", "+cough -fever -headache"),
    ("我没有高血压糖尿病", "-hypertension_history -diabetes_history"),
    ("谈不上胸痛", "-chest_pain"),
    ("冇咳嗽", "-cough"),
    ("She doesn't have a fever, a cough or a runny nose.", "-fever -cough -runny_nose"),
    ("She presents with a two-day history of fever and cough.", "+fever +cough"),
    ("passing urine normally, no fever", "-cannot_urinate -no_urine_12h -fever"),
    ("He isn't short of breath, nor does he have chest pain", "-shortness_of_breath -chest_pain"),
    ("I can't say that I've noticed any rash", "-rash"),
    ("not a trace of a rash", "-rash"),
    ("Not one episode of vomiting", "-vomiting"),
    ("anything but dizzy", "-dizziness"),
    ("I don't have a headache, a cough, or anything like that", "-headache -cough"),
    ("no sudden weight loss", "-weight_loss"),
]
DENIED_BY_A_BARE_VERB = [
    ("恶心，没吐", "+nausea -vomiting"),
    ("肚子疼，不拉", "+abdominal_pain -diarrhoea"),
    ("嗓子疼，没烧也不咳", "+sore_throat -fever -cough"),
    ("胸闷，不喘", "+chest_tightness -shortness_of_breath"),
    ("他抽没抽我没看见", "?seizure"),
    ("不是不咳，是咳得少", "+cough"),
    ("I don't feel sick, just dizzy", "-nausea +dizziness"),
]
NORMAL = [
    ("头疼，说话没问题，手脚也有劲", "+headache -speech_trouble -limb_weakness"),
    ("咳嗽，胃口还可以", "+cough -loss_of_appetite"),
    ("I have a headache but my speech is fine", "+headache -speech_trouble"),
    ("I can walk normally", "-cannot_stand_walk"),
    ("There's nothing wrong with my breathing", "-shortness_of_breath"),
    ("my speech was fine until this morning", ""),
    ("以前听力没问题", ""),
]
AFTERTHOUGHTS = [
    ("Fever? Nope. Cough? Yes, since Monday.", "-fever +cough"),
    ("Chest pain: no. Fever: yes.", "-chest_pain +fever"),
    ("发烧？没有。", "-fever"),
    ("The doctor asked about chest pain, and I have none", "-chest_pain"),
    ("去年头疼，这次没有", "-headache"),
    ("皮疹消下去了", "-rash"),
    ("肿倒没肿，就是疼", "-swelling"),
    ("fever has gone now but the cough is still there", "-fever +cough"),
    ("昨天发烧，今天不发烧了", "-fever"),
    ("fever, who knows", "?fever"),
    ("A rash? Couldn't tell you.", "?rash"),
    ("dizzy, I guess", "?dizziness"),
    ("胸痛？说不准", "?chest_pain"),
    ("心慌吧，也说不好", "?palpitations"),
    ("probably a rash, or maybe not", "?rash"),
]
DOUBTED = [
    ("大便里有没有血没注意看", "?bloody_stool"),
    ("怀没怀孕不知道", "?pregnant"),
    ("不知道是头晕还是头疼", "?dizziness ?headache"),
    ("舌头有没有肿我看不出来", "?tongue_throat_swelling"),
    ("摸着热，估计有点发烧", "?fever"),
    ("这算是抽筋吗？", "?muscle_cramp"),
    ("he may or may not have had a seizure", "?seizure"),
    ("I can't tell if it's chest pain or heartburn", "?chest_pain ?heartburn"),
    ("no idea whether I fainted", "?fainted"),
    ("I doubt that it is a rash", "?rash"),
    ("I can't remember if I fainted", "?fainted"),
    ("is it possible I have a rash?", "?rash"),
    ("Do I have a fever?", "?fever"),
]
OTHERS = [
    ("我同事刚才抽风了，现在人还没醒", "+seizure +seizure_not_waking"),
    ("单位里好几个发烧的，我有点咳嗽", "+cough +infection_contact"),
    ("Everyone at work has a fever, I only have a headache", "+headache +infection_contact"),
    ("我妈胸口疼，我赶紧带她来了", "+chest_pain"),
    ("My mother has chest pain and I brought her here", "+chest_pain"),
    ("My mother has high blood pressure and she is dizzy", "+hypertension_history +dizziness"),
    ("my dad had bowel cancer and I have a headache", "+headache +family_cancer"),
    ("我有点头疼，我姐姐乳腺癌", "+headache +family_cancer"),
    ("my wife says I snore", "+snoring"),
]
OVER = [
    ("Had a rash in March, no rash now", "-rash"),
    ("上个月咳嗽，现在头疼", "+headache"),
    ("Last summer I was dizzy. Now my knee hurts.", "+knee_pain"),
    ("I had chickenpox as a child, now I have a headache", "+headache"),
    ("I have had a cough since last month", "+cough"),
    ("上周开始发烧，现在咳嗽", "+fever +cough"),
    ("上周摔了一跤，现在头疼", "+fall +injury +headache"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*DENIED, *DENIED_BY_A_BARE_VERB, *NORMAL, *AFTERTHOUGHTS, *DOUBTED, *OTHERS, *OVER],
)
def test_who_when_and_whether(text: str, expected: str) -> None:
    assert signs(text) == set(expected.split())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("胸口疼三天了，我也说不清", "chest_pain"),
        ("胸口疼，不知道怎么办", "chest_pain"),
        ("胸口疼，我不知道是怎么回事", "chest_pain"),
        ("I have chest pain and I don't know why", "chest_pain"),
        ("I can't tell you how bad my chest pain is", "chest_pain"),
        ("Why do I have chest pain?", "chest_pain"),
        ("Is my chest pain serious?", "chest_pain"),
        ("胸口疼严重吗？", "chest_pain"),
        ("He has chest pain, I don't", "chest_pain"),
        ("my arm, no, my chest hurts", "chest_pain"),
        ("哪天不胸口疼啊", "chest_pain"),
        ("no, I have chest pain", "chest_pain"),
        ("no fever just chest pain", "chest_pain"),
        ("胸口疼，没有发烧", "chest_pain"),
        ("家里人说我抽风了，抽了两分钟", "seizure"),
        ("I worry because I have chest pain", "chest_pain"),
        ("my friend said I fainted", "fainted"),
        ("昏倒了，现在没发烧", "fainted"),
    ],
)
def test_what_is_plainly_there_stays_there(text: str, code: str) -> None:
    assert f"+{code}" in signs(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("胸口疼，现在不疼了", "chest_pain"),
        ("I had chest pain this morning but it's gone now", "chest_pain"),
        ("胸口疼，半小时后好了", "chest_pain"),
        ("右边手脚没劲，半小时后好了", "limb_weakness"),
        ("I fainted. It hasn't happened again.", "fainted"),
    ],
)
def test_what_warns_even_when_over_is_never_denied_by_its_end(text: str, code: str) -> None:
    assert f"-{code}" not in signs(text)
    assert signs(text) & {f"+{code}", f"?{code}"}


def test_a_stroke_sign_that_went_away_is_a_finding_of_its_own() -> None:
    assert "+stroke_signs_resolved" in signs("嘴歪了，半小时后好了")


def _calls(text: str) -> int:
    """How many functions reading a text calls: clocks waver, this does not."""
    matcher()
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        understood(text)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("phrase", ["没拉", "吐没吐", "may or may not ", "fever? no. ", "发烧，说不准，", "no cough, "])
def test_reading_takes_steps_in_proportion_to_the_text(phrase: str) -> None:
    short, long = _calls(phrase * 150), _calls(phrase * 600)
    assert long < 6 * short
