/** Whether a worker's memory stays flat while tracks come and go for hours. */
@NullMarked
package dev.earshot.bench.endurance;

import org.jspecify.annotations.NullMarked;
