package com.clarifai.databricks.sandbox;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What is printed once the sandbox is up: where everything is, and what to try. */
record Guide(Map<String, String> endpoints, DataDirectory data, Path file) {

    @Override
    public String toString() {
        String list = endpoints.entrySet().stream()
                .map(entry -> "  %-24s %s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("\n"));
        String host = endpoints.get("databricks.host");
        String curl = "curl -H 'Authorization: Bearer " + endpoints.get("databricks.token") + "' ";
        return """
                The sandbox is up.

                %s

                These settings are in  %s
                Everything is kept in  %s%s

                Try
                  %s%s/api/2.1/unity-catalog/catalogs
                  %s%s/api/2.0/fs/directories/Volumes/%s
                  curl %s/calls
                  curl --data 'files:GET=503,times=3,retry-after=1' %s/faults

                Ctrl-C stops it.""".formatted(
                        list,
                        file,
                        data.path(),
                        data.temporary() ? " until the sandbox stops" : "",
                        curl,
                        host,
                        curl,
                        host,
                        endpoints.get("sandbox.volume").replace('.', '/'),
                        endpoints.get("sandbox.control"),
                        endpoints.get("sandbox.control"));
    }
}
