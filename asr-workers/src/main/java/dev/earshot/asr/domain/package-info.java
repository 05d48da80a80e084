/**
 * What a worker decides, free of Kafka, ONNX Runtime, clocks and threads: where speech is, when an utterance begins and ends,
 * which words will not change any more, which audio is accounted for and which offset may be committed.
 */
@NullMarked
package dev.earshot.asr.domain;

import org.jspecify.annotations.NullMarked;
