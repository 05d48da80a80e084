/** The service as a command: every setting is one option, declared once. */
@NullMarked
package dev.earshot.segment.app;

import org.jspecify.annotations.NullMarked;
