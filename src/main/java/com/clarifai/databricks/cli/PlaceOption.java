package com.clarifai.databricks.cli;

import picocli.CommandLine.Option;

/** Where the work of a run is done: an option of the flows that a cluster can do as well. */
final class PlaceOption {

    enum Place {
        machine,
        cluster
    }

    @Option(
            names = "--on",
            defaultValue = "machine",
            paramLabel = "PLACE",
            description = "Where the work is done: on this machine (machine, default), or by the executors of your own"
                    + " Databricks cluster (cluster), see cluster.id.")
    private Place on;

    boolean isCluster() {
        return on == Place.cluster;
    }
}
