/** A finished transcript as a file: text, WebVTT, SubRip, JSON. Pure. */
@NullMarked
package dev.earshot.standalone.export;

import org.jspecify.annotations.NullMarked;
