/** The command line of the module: options, defaults and the process around the endpoints. */
@NullMarked
package dev.earshot.audio.app;

import org.jspecify.annotations.NullMarked;
