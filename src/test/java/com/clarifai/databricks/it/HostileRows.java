package com.clarifai.databricks.it;

/** What imports of rows have to cope with: 300 rows, and some of every kind that is rejected. */
final class HostileRows {

    private HostileRows() {}

    /** @param images address of the sandbox's pictures */
    static String csv(String images) {
        StringBuilder csv = new StringBuilder("inputid,input,concepts,metadata,geopoints,annotations\n");
        for (int i = 0; i < 300; i++) {
            csv.append("row-" + i + "," + images + "/generated/" + i + ".jpg,\"cat, !dog\",,,\n");
        }
        return csv.append("marked," + images
                        + "/generated/1001.jpg,\"Ünïcode 'quoted' \"\"x\"\"\",\"{'k': \"\"o'hare\"\"}\",\"102,70\","
                        + "\"[{\"\"concepts\"\": [{\"\"id\"\": \"\"dog\"\"}]}]\"\n")
                .append("gone," + images + "/missing/1.jpg,,,,\n")
                .append("text," + images + "/text/1.jpg,,,,\n")
                .append("badmeta," + images + "/generated/1002.jpg,,{'a': ,,\n")
                .append("badgeo," + images + "/generated/1003.jpg,,,\"200,10\",\n")
                .append("not an id!," + images + "/generated/1004.jpg,,,,\n")
                .append("row-0," + images + "/generated/1005.jpg,,,,\n")
                .toString();
    }

    /** A table of 300 rows, and one whose picture is gone. */
    static void makeTable(Sandbox sandbox, String name) {
        String images = sandbox.setting("sandbox.images");
        sandbox.execute("CREATE TABLE " + name + " AS SELECT concat('row-', id) AS inputid, concat('" + images
                + "/generated/', id, '.jpg') AS input, array('cat', 'dog') AS concepts FROM range(300)"
                + " UNION ALL SELECT 'gone', '" + images + "/missing/1.jpg', NULL");
    }
}
