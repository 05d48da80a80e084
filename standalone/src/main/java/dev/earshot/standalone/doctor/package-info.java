/** Looks at this machine and says what is missing and what to do about it. */
@NullMarked
package dev.earshot.standalone.doctor;

import org.jspecify.annotations.NullMarked;
