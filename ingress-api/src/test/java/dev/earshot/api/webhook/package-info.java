/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.webhook;

import org.jspecify.annotations.NullMarked;
