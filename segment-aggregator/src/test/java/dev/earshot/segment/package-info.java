/** Tests of the whole service, and what all tests share. */
@NullMarked
package dev.earshot.segment;

import org.jspecify.annotations.NullMarked;
