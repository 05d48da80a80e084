package dev.earshot.bot.domain;

/**
 * A participant as the page shows them.
 *
 * @param id the platform's own, stable within a session
 * @param name as shown; may be empty
 * @param speaking whether the page marks them as speaking now
 */
public record Person(String id, String name, boolean speaking) {}
