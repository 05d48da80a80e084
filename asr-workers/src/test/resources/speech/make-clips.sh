#!/bin/sh
# Makes the clips of clips.tsv: file name, espeak-ng voice, words per minute, text. Needs espeak-ng and sox.
# The sentences are none of the model's training sentences.
set -eu
cd "$(dirname "$0")"
while IFS="$(printf '\t')" read -r name voice speed text; do
    espeak-ng -v "$voice" -s "$speed" --stdout "$text" |
        sox -t wav - -r 16000 -c 1 -b 16 "$name.wav" gain -n -6 pad 0.3 0.3
done < clips.tsv
