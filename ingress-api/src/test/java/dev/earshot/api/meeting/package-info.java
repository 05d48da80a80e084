/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.meeting;

import org.jspecify.annotations.NullMarked;
