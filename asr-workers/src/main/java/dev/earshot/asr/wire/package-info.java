/** Between the records on the topics and the domain: chunks in, hypotheses out. The only code that knows Opus. */
@NullMarked
package dev.earshot.asr.wire;

import org.jspecify.annotations.NullMarked;
