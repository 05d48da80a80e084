/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.app;

import org.jspecify.annotations.NullMarked;
