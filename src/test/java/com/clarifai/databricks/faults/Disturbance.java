package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.ConnectProcess;
import com.clarifai.databricks.it.Sandbox;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** What happens to a flow while it runs. Each ends when its processes have ended. */
enum Disturbance {
    CUT(NetworkFault.CUT),
    RESET(NetworkFault.RESET),
    TRUNCATE(NetworkFault.TRUNCATE),
    STALL(NetworkFault.STALL),
    DELAY(NetworkFault.DELAY),
    LATENCY(NetworkFault.LATENCY),
    /** As {@code kill -9}, at some moment. */
    KILL {
        @Override
        void disturb(Runs runs, Random random) {
            ConnectProcess process = inTheMiddle(runs, random);
            runs.killed(process);
        }
    },
    /** As the end of a service, which has 30 seconds to end. */
    TERMINATE {
        @Override
        void disturb(Runs runs, Random random) {
            ConnectProcess process = inTheMiddle(runs, random);
            runs.terminated(process);
        }
    },
    /** Databricks, S3 and Clarifai are away for some seconds, at the same time. */
    RESTART {
        @Override
        boolean endsServices() {
            return true;
        }

        @Override
        void disturb(Runs runs, Random random) {
            ConnectProcess process = inTheMiddle(runs, random);
            runs.restartedBeside(process);
        }
    },
    /** Two processes do the same at the same time. */
    TWINS {
        @Override
        void disturb(Runs runs, Random random) {
            both(runs, random, "rows");
        }
    },
    /** Two processes do the same in the same app, with tables of their own. */
    OVERLAP {
        @Override
        void disturb(Runs runs, Random random) {
            both(runs, random, "other");
        }
    },
    SMALL_HEAP {
        @Override
        void disturb(Runs runs, Random random) {
            runs.await(runs.start("rows", Map.of("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Xmx96m")));
        }
    },
    FEW_DESCRIPTORS {
        @Override
        void disturb(Runs runs, Random random) {
            runs.await(runs.start(List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"), "rows", Map.of()));
        }
    },
    /** No byte more can be written to temporary files. */
    FULL_DISK {
        @Override
        void disturb(Runs runs, Random random) {
            try (FullDisk disk = FullDisk.mount()) {
                runs.await(runs.start(
                        "rows", Map.of("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=" + disk.folder())));
            }
        }
    },
    /** Somebody else writes to the same table, again and again. */
    CONFLICTS {
        @Override
        void disturb(Runs runs, Random random) {
            ConnectProcess process = runs.start("rows", Map.of());
            try (OtherWriter other = new OtherWriter(runs.place(), random)) {
                runs.await(process);
                runs.happened(other.commits());
            }
        }
    },
    /** Something on the network, and little memory or not, and an end of some kind in the middle or none. */
    MIX {
        @Override
        boolean endsServices() {
            return true;
        }

        @Override
        void disturb(Runs runs, Random random) {
            NetworkFault network = pick(random, NetworkFault.CUT, NetworkFault.RESET, NetworkFault.DELAY);
            String memory = pick(random, "", " -Xmx96m");
            Consumer<ConnectProcess> end =
                    pick(random, runs::killed, runs::terminated, runs::restartedBeside, runs::await);
            System.out.println("mix: " + network + memory);
            try (Relays relays = new Relays(runs.services().sandbox(), network, random)) {
                ConnectProcess process =
                        runs.startThrough(relays, "rows", Map.of("JAVA_OPTS", "-XX:TieredStopAtLevel=1" + memory));
                runs.waitMillis(process, random.nextInt(runs.usualMillis()));
                end.accept(process);
                runs.happened(relays.faults());
            }
        }
    };

    private final NetworkFault fault;

    Disturbance() {
        this(null);
    }

    Disturbance(NetworkFault fault) {
        this.fault = fault;
    }

    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the services may go away, from other flows as well. */
    boolean endsServices() {
        return false;
    }

    void disturb(Runs runs, Random random) {
        Sandbox sandbox = runs.services().sandbox();
        try (Relays relays = new Relays(sandbox, fault, random)) {
            runs.await(runs.startThrough(relays, "rows", Map.of()));
            runs.happened(relays.faults());
        }
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** A run that has been under way for a part of the time that it usually takes. */
    private static ConnectProcess inTheMiddle(Runs runs, Random random) {
        ConnectProcess process = runs.start("rows", Map.of());
        runs.waitMillis(process, random.nextInt(runs.usualMillis()));
        return process;
    }

    private static void both(Runs runs, Random random, String table) {
        ConnectProcess one = runs.start("rows", Map.of());
        runs.waitMillis(one, random.nextInt(3_000));
        ConnectProcess other = runs.start(table, Map.of());
        runs.await(one);
        runs.await(other);
    }
}
