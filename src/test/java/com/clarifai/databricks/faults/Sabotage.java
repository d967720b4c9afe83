package com.clarifai.databricks.faults;

import java.util.Locale;

/** A break on purpose, after which the suite must find something: {@code -Dfaults.sabotage=drop-row}. */
enum Sabotage {
    NONE {
        @Override
        void on(Place place) {}
    },
    DROP_ROW {
        @Override
        void on(Place place) {
            place.sandbox().execute("DELETE FROM " + place.table("rows") + " WHERE input_id = '" + first(place) + "'");
        }
    },
    CHANGE_ROW {
        @Override
        void on(Place place) {
            place.sandbox()
                    .execute("UPDATE " + place.table("rows") + " SET image_info = 'other' WHERE input_id = '"
                            + first(place) + "'");
        }
    },
    DUPLICATE_ROW {
        @Override
        void on(Place place) {
            String table = place.table("rows");
            place.sandbox().execute("INSERT INTO " + table + " SELECT * FROM " + table + " ORDER BY input_id LIMIT 1");
        }
    };

    private static Object first(Place place) {
        return place.sandbox()
                .query("SELECT min(input_id) AS id FROM " + place.table("rows"))
                .get(0)
                .get("id");
    }

    static Sabotage chosen() {
        String name = System.getProperty("faults.sabotage", "");
        return name.isBlank() ? NONE : valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** To be done where a flow has ended well. */
    abstract void on(Place place);
}
