/** A meeting with synthetic speakers on this machine: page, signalling and host, for the demo and the system tests. */
@NullMarked
package dev.earshot.standalone.demo;

import org.jspecify.annotations.NullMarked;
