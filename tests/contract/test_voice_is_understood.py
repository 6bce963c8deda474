"""The voice that reads the screens, told a sentence and listened to by the speech model: is it the sentence?"""

from __future__ import annotations

import shutil
from array import array

import pytest

from kiosk import paths
from kiosk.adapters.speech.speaker import ESPEAK, make_speaker
from kiosk.adapters.speech.vosk_recogniser import VoskModel
from kiosk.config import VoiceSettings
from kiosk.domain.language import Language
from kiosk.wire.pcm import Resampler, little_endian

SAID = [
    (Language.ZH, "我的左膝盖很痛", "我的左膝盖很痛"),
    (Language.ZH, "厕所在哪里", "厕所在哪里"),
    (Language.ZH, "46岁", "四十六岁"),
    (Language.EN, "Where is the toilet", "where is the toilet"),
]


@pytest.mark.skipif(shutil.which(ESPEAK) is None, reason="not installed: espeak-ng")
@pytest.mark.parametrize(("language", "text", "heard"), SAID)
def test_the_usual_voice_says_what_it_reads(language: Language, text: str, heard: str) -> None:
    """The voice `cmn` of espeak-ng 1.51 spells Chinese as English letters and figures."""
    sound = make_speaker(VoiceSettings()).speak(text, language.value)
    pcm = little_endian(Resampler(sound.rate, 16_000).feed(array("h", sound.pcm)))
    utterance = VoskModel(paths.models() / "speech" / language.value).utterance(())
    utterance.accept(pcm)
    assert utterance.finish()[0].text == heard
