/**
 * Live feeds: takes the two transcript topics as they come and tells every viewer of a meeting, each from its own cursor,
 * everything once. A meeting's state is guarded by its channel; frames are encoded once and shared by all viewers.
 */
@NullMarked
package dev.earshot.api.feed;

import org.jspecify.annotations.NullMarked;
