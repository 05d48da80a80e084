/** What a finished run says about itself: words said and heard, delays, coverage. Pure. */
@NullMarked
package dev.earshot.standalone.report;

import org.jspecify.annotations.NullMarked;
