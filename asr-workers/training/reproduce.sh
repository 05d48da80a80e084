#!/bin/sh
# Makes the built-in model from nothing, in a folder of its own: reproduce.sh FOLDER
# About five hours on two cores, most of it synthesis. Debian 12; see README.md for the packages.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
cp "$here"/*.py "$here"/*.c "$here"/test_sentences.txt "$1"
cd "$1"

gcc -O3 -march=native -fopenmp -shared -fPIC ctc.c -o libctc.so -lm
gcc -O3 -march=native -ffast-math -fopenmp -shared -fPIC depthwise.c -o libdepthwise.so

python3 test_sets.py
# 41 shards with half of the voices from espeak-ng, then 12 with more of the voices that come from people.
python3 synthesise.py 0 21 & python3 synthesise.py 1 20 & wait
ESPEAK_SHARE=0.25 python3 synthesise.py 0 6 21 & ESPEAK_SHARE=0.25 python3 synthesise.py 1 6 21 & wait

# glibc would give memory back between steps only to ask for it again; OpenBLAS threads would fight ours.
export OMP_WAIT_POLICY=passive OPENBLAS_NUM_THREADS=1 MALLOC_MMAP_THRESHOLD_=1073741824 \
    MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456 MALLOC_ARENA_MAX=2
python3 train.py 4
python3 train.py 8 final.pt
LR=2.5e-3 python3 train.py 20 final.pt
LR=2.5e-3 python3 train.py 35.5 final.pt

mkdir -p model
python3 export.py final.pt model
python3 language_model.py model
ls -l model
