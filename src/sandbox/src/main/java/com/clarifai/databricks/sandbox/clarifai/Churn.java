package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.DatasetControl.Churning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Has inputs come and go while they are listed. */
final class Churn {

    private final ClarifaiTables tables;
    private final StoredImages files;
    private final List<String> added = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private Churning plan;
    private SampleItems items;
    private SplittableRandom random;
    private long calls;
    private int next;

    Churn(ClarifaiTables tables, StoredImages files) {
        this.tables = tables;
        this.files = files;
    }

    synchronized void begin(Churning churning, SampleItems sample) {
        end();
        plan = churning;
        items = sample;
        random = new SplittableRandom(0);
        calls = 0;
    }

    synchronized Map<String, List<String>> end() {
        Map<String, List<String>> changes = Map.of("added", List.copyOf(added), "deleted", List.copyOf(deleted));
        plan = null;
        added.clear();
        deleted.clear();
        return changes;
    }

    /** Called before an app's inputs or annotations are listed. */
    synchronized void beforeList(String app) {
        if (plan != null && plan.app().equals(app) && ++calls % plan.every() == 0) {
            tables.store().change(() -> {
                for (int i = 0; i < plan.adds(); i++) {
                    add();
                }
                for (int i = 0; i < plan.deletes(); i++) {
                    deleteAny();
                }
            });
        }
    }

    private void add() {
        String id;
        do {
            id = String.format("churn-%07d", next++);
        } while (tables.inputs().contains(plan.app(), id));
        long number = DatasetControl.MOST_INPUTS + next;
        StoredInput input = items.insertInput(number, id, tables.store().nextSequence(), plan.dataset());
        items.insertAnnotation(input, number, 0, tables.store().nextSequence());
        added.add(id);
    }

    private void deleteAny() {
        long members = tables.datasets().count(plan.app(), plan.dataset());
        if (members > 0) {
            String id = tables.datasets()
                    .newestFirst(plan.app(), plan.dataset(), random.nextLong(members))
                    .findFirst()
                    .orElseThrow()
                    .inputId();
            tables.removeInput(plan.app(), id, files);
            deleted.add(id);
        }
    }
}
