package com.clarifai.databricks.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/**
 * Leaves out the routes that a command never comes by.
 *
 * <p>Each call of a block is made a route of its own, and all flows together are more than four hundred: a flow needs less
 * than a fifth of them, and making the others takes longer than all the rest of its start.
 */
final class ReachedRoutes {

    private ReachedRoutes() {}

    /**
     * To be called before the context starts. Where it cannot be known what is called, as a message tells it, or as there
     * are routes that are in none of the files, all of them stay.
     *
     * @param directory of the files of routes
     * @param called routes that are called from outside, by their ids
     */
    static void only(CamelContext context, Path directory, Set<String> called) {
        List<RouteDefinition> all = List.copyOf(((ModelCamelContext) context).getRouteDefinitions());
        List<String> from = new ArrayList<>(called);
        all.stream()
                .filter(route -> CalledRoutes.IN_EVERY_RUN.equals(route.getGroup()))
                .forEach(route -> from.add(route.getRouteId()));
        RouteMap map = RouteMap.of(directory);
        Set<String> ids = all.stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        if (!map.knows(ids)) {
            return;
        }
        map.reachedFrom(from).ifPresent(reached -> all.stream()
                .filter(route -> !reached.contains(route.getRouteId()))
                .forEach(route -> leaveOut(context, route)));
    }

    private static void leaveOut(CamelContext context, RouteDefinition route) {
        try {
            ((ModelCamelContext) context).removeRouteDefinition(route);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }
}
