/**
 * The public face of Earshot: accounts, bots, meetings, transcripts, live feeds and the page people look at. {@link
 * dev.earshot.api.IngressApi} starts it; what a service of this kind decides lies in {@code domain}, what it touches in
 * the packages named after it.
 */
@NullMarked
package dev.earshot.api;

import org.jspecify.annotations.NullMarked;
