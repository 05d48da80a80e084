/** Tells users' own servers what happens: where that may lead, how it is sent, and what is done when it fails. */
@NullMarked
package dev.earshot.api.webhook;

import org.jspecify.annotations.NullMarked;
