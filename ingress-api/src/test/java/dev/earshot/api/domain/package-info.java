/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.domain;

import org.jspecify.annotations.NullMarked;
