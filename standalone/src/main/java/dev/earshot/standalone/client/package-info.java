/** A small client of the public API, as an outside program would write it: nothing of the services is used. */
@NullMarked
package dev.earshot.standalone.client;

import org.jspecify.annotations.NullMarked;
