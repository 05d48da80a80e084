/** What happens to meetings: bots sent and called back, statuses projected from the log, forgotten meetings ended. */
@NullMarked
package dev.earshot.api.meeting;

import org.jspecify.annotations.NullMarked;
