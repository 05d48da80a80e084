/** What the sinks need of Project Reactor and it does not have. */
@NullMarked
package dev.earshot.segment.reactor;

import org.jspecify.annotations.NullMarked;
