package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.databricks.FakeWorkspace.answering;
import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.head;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;

/** The files of all volumes, in memory; each was written at the same time. */
final class Volumes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final long MODIFIED = 1_772_366_400_000L;
    private static final String LAST_MODIFIED = "Sun, 01 Mar 2026 12:00:00 GMT";

    private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

    Volumes(FakeWorkspace workspace) {
        workspace
                .onPrefix("PUT " + FILES, answering((path, body) -> {
                    files.put(path.substring(FILES.length()), body);
                    return status(204);
                }))
                .onPrefix("HEAD " + FILES, answering((path, body) -> found(path, head(size(path)))))
                .onPrefix("GET " + FILES, answering((path, body) -> found(path, bytes(content(path)))))
                .onPrefix("DELETE " + FILES, answering((path, body) -> {
                    files.remove(path.substring(FILES.length()));
                    return status(204);
                }))
                .onPrefix("PUT " + DIRECTORIES, status(204))
                .onPrefix("DELETE " + DIRECTORIES, status(204))
                .onPrefix(
                        "GET " + DIRECTORIES,
                        answering((path, body) -> json(list(path.substring(DIRECTORIES.length())))));
    }

    void put(String path, byte[] content) {
        files.put(path, content);
    }

    void remove(String path) {
        files.remove(path);
    }

    private Answer found(String path, Answer answer) {
        return files.containsKey(path.substring(FILES.length()))
                ? answer.with("Last-Modified", LAST_MODIFIED)
                : error(404, "NOT_FOUND", "there is no such file");
    }

    private byte[] content(String path) {
        return files.getOrDefault(path.substring(FILES.length()), new byte[0]);
    }

    private int size(String path) {
        return content(path).length;
    }

    private String list(String path) {
        String folder = path.replaceFirst("/*$", "/");
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode contents = answer.putArray("contents");
        TreeSet<String> folders = new TreeSet<>();
        files.forEach((file, content) -> {
            if (!file.startsWith(folder)) {
                return;
            }
            String name = file.substring(folder.length());
            if (name.contains("/")) {
                folders.add(name.substring(0, name.indexOf('/')));
                return;
            }
            contents.addObject()
                    .put("path", file)
                    .put("name", name)
                    .put("is_directory", false)
                    .put("file_size", content.length)
                    .put("last_modified", MODIFIED);
        });
        folders.forEach(name -> contents.addObject()
                .put("path", folder + name)
                .put("name", name)
                .put("is_directory", true));
        return answer.toString();
    }
}
