/** Tests of the API as its clients see it. */
@NullMarked
package dev.earshot.api;

import org.jspecify.annotations.NullMarked;
