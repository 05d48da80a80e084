/** What the worker needs from outside: a recogniser, and somebody who listens to what happens. */
@NullMarked
package dev.earshot.asr.port;

import org.jspecify.annotations.NullMarked;
