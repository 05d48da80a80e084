/** What a console consumer prints, made readable with the registry's REST API and nothing else. */
@NullMarked
package dev.earshot.samples.console;

import org.jspecify.annotations.NullMarked;
