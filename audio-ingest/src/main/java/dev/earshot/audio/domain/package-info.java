/** What audio is before it is bytes on a topic: samples at one rate, cut into frames of one length. JDK only, no clock, no I/O. */
@NullMarked
package dev.earshot.audio.domain;

import org.jspecify.annotations.NullMarked;
