/** Puts the API together and starts it; the command line for those who run it alone. */
@NullMarked
package dev.earshot.api.app;

import org.jspecify.annotations.NullMarked;
