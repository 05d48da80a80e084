/**
 * The product in one process: starts every service on the local stack or on outside servers, and is the command line that
 * people type.
 */
@NullMarked
package dev.earshot.standalone;

import org.jspecify.annotations.NullMarked;
