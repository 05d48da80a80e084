/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.export;

import org.jspecify.annotations.NullMarked;
