package com.clarifai.databricks.cli;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;

import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A workspace with the volume main.default.photos, and an S3, for a page to choose from. */
public final class ScriptedPlaces implements AutoCloseable {

    public static final String PHOTOS = "/Volumes/main/default/photos";
    static final String DIRECTORIES = "/api/2.0/fs/directories";

    private static final ObjectMapper JSON = new ObjectMapper();
    /** As many entries as the Files API puts on a page. */
    private static final int PAGE = 1_000;

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final FakeWorkspace store = new FakeWorkspace();
    private final FakeClarifai clarifai = new FakeClarifai();

    public ScriptedPlaces() {
        workspace
                .on("GET /api/2.1/unity-catalog/catalogs", json("{\"catalogs\":[{\"name\":\"main\"}]}"))
                .on("GET /api/2.1/unity-catalog/schemas", json("{\"schemas\":[{\"name\":\"default\"}]}"))
                .on("GET /api/2.1/unity-catalog/volumes", json("{\"volumes\":[{\"name\":\"photos\"}]}"));
    }

    public FakeWorkspace workspace() {
        return workspace;
    }

    public FakeWorkspace store() {
        return store;
    }

    /** A connection that is complete, and keys of S3. */
    public Map<String, String> settings() {
        return Map.of(
                "databricks.host",
                workspace.host(),
                "databricks.token",
                FakeWorkspace.TOKEN,
                "databricks.warehouse-id",
                "w1",
                "clarifai.pat",
                FakeClarifai.PAT,
                "clarifai.base-url",
                clarifai.url(),
                "s3.endpoint",
                store.host(),
                "s3.path-style",
                "true",
                "s3.region",
                "us-east-1",
                "s3.access-key",
                "configured-key",
                "s3.secret-key",
                "configured-secret");
    }

    /** A folder with these names, of which those with a slash at the end are folders, in pages as the Files API has them. */
    public void folder(String path, List<String> names) {
        for (int from = 0; from == 0 || from < names.size(); from += PAGE) {
            int next = from + PAGE;
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode contents = answer.putArray("contents");
            names.subList(from, Math.min(next, names.size())).forEach(name -> entry(contents, path, name));
            if (next < names.size()) {
                answer.put("next_page_token", "from" + next);
            }
            workspace.on(
                    "GET " + DIRECTORIES + path + "?page_size=" + PAGE + (from == 0 ? "" : "&page_token=from" + from),
                    json(answer.toString()));
        }
    }

    private static void entry(ArrayNode contents, String path, String name) {
        boolean directory = name.endsWith("/");
        String plain = name.replace("/", "");
        ObjectNode entry = contents.addObject().put("path", path + "/" + plain).put("name", plain);
        entry.put("is_directory", directory);
        if (!directory) {
            entry.put("file_size", 1_000).put("last_modified", 1_772_366_400_000L);
        }
    }

    /** {@code image_000000.jpg} and so on. */
    public static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj("image_%06d.jpg"::formatted).toList();
    }

    public void file(String path, byte[] content) {
        String file = "/api/2.0/fs/files" + path.replace("=", "%3D");
        workspace.on("GET " + file, bytes(content)).on("HEAD " + file, FakeWorkspace.head(content.length));
    }

    /** What the CSV file of a bucket holds. */
    public void object(String bucket, String key, String content) {
        store.on("GET /" + bucket + "/" + key, status(200, content).with("ETag", "\"1\""))
                .on("HEAD /" + bucket + "/" + key, FakeWorkspace.head(content.length()))
                // Camel's component asks whether there is the bucket
                .on("HEAD /" + bucket, status(200));
    }

    /** A bucket with a CSV file and a folder in its folder {@code in/}. */
    public void bucket(String name) {
        store.on(
                "GET /" + name,
                xml("<ListBucketResult><IsTruncated>false</IsTruncated><Prefix>in/</Prefix>"
                        + "<Contents><Key>in/</Key><Size>0</Size></Contents>"
                        + "<Contents><Key>in/a.csv</Key><Size>12</Size></Contents>"
                        + "<CommonPrefixes><Prefix>in/2026/</Prefix></CommonPrefixes></ListBucketResult>"));
    }

    static Answer xml(String body) {
        return status(200, "<?xml version=\"1.0\"?>" + body).with("Content-Type", "application/xml");
    }

    public static Answer s3Error(int status, String code) {
        return status(status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>said</Message></Error>")
                .with("Content-Type", "application/xml")
                .with("x-amz-request-id", "r1");
    }

    @Override
    public void close() {
        workspace.close();
        store.close();
        clarifai.close();
    }
}
