/** A transcript as a file: text, WebVTT, SubRip, JSON, and the text behind a share link. Pure. */
@NullMarked
package dev.earshot.api.export;

import org.jspecify.annotations.NullMarked;
