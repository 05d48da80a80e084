"""Synthesisers: espeak-ng, flite and festival. All return (rate, float32 samples in [-1, 1])."""

import os
import shutil
import subprocess
import tempfile

import numpy as np
from scipy.io import wavfile

ESPEAK_ACCENTS = (
    "en-us en-us en-us en-us en-gb en-gb en-gb-scotland en-gb-x-rp en-gb-x-gbclan en-029 en-us-nyc"
).split()
ESPEAK_VARIANTS = [""] + (
    "m1 m2 m3 m4 m6 m7 m8 f1 f2 f3 f5 klatt klatt2 klatt3 Andy Annie Alex Alicia Andrea belinda benjamin boris caleb"
    " david Diogo ed edward Gene Henrique Hugo john Lee linda max Michael Mike norbert pablo paul pedro quincy rob"
    " robert sandro shelby steph steph2 travis victor zac anika grandma grandpa aunty Mr"
).split()
# Never in training, nor is flite's rms: they tell how the model hears a voice it does not know.
HELD_OUT_VARIANTS = ["m5", "f4"]
FLITE_VOICES = "slt slt slt awb awb awb kal16 kal16".split()
FLITE_PITCH_HZ = {"slt": 170, "awb": 130, "kal16": 105, "rms": 100}
FESTIVAL_VOICES = "kal_diphone ked_diphone ked_diphone cmu_us_slt_arctic_hts".split()
SCRATCH = "/dev/shm"
WAV_HEADER = 44
ESPEAK_RATE = 22050


def _floats(samples):
    return samples.astype(np.float32) / 32768.0


def espeak(text, rng, variant=None, accent=None, plain=False):
    voice = accent or rng.choice(ESPEAK_ACCENTS)
    chosen = rng.choice(ESPEAK_VARIANTS) if variant is None else variant
    if chosen:
        voice += "+" + chosen
    speed = 165 if plain else rng.randint(130, 205)
    pitch = 50 if plain else rng.randint(20, 80)
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    wav = subprocess.run(command, capture_output=True).stdout
    # Writing to a pipe, espeak-ng cannot know the sizes in its header.
    return ESPEAK_RATE, _floats(np.frombuffer(wav[WAV_HEADER : len(wav) - len(wav) % 2], np.int16))


def flite(text, rng, voice=None, plain=False):
    chosen = voice or rng.choice(FLITE_VOICES)
    file = tempfile.mktemp(suffix=".wav", dir=SCRATCH)
    settings = []
    if not plain:
        settings = ["--setf", "duration_stretch=%.2f" % rng.uniform(0.8, 1.3)]
        settings += ["--setf", "int_f0_target_mean=%d" % (FLITE_PITCH_HZ[chosen] * rng.uniform(0.85, 1.2))]
    subprocess.run(["flite", "-voice", chosen] + settings + ["-t", text, "-o", file], capture_output=True)
    rate, samples = wavfile.read(file)
    os.unlink(file)
    return rate, _floats(samples)


def festival(texts, rng):
    """Many texts in one run, for festival takes long to start. None where it failed."""
    folder = tempfile.mkdtemp(dir=SCRATCH)
    by_voice = {}
    for i in range(len(texts)):
        by_voice.setdefault(rng.choice(FESTIVAL_VOICES), []).append(i)
    script = []
    for voice, indices in by_voice.items():
        script.append(f"(voice_{voice})")
        for i in indices:
            script.append(f"(Parameter.set 'Duration_Stretch {rng.uniform(0.85, 1.25):.2f})")
            script.append(f'(utt.save.wave (utt.synth (Utterance Text "{texts[i]}")) "{folder}/{i}.wav")')
    with open(folder + "/script.scm", "w") as file:
        file.write("\n".join(script))
    subprocess.run(["festival", "-b", folder + "/script.scm"], capture_output=True)
    spoken = []
    for i in range(len(texts)):
        try:
            rate, samples = wavfile.read(f"{folder}/{i}.wav")
            spoken.append((rate, _floats(samples)))
        except (OSError, ValueError):
            spoken.append(None)
    shutil.rmtree(folder)
    return spoken
