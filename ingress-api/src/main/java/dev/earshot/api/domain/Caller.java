package dev.earshot.api.domain;

import java.util.Set;

/**
 * Who calls: the owner of the API key that came with a request.
 *
 * @param scopes names of the key's scopes, as stored
 * @param maxConcurrent how many bots the user may have in meetings at once
 */
public record Caller(long userId, String email, Set<String> scopes, int maxConcurrent) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    public boolean mayUse(String path) {
        Set<Scope> needed = Scope.anyOf(path);
        return needed.isEmpty() || needed.stream().anyMatch(scope -> scopes.contains(scope.wire()));
    }
}
