/** What the service tells whoever watches it. */
@NullMarked
package dev.earshot.segment.port;

import org.jspecify.annotations.NullMarked;
