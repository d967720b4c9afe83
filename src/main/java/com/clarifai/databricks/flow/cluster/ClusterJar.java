package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.settings.Settings;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.hash.Hashing;
import com.google.common.hash.HashingInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The jar that runs on the user's cluster, and which clusters can run it. */
public final class ClusterJar {

    private static final int HASH_CHARACTERS = 16;
    /** The first Databricks Runtime on Java 17, which the jar is made for, by its release notes. */
    private static final int OLDEST_RUNTIME = 16;

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.\\d{1,4}\\.x-.*");
    private static final Set<String> DEDICATED = Set.of("SINGLE_USER", "DATA_SECURITY_MODE_DEDICATED");

    private Path file;
    private String clusterId;
    private String newCluster;

    public void setClusterId(String clusterId) {
        this.clusterId = clusterId;
    }

    public void setNewCluster(String newCluster) {
        this.newCluster = newCluster;
    }

    /** The description of a cluster that is made for the run; empty without one. */
    public String newCluster() {
        return newCluster;
    }

    /** @param path empty for the one that comes with the application */
    public void setFile(String path) {
        this.file = path.isBlank()
                ? Settings.home().resolve("cluster").resolve("databricks-connect-cluster.jar")
                : Path.of(path);
    }

    /** @throws IllegalArgumentException when nothing says on which cluster to run, or this build has no jar for it */
    public void require() {
        if (!hasCluster()) {
            throw new IllegalArgumentException(
                    "a run on the cluster needs cluster.id (CLUSTER_ID), an existing cluster, or"
                            + " cluster.new (CLUSTER_NEW), the description of one that is made for the run");
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("this build has no jar for clusters: there is no " + file);
        }
    }

    /** Whether the settings say on which cluster jobs run. */
    public boolean hasCluster() {
        return !clusterId.isBlank() || !newCluster.isBlank();
    }

    public boolean usesExistingCluster() {
        return !clusterId.isBlank();
    }

    /**
     * What {@code cluster.new} describes.
     *
     * @throws IllegalArgumentException when it is no JSON object
     */
    public Map<String, Object> describedAsNew() {
        try {
            return JsonText.object(newCluster);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "cluster.new is no JSON object such as {\"spark_version\": \"16.4.x-scala2.12\", \"node_type_id\":"
                            + " \"m5d.large\", \"num_workers\": 2, \"data_security_mode\": \"SINGLE_USER\"}: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    /** "cluster c-1 (mine)", or the setting that describes one. */
    static String name(Map<String, Object> cluster) {
        return cluster.containsKey("cluster_id")
                ? "cluster " + cluster.get("cluster_id") + " (" + cluster.get("cluster_name") + ")"
                : "the cluster of cluster.new";
    }

    /**
     * Refuses a cluster that cannot run the jar. What is not understood, as of custom images, is let pass.
     *
     * @param cluster as the Clusters API describes it
     * @throws IllegalArgumentException naming what it lacks
     */
    public void refuseUnsuitable(@Body Map<String, Object> cluster) {
        String what = name(cluster);
        Object mode = cluster.get("data_security_mode");
        if (mode != null && !DEDICATED.contains(mode.toString())) {
            throw new IllegalArgumentException(what + " has the access mode " + mode
                    + ", in which jars of a volume are refused: give it the access mode Dedicated (data_security_mode"
                    + " SINGLE_USER), or name another in cluster.id");
        }
        Matcher release = RELEASE.matcher(Objects.toString(cluster.get("spark_version"), ""));
        if (release.matches() && Integer.parseInt(release.group(1)) < OLDEST_RUNTIME) {
            throw new IllegalArgumentException(what + " runs Databricks Runtime " + release.group(1)
                    + ", whose Java is older than the jar's (17): give it " + OLDEST_RUNTIME
                    + " or later, or name another in cluster.id");
        }
    }

    /**
     * Its place in the staging volume; what it holds is in the name, so that each version is uploaded once.
     *
     * @param volume the name of the staging volume
     */
    public String path(@Variable(Run.VARIABLE) Run run, String volume) {
        return Staging.volume(run.tables().main(), volume) + "/jars/databricks-connect-" + hash() + ".jar";
    }

    /** To be uploaded. */
    public byte[] content() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String hash() {
        try (InputStream in = Files.newInputStream(file);
                HashingInputStream hashed = new HashingInputStream(Hashing.sha256(), in)) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return hashed.hash().toString().substring(0, HASH_CHARACTERS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
