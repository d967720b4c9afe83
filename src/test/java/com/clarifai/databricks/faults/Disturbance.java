package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.ConnectProcess;
import com.clarifai.databricks.it.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Random;

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
        void disturb(Runs runs, Random random) {
            ConnectProcess process = inTheMiddle(runs, random);
            runs.services().restart();
            runs.await(process);
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
    };

    private final NetworkFault fault;

    Disturbance() {
        this(null);
    }

    Disturbance(NetworkFault fault) {
        this.fault = fault;
    }

    void disturb(Runs runs, Random random) {
        Sandbox sandbox = runs.services().sandbox();
        try (Relays relays = new Relays(sandbox, fault, random)) {
            runs.await(runs.startThrough(relays, "rows"));
            runs.happened(relays.faults());
        }
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
