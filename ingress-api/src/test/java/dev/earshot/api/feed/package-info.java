/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.feed;

import org.jspecify.annotations.NullMarked;
