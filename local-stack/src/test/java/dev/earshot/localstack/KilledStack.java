package dev.earshot.localstack;

import java.nio.file.Path;

/** A main program that starts a stack, says its addresses, and waits to be killed. */
final class KilledStack {

    private KilledStack() {}

    public static void main(String[] args) throws Exception {
        LocalStackConfig config =
                args.length == 0 ? LocalStackConfig.ephemeral() : LocalStackConfig.keptIn(Path.of(args[0]));
        LocalStack stack = LocalStack.start(config);
        System.out.println("READY " + config.dataDir() + " " + stack.databaseUrl() + " " + stack.redisUrl());
        System.in.read();
        stack.close();
    }
}
