/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.postgres;

import org.jspecify.annotations.NullMarked;
