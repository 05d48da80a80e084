/** One meeting and very many viewers: how late what was said reaches them, and whether all of it does. */
@NullMarked
package dev.earshot.bench.fanout;

import org.jspecify.annotations.NullMarked;
