/** The network endpoints for audio that no bot brings: a WAV upload and a WebSocket of raw samples. */
@NullMarked
package dev.earshot.audio.http;

import org.jspecify.annotations.NullMarked;
