"""Make the spoken sentences of tests/data/speech and of the demonstration: `python packaging/speech_fixtures.py`.

espeak-ng (1.51 or newer) speaks, the built-in models listen, and only sentences heard word for word are kept. The
sentences use the models' vocabulary alone. Chinese is given as pinyin with tones, because espeak-ng 1.51 cannot read
characters.
"""

from __future__ import annotations

import io
import subprocess
import sys
import wave
from array import array
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kiosk.adapters.speech.vosk_recogniser import VoskModel  # noqa: E402
from kiosk.wire.pcm import Resampler, SampleFormat, little_endian, mono  # noqa: E402

SAMPLE_RATE = 16_000
LONGEST_BYTES = 150_000
QUIET = 200
"""Samples below this (of 32768) at both ends are cut."""
MARGIN_S = 0.15
WORDS_A_MINUTE = 150


@dataclass(frozen=True, slots=True)
class Sentence:
    """`heard` is what the recogniser should write, `spoken` what espeak-ng reads, `demo` a file name of the demo."""

    heard: str
    spoken: str
    demo: str = ""


def _zh(words: str, pinyin: str, demo: str = "") -> Sentence:
    return Sentence(words.replace(" ", ""), pinyin, demo)


def _en(words: str, demo: str = "") -> Sentence:
    return Sentence(words, words, demo)


CHINESE = (
    _zh("我 胸口 很疼 出汗 呼吸困难", "wo3 xiong1kou3 hen3teng2 chu1han4 hu1xi1kun4nan2", demo="emergency"),
    _zh("我 咳嗽 三 天 了 没有 发烧", "wo3 ke2sou4 san1 tian1 le5 mei2you3 fa1shao1", demo="complaint"),
    _zh("我 头痛 三 天 了", "wo3 tou2tong4 san1 tian1 le5"),
    _zh("我的 左 膝盖 很 痛", "wo3de5 zuo3 xi1gai4 hen3 tong4"),
    _zh("我 咳嗽 发烧 两 天 没有 呕吐", "wo3 ke2sou4 fa1shao1 liang3 tian1 mei2you3 ou3tu4"),
    _zh("肚子 疼 一直 拉肚子", "du4zi5 teng2 yi4zhi2 la1du4zi5"),
    _zh("我 突然 头晕", "wo3 tu1ran2 tou2yun1"),
    _zh("昨天 晚上 开始 的", "zuo2tian1 wan3shang4 kai1shi3 de5"),
    _zh("我 对 青霉素 过敏", "wo3 dui4 qing1mei2su4 guo4min3"),
    _zh("体温 三 十 九 度", "ti3wen1 san1 shi2 jiu3 du4"),
    _zh("我 有 高血压 和 糖尿病", "wo3 you3 gao1xue4ya1 he2 tang2niao4bing4"),
    _zh("走路 的 时候 加重", "zou3lu4 de5 shi2hou4 jia1zhong4"),
    _zh("我 怀孕 了 腹痛 出血", "wo3 huai2yun4 le5 fu4tong4 chu1xue4"),
    _zh("没有", "mei2you3"),
    _zh("不清楚", "bu4qing1chu3"),
    _zh("孩子 发烧 三 天 了 皮疹", "hai2zi5 fa1shao1 san1 tian1 le5 pi2zhen3"),
)

ENGLISH = (
    _en("i have chest pain and shortness of breath", demo="emergency"),
    _en("i have had a cough for three days no fever", demo="complaint"),
    _en("i have a headache for three days no fever"),
    _en("my left knee hurts when i walk"),
    _en("i have a sore throat and a runny nose"),
    _en("i have stomach pain and diarrhea"),
    _en("i feel dizzy when i stand up"),
    _en("it started last night"),
    _en("i am allergic to penicillin"),
    _en("my temperature is thirty nine point five"),
    _en("i have high blood pressure and diabetes"),
    _en("the pain is severe and sudden"),
    _en("i am pregnant and i have bleeding"),
    _en("no"),
    _en("not sure"),
    _en("i have a rash and itching"),
)

VOICES = {
    # Plain voices in turn; unusual ones are misheard by models this small.
    "zh": ("sit/cmn-Latn-pinyin", "sit/cmn-Latn-pinyin+m3", "sit/cmn-Latn-pinyin+f2"),
    "en": ("gmw/en-US", "gmw/en-US+m3", "gmw/en-US+f2"),
}


def speak(text: str, voice: str) -> bytes:
    """16 kHz mono 16-bit samples of a text."""
    command = ["espeak-ng", "-v", voice, "-s", str(WORDS_A_MINUTE), "--stdout", text]
    spoken = subprocess.run(command, capture_output=True, check=True).stdout
    with wave.open(io.BytesIO(spoken)) as sound:
        rate = sound.getframerate()
        # On a pipe espeak-ng cannot write the length into the header, so all that follows is read.
        data = spoken[44:]
    samples = Resampler(rate, SAMPLE_RATE).feed(mono(data[: len(data) // 2 * 2], SampleFormat.INT16, 1))
    return little_endian(trimmed(samples))


def trimmed(samples: array[int]) -> array[int]:
    """Without the silence at both ends but for a margin."""
    loud = [index for index, sample in enumerate(samples) if abs(sample) > QUIET]
    margin = int(MARGIN_S * SAMPLE_RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def hear(model: VoskModel, pcm: bytes) -> str:
    """What the model hears when the sound comes in pieces, as from a microphone."""
    utterance = model.utterance(())
    for start in range(0, len(pcm), 3200):
        utterance.accept(pcm[start : start + 3200])
    return utterance.finish()


def write_wav(path: Path, pcm: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(SAMPLE_RATE)
        sound.writeframes(pcm)


def make(language: str, sentences: tuple[Sentence, ...]) -> None:
    """Write the fixtures of one language and say how many sentences were heard exactly."""
    model = VoskModel(ROOT / "models" / "speech" / language)
    folder = ROOT / "tests" / "data" / "speech" / language
    for old in folder.glob("*.wav"):
        old.unlink()
    kept: list[str] = []
    for number, sentence in enumerate(sentences):
        voice = VOICES[language][number % len(VOICES[language])]
        pcm = speak(sentence.spoken, voice)
        heard = hear(model, pcm)
        if heard != sentence.heard or len(pcm) > LONGEST_BYTES:
            print(f"left out, {len(pcm)} bytes, {voice}: {sentence.heard!r} was heard as {heard!r}")
            continue
        name = f"{len(kept) + 1:02}.wav"
        write_wav(folder / name, pcm)
        kept.append(f"{name}\t{sentence.heard}\n")
        if sentence.demo:
            write_wav(ROOT / "assets" / "demo-hospital" / "voice" / f"{language}-{sentence.demo}.wav", pcm)
    (folder / "texts.tsv").write_text("".join(kept), encoding="utf-8")
    print(f"{language}: {len(kept)} of {len(sentences)} sentences heard exactly")


def main() -> None:
    make("zh", CHINESE)
    make("en", ENGLISH)


if __name__ == "__main__":
    main()
