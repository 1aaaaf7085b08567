"""Decoding, on files that the tests write themselves with PyAV: every container, every fault."""

from __future__ import annotations

import os
import pickle
import resource
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from matters_arising.errors import MediaError
from models import protocols
from transcripts import sound
from transcripts.processed import Gap
from transcripts.sound import Decoded, PcmSound, decode
from transcripts.whole import sha256_of

RATE = 16_000
CODECS = {
    "wav": "pcm_s16le",
    "mp3": "mp3",
    "m4a": "aac",
    "opus": "libopus",
    "flac": "flac",
    "mkv": "aac",
    "ts": "aac",
    "webm": "libopus",
}


def tone(seconds: float, *, rate: int = RATE, hz: float = 300.0) -> np.ndarray:
    """A tone that swells and fades each second, so that damage to it is heard."""
    at = np.arange(int(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * hz * at) * (0.6 + 0.4 * np.sin(2 * np.pi * at))).astype("f4")


def write(
    path: Path,
    samples: np.ndarray,
    *,
    rate: int = 48_000,
    layout: str = "stereo",
    codec: str = "",
    picture: bool = False,
) -> Path:
    """A file of this sound, its samples at 16 kHz, stored at another rate and layout."""
    options = {"movflags": "faststart"} if path.suffix in (".m4a", ".mp4") else {}
    with av.open(str(path), "w", options=options) as file:
        video = _video(file) if picture else None
        stream = file.add_stream(codec or CODECS[path.suffix[1:]], rate=rate, layout=layout)
        shape = stream.codec_context.format.name
        to_file = av.AudioResampler(format=shape, layout=layout, rate=rate, frame_size=1024)
        pcm = (np.clip(samples, -1, 1) * 32767).astype("<i2").reshape(1, -1)
        whole = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        whole.sample_rate = RATE
        for frame in [*to_file.resample(whole), *to_file.resample(None)]:
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
        if video is not None:
            _draw(file, video, round(len(samples) / RATE))
    return path


def _video(file: av.container.OutputContainer) -> av.VideoStream:
    stream = file.add_stream("mpeg4", rate=1)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    return stream


def _draw(file: av.container.OutputContainer, stream: av.VideoStream, seconds: int) -> None:
    for _ in range(max(1, seconds)):
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), "u1"), format="rgb24")
        file.mux(stream.encode(picture))
    file.mux(stream.encode(None))


def damage(path: Path, first: float, last: float) -> Path:
    """Replace a stretch of the file, given as shares of its length, with noise."""
    raw = bytearray(path.read_bytes())
    start, end = int(first * len(raw)), int(last * len(raw))
    raw[start:end] = np.random.default_rng(1).bytes(end - start)
    path.write_bytes(raw)
    return path


def cut(path: Path, share: float) -> Path:
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    return path


@pytest.mark.parametrize("suffix", CODECS)
def test_every_container_becomes_the_same_sound(tmp_path: Path, suffix: str) -> None:
    source = write(tmp_path / f"meeting.{suffix}", tone(3))

    decoded = decode(source, tmp_path / "meeting.pcm")

    heard = PcmSound(decoded.path).read(0.5, 2.5)
    spectrum = np.abs(np.fft.rfft(heard))
    assert decoded.duration_s == pytest.approx(3.0, abs=0.1)
    assert np.argmax(spectrum) * RATE / len(heard) == pytest.approx(300, abs=2)
    assert decoded.gaps == ()


def test_the_sound_of_a_video_is_taken(tmp_path: Path) -> None:
    source = write(tmp_path / "webcast.mkv", tone(2), picture=True)

    decoded = decode(source, tmp_path / "webcast.pcm")

    assert (decoded.container, decoded.codec) == ("matroska,webm", "aac")
    assert decoded.duration_s == pytest.approx(2.0, abs=0.1)


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    samples = tone(2)
    source = write(tmp_path / "plain.wav", samples, rate=RATE, layout="mono")

    decoded = decode(source, tmp_path / "plain.pcm")

    heard = PcmSound(decoded.path)
    assert decoded == Decoded(tmp_path / "plain.pcm", 2.0, (), "wav", "pcm_s16le")
    assert np.allclose(heard.read(0.25, 0.75), samples[4000:12000], atol=2e-4)
    assert heard.read(0.25, 0.75).dtype == np.float32


def test_reading_is_clipped_to_the_sound(tmp_path: Path) -> None:
    pcm = tmp_path / "second.pcm"
    np.ones(RATE, "<i2").tofile(pcm)

    heard = PcmSound(pcm)

    assert heard.duration_s == 1.0
    assert [len(heard.read(*span)) for span in [(-1, 0.5), (0.5, 9), (2, 3), (0.7, 0.2)]] == [
        8000,
        8000,
        0,
        0,
    ]


def test_sound_travels_to_another_process_as_a_path(tmp_path: Path) -> None:
    heard = PcmSound(tmp_path / "a.pcm")

    assert pickle.loads(pickle.dumps(heard)) == heard  # noqa: S301 - our own bytes


def test_progress_is_told_in_seconds_up_to_the_end(tmp_path: Path) -> None:
    source = write(tmp_path / "half-minute.flac", tone(25))
    told: list[float] = []

    decoded = decode(source, tmp_path / "a.pcm", progress=told.append)

    assert [round(t) for t in told] == [10, 20, 25]
    assert told[-1] == decoded.duration_s


@pytest.mark.parametrize("suffix", ["m4a", "opus", "flac", "mkv", "mp3"])
def test_a_damaged_middle_becomes_silence_of_the_same_length(tmp_path: Path, suffix: str) -> None:
    rising = np.concatenate([tone(10), tone(10, hz=600)])
    source = damage(write(tmp_path / f"meeting.{suffix}", rising), 0.3, 0.4)

    decoded = decode(source, tmp_path / "a.pcm")

    heard = PcmSound(decoded.path)
    after = heard.read(14, 19)
    assert decoded.duration_s == pytest.approx(20, abs=0.5)
    assert np.argmax(np.abs(np.fft.rfft(after))) * RATE / len(after) == pytest.approx(600, abs=2)
    assert len(decoded.gaps) in (1, 2)
    assert decoded.gaps[0].start_s > 4
    assert decoded.gaps[-1].end_s < 13
    assert not heard.read(decoded.gaps[0].start_s + 0.1, decoded.gaps[0].end_s - 0.1).any()


@pytest.mark.parametrize("suffix", ["wav", "m4a", "flac", "mkv", "mp3"])
def test_a_file_cut_short_gives_what_it_holds_and_names_the_rest(
    tmp_path: Path, suffix: str
) -> None:
    source = cut(write(tmp_path / f"meeting.{suffix}", tone(20)), 0.6)

    decoded = decode(source, tmp_path / "a.pcm")

    (gap,) = decoded.gaps
    assert 8 < decoded.duration_s < 15
    assert gap.start_s == pytest.approx(decoded.duration_s, abs=0.01)
    assert gap.end_s == pytest.approx(20, abs=0.2)
    assert "cut short" in gap.why


def test_an_ogg_file_cut_short_is_noticed_though_it_promises_no_length(tmp_path: Path) -> None:
    source = cut(write(tmp_path / "meeting.opus", tone(20)), 0.6)

    decoded = decode(source, tmp_path / "a.pcm")

    end = decoded.duration_s
    assert decoded.gaps == (Gap(end, end, "the recording ends early, by how much is not known"),)


def test_a_recording_cut_before_its_index_says_so(tmp_path: Path) -> None:
    source = tmp_path / "phone.mp4"
    with av.open(str(source), "w") as file:  # the index comes last here
        stream = file.add_stream("aac", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone(4).reshape(1, -1), format="fltp", layout="mono")
        frame.sample_rate = RATE
        file.mux([*stream.encode(frame), *stream.encode(None)])
    cut(source, 0.7)

    with pytest.raises(MediaError, match="cut short before its index"):
        decode(source, tmp_path / "a.pcm")


def test_sound_that_begins_after_the_picture_keeps_the_times_of_the_player(tmp_path: Path) -> None:
    source = tmp_path / "late.mkv"
    with av.open(str(source), "w") as file:
        video = _video(file)
        stream = file.add_stream("pcm_s16le", rate=RATE, layout="mono")
        _draw(file, video, 6)
        pcm = (tone(2) * 32767).astype("<i2").reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate, frame.pts = RATE, 3 * RATE
        file.mux([*stream.encode(frame), *stream.encode(None)])

    decoded = decode(source, tmp_path / "a.pcm")

    heard = PcmSound(decoded.path)
    assert decoded.duration_s == pytest.approx(5, abs=0.05)
    assert not heard.read(0, 2.9).any()
    assert heard.read(3.1, 4.9).any()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"Minutes of the meeting held on 11 June\n" * 9, "is not a recording|has no sound"),
        (bytes(range(256)) * 40, "is not a recording"),
    ],
)
def test_what_is_no_recording_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    source = tmp_path / "minutes.mp3"
    source.write_bytes(content)

    with pytest.raises(MediaError, match=sentence) as fault:
        decode(source, tmp_path / "a.pcm")

    assert "minutes.mp3" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="there is no recording at"):
        decode(tmp_path / "gone.mp3", tmp_path / "a.pcm")
    with pytest.raises(MediaError, match="is a folder"):
        decode(tmp_path, tmp_path / "a.pcm")


def test_a_video_without_sound_says_what_it_holds(tmp_path: Path) -> None:
    source = tmp_path / "mute.mp4"
    with av.open(str(source), "w") as file:
        _draw(file, _video(file), 2)

    with pytest.raises(MediaError, match="has no sound: it holds video only"):
        decode(source, tmp_path / "a.pcm")


@pytest.mark.parametrize("noise", [0, 12])
def test_a_recording_that_is_silent_throughout_is_refused(tmp_path: Path, noise: int) -> None:
    source = tmp_path / "muted.wav"
    hiss = np.random.default_rng(0).integers(-noise, noise + 1, 2 * RATE)
    write(source, (hiss / 32767).astype("f4"), rate=RATE, layout="mono")

    with pytest.raises(MediaError, match="silent throughout"):
        decode(source, tmp_path / "a.pcm")


def test_a_recording_without_a_single_sample_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "nothing.wav"
    with wave.open(str(source), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))

    with pytest.raises(MediaError, match="no sound could be decoded"):
        decode(source, tmp_path / "a.pcm")


def test_a_fault_leaves_neither_a_half_file_nor_the_one_before_touched(tmp_path: Path) -> None:
    target = tmp_path / "a.pcm"
    target.write_bytes(b"before")
    source = write(tmp_path / "silent.wav", np.zeros(RATE, "f4"))

    with pytest.raises(MediaError):
        decode(source, target)

    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.pcm", "silent.wav"]
    assert target.read_bytes() == b"before"


@pytest.mark.parametrize("address", ["private.ts", "http://127.0.0.1:9/private.ts"])
def test_a_playlist_cannot_make_us_read_another_file(tmp_path: Path, address: str) -> None:
    write(tmp_path / "private.ts", tone(2))
    playlist = tmp_path / "meeting.m3u8"
    playlist.write_text(f"#EXTM3U\n#EXTINF:2,\n{address}\n#EXT-X-ENDLIST\n")

    with pytest.raises(MediaError, match="is a playlist"):
        decode(playlist, tmp_path / "a.pcm")


def test_memory_stays_flat_over_an_hour_of_sound(tmp_path: Path) -> None:
    minute = tone(60)
    source = tmp_path / "hour.flac"
    write(source, np.tile(minute, 2), rate=RATE, layout="mono")
    decode(source, tmp_path / "short.pcm")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with wave.open(str(tmp_path / "hour.wav"), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        for _ in range(60):
            file.writeframes((minute * 32767).astype("<i2").tobytes())

    decoded = decode(tmp_path / "hour.wav", tmp_path / "hour.pcm")

    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert decoded.duration_s == pytest.approx(3600)
    assert grown_mb < 30


def test_the_hash_names_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"abc")

    assert sha256_of(path).startswith("ba7816bf8f01cfea414140de5dae2223")


def test_everybody_means_the_same_sample_rate() -> None:
    assert sound.SAMPLE_RATE == protocols.SAMPLE_RATE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    source = write(tmp_path / "closed.wav", tone(1))
    source.chmod(0)

    with pytest.raises(MediaError, match="may not be read"):
        decode(source, tmp_path / "a.pcm")
