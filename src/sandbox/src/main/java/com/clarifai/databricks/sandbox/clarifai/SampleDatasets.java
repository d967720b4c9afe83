package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Fills and stirs datasets directly in the store. */
final class SampleDatasets implements DatasetControl {

    private static final long FIRST_ARRIVAL_MICROS =
            TimeUnit.SECONDS.toMicros(Instant.parse("2020-01-01T00:00:00Z").getEpochSecond());
    private static final long ARRIVAL_STEP_MICROS = 97_000_000;
    private static final int INPUTS_A_WRITE = 500;
    /** Annotations of successive inputs, relatively: some have none. */
    private static final int[] WEIGHTS = {1, 2, 1, 0, 3, 1, 0, 0};

    private static final int WEIGHTS_SUM = 8;

    private final ClarifaiTables tables;
    private final SampleItems.Factory items;
    private final AppsService apps;
    private final DatasetsService datasets;
    private final Churn churn;

    /** @param images address of the web server with the originals of images posted by URL */
    SampleDatasets(
            ClarifaiTables tables,
            StoredImages files,
            AppsService apps,
            DatasetsService datasets,
            Churn churn,
            String userId,
            URI images) {
        this.tables = tables;
        this.items = (app, seed) -> new SampleItems(tables, files, app, seed, userId, images);
        this.apps = apps;
        this.datasets = datasets;
        this.churn = churn;
    }

    @Override
    public Map<String, Map<String, Integer>> fill(Filling filling) throws IOException {
        check(filling.app(), filling.dataset());
        if (filling.inputs() == 0 || (long) filling.first() + filling.inputs() > MOST_INPUTS) {
            throw new IllegalArgumentException("inputs are at least one and have numbers below " + MOST_INPUTS);
        }
        create(filling.app(), filling.dataset());
        checkNew(filling);
        SampleItems sample = items.create(filling.app(), filling.seed());
        Counts counts = new Counts();
        for (int from = 0; from < filling.inputs(); from += INPUTS_A_WRITE) {
            int begin = from;
            int end = Math.min(filling.inputs(), from + INPUTS_A_WRITE);
            tables.store().change(() -> {
                for (int i = begin; i < end; i++) {
                    insert(filling, i, sample, counts);
                }
            });
        }
        return counts.byKind;
    }

    private void checkNew(Filling filling) {
        tables.store().read(() -> {
            for (int i = 0; i < filling.inputs(); i++) {
                String id = id((long) filling.first() + i);
                if (tables.inputs().contains(filling.app(), id)) {
                    throw new IllegalArgumentException("input '" + id + "' is there already: begin with another one");
                }
            }
            return null;
        });
    }

    private static String id(long number) {
        return String.format("sample-%07d", number);
    }

    private void insert(Filling filling, int i, SampleItems sample, Counts counts) {
        long number = (long) filling.first() + i;
        long arrived = FIRST_ARRIVAL_MICROS + number * ARRIVAL_STEP_MICROS;
        StoredInput input = sample.insertInput(number, id(number), arrived, filling.dataset());
        counts.add(number, input);
        int notes = (int) (annotationsBefore(filling, i + 1) - annotationsBefore(filling, i));
        for (int place = 0; place < notes; place++) {
            counts.add(sample.insertAnnotation(input, number, place, arrived + SampleAnnotations.delay(place)));
        }
    }

    /** How many annotations the first inputs have together: all of them in the end. */
    private static long annotationsBefore(Filling filling, int inputs) {
        return filling.annotations() * weight(inputs) / weight(filling.inputs());
    }

    private static long weight(int inputs) {
        long weight = (long) inputs / WEIGHTS.length * WEIGHTS_SUM;
        for (int i = 0; i < inputs % WEIGHTS.length; i++) {
            weight += WEIGHTS[i];
        }
        return weight;
    }

    @Override
    public void churn(Churning churning) throws IOException {
        check(churning.app(), churning.dataset());
        if (churning.every() == 0) {
            throw new IllegalArgumentException("every is at least 1");
        }
        create(churning.app(), churning.dataset());
        churn.begin(churning, items.create(churning.app(), 0));
    }

    @Override
    public Map<String, List<String>> endChurn() {
        return churn.end();
    }

    @Override
    public void setStatus(String app, String input, int code) {
        tables.store().change(() -> {
            StoredInput stored = tables.inputs()
                    .find(app, input)
                    .orElseThrow(() -> new IllegalArgumentException("app '" + app + "' has no input '" + input + "'"));
            tables.inputs().update(app, stored, old -> old.withStatus(Statuses.of(code)));
        });
    }

    private static void check(String app, String dataset) {
        if (!Ids.isValid(app) || !Ids.isValid(dataset)) {
            throw new IllegalArgumentException("app and dataset id " + Ids.RULE);
        }
    }

    private void create(String app, String dataset) {
        apps.createMissing(List.of(app));
        datasets.createMissing(app, dataset);
    }

    private static final class Counts {

        private final Map<String, Map<String, Integer>> byKind = new TreeMap<>();

        void add(long number, StoredInput input) {
            add("inputs", SampleInputs.kind(number).name().toLowerCase(Locale.ROOT));
            add("input_statuses", String.valueOf(input.statusCode()));
            add("annotations", "input_level");
        }

        void add(Annotation annotation) {
            add("annotations", SampleAnnotations.kind(annotation).name().toLowerCase(Locale.ROOT));
            add("annotation_statuses", String.valueOf(annotation.getStatus().getCodeValue()));
            add("workers", annotation.getWorker().getWorkerCase().name().toLowerCase(Locale.ROOT));
        }

        private void add(String what, String kind) {
            byKind.computeIfAbsent(what, w -> new TreeMap<>()).merge(kind, 1, Integer::sum);
        }
    }
}
