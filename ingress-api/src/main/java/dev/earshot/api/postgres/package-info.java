/** Accounts, meetings and transcripts in Postgres, over R2DBC; migrations over JDBC, because Flyway knows nothing else. */
@NullMarked
package dev.earshot.api.postgres;

import org.jspecify.annotations.NullMarked;
