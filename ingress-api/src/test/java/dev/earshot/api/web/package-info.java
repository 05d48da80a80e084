/** Tests of the package of the same name. */
@NullMarked
package dev.earshot.api.web;

import org.jspecify.annotations.NullMarked;
