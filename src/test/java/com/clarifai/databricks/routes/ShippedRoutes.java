package com.clarifai.databricks.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Single routes and blocks of the shipped files, without the beans and routes around them. */
final class ShippedRoutes {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ShippedRoutes() {}

    /** @param file in {@code routes/}, without its ending */
    static void load(CamelContext context, String file, Set<String> ids) throws Exception {
        ArrayNode chosen = YAML.createArrayNode();
        for (JsonNode part :
                YAML.readTree(Path.of("routes/" + file + ".camel.yaml").toFile())) {
            if (ids.contains(part.at("/route/id").asText())
                    || ids.contains(part.at("/routeTemplate/id").asText())) {
                chosen.add(part);
            }
        }
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(file + ".camel.yaml", YAML.writeValueAsString(chosen)));
    }
}
