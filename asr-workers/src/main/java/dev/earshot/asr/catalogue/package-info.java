/** The speech models that are known by name, and how they come from where they are published into a folder of this machine. */
@NullMarked
package dev.earshot.asr.catalogue;

import org.jspecify.annotations.NullMarked;
