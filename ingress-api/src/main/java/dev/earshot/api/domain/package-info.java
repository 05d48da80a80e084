/**
 * What the API decides, as functions of plain values: which request is valid, which status may follow which, what a viewer
 * of a meeting has still to be told. Knows the JDK and nothing else.
 */
@NullMarked
package dev.earshot.api.domain;

import org.jspecify.annotations.NullMarked;
