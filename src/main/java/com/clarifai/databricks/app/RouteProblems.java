package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.run.Failure;
import com.google.common.base.Throwables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * Where in the files of routes is what Camel could not load. Camel names the route and quotes what is wrong in it, but
 * gives a line only for what is wrong in the YAML itself.
 */
final class RouteProblems {

    private static final Pattern PLACEHOLDER = Pattern.compile("Property with key \\[([^]]+)] not found");
    private static final Pattern PARAMETER = Pattern.compile("Unknown parameters=\\[\\{([\\w.-]+)=");
    private static final Pattern TEMPLATE = Pattern.compile("Failure creating route from template: ([\\w-]+)");
    private static final Pattern ARGUMENT =
            Pattern.compile("Route template ([\\w-]+) the following mandatory parameters must be provided: ([\\w-]+)");
    private static final Pattern STEP = Pattern.compile(">>> (.*?) <<< in route", Pattern.DOTALL);
    private static final int SHORTEST_QUOTE = 3;

    private final List<RouteText> texts;

    private RouteProblems(List<RouteText> texts) {
        this.texts = texts;
    }

    /** The same problem with its place, or as it is where it is none of a route. */
    static RuntimeException located(RuntimeException problem, Path directory) {
        List<Throwable> chain = Throwables.getCausalChain(problem);
        for (Throwable cause : chain) {
            if (cause instanceof MarkedYamlEngineException yaml
                    && yaml.getProblemMark().isPresent()) {
                return located(yaml, yaml.getProblemMark().get(), problem);
            }
        }
        return new RouteProblems(RouteText.in(directory))
                .place(chain)
                .<RuntimeException>map(text -> new BrokenRouteException(
                        text.place() + ": " + Failure.describe(Failure.cause(problem)), problem))
                .orElse(problem);
    }

    /** The loader of routes names the marks after the file. */
    private static RuntimeException located(MarkedYamlEngineException yaml, Mark mark, RuntimeException problem) {
        Path file = Path.of(mark.getName().replaceFirst("^file:", ""));
        int line = mark.getLine() + 1;
        String route = RouteText.of(file).stream()
                .filter(text -> text.line() <= line)
                .reduce((earlier, later) -> later)
                .map(RouteText::route)
                .orElse(null);
        return new BrokenRouteException(RouteText.place(file, line, route) + ": " + Problems.yaml(yaml), problem);
    }

    private Optional<RouteText> place(List<Throwable> chain) {
        Optional<String> route = route(chain);
        List<RouteText> candidates = route.map(id -> texts.stream()
                        .filter(text -> id.equals(text.route())
                                || id.replaceFirst("-\\d+$", "").equals(text.route()))
                        .toList())
                .orElse(texts);
        Optional<RouteText> lacking = lackingAnArgument(chain);
        if (lacking.isPresent()) {
            return lacking;
        }
        Optional<RouteText> found = clues(chain).stream()
                .map(clue -> candidates.stream()
                        .filter(text -> clue.test(text.text()))
                        .findFirst())
                .flatMap(Optional::stream)
                .findFirst();
        return found.or(() -> route.flatMap(
                id -> quoted(chain, candidates).or(() -> candidates.stream().findFirst())));
    }

    /** The first call of a template without an argument that it must have. */
    private Optional<RouteText> lackingAnArgument(List<Throwable> chain) {
        return chain.stream()
                .flatMap(cause ->
                        ARGUMENT.matcher(String.valueOf(cause.getMessage())).results())
                .findFirst()
                .flatMap(found -> IntStream.range(0, texts.size())
                        .filter(i -> uri("kamelet:" + found.group(1))
                                .test(texts.get(i).text()))
                        .filter(i -> !hasArgument(i, found.group(2)))
                        .mapToObj(texts::get)
                        .findFirst());
    }

    /** In the URI, or among the parameters that stand beside it. */
    private boolean hasArgument(int call, String name) {
        RouteText uri = texts.get(call);
        String step = uri.path().replaceFirst("\\.uri$", "");
        return uri.text().contains(name + '=')
                || texts.subList(call + 1, texts.size()).stream()
                        .takeWhile(text -> text.file().equals(uri.file())
                                && text.path().startsWith(step)
                                && !text.path().equals(uri.path()))
                        .anyMatch(text -> text.path().equals(step + ".parameters")
                                && text.text().equals(name));
    }

    private static Optional<String> route(List<Throwable> chain) {
        return chain.stream()
                .map(cause -> cause instanceof FailedToCreateRouteException created
                        ? created.getRouteId()
                        : cause instanceof FailedToStartRouteException started ? started.getRouteId() : null)
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner);
    }

    /** What the problem says of the text that it is about, the most exact first. */
    private static List<Predicate<String>> clues(List<Throwable> chain) {
        List<Predicate<String>> clues = new ArrayList<>();
        for (Throwable cause : chain) {
            String message = String.valueOf(cause.getMessage());
            group(PLACEHOLDER, message).ifPresent(key -> clues.add(text -> text.contains("{{" + key)));
            group(PARAMETER, message)
                    .ifPresent(name -> clues.add(text -> text.equals(name) || text.contains(name + '=')));
            group(TEMPLATE, message).ifPresent(name -> clues.add(uri("kamelet:" + name)));
            if (cause instanceof ExpressionIllegalSyntaxException syntax && syntax.getExpression() != null) {
                clues.add(syntax.getExpression()::equals);
            } else if (cause instanceof NoSuchBeanException bean) {
                clues.add(bean.getName()::equals);
                clues.add(text -> text.contains(bean.getName()));
            } else if (cause instanceof MethodNotFoundException method) {
                clues.add(text -> text.contains(method.getMethodName()));
            } else if (cause instanceof NoSuchEndpointException endpoint) {
                clues.add(uri(endpoint.getUri()));
            } else if (cause instanceof ResolveEndpointFailedException endpoint) {
                clues.add(uri(endpoint.getUri()));
            }
        }
        return clues;
    }

    private static Predicate<String> uri(String uri) {
        String plain = uri.replaceFirst("\\?.*", "").replaceFirst("://", ":");
        return text -> text.equals(plain) || text.startsWith(plain + '?');
    }

    private static Optional<String> group(Pattern pattern, String message) {
        Matcher matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The longest text of the route that Camel's description of the step has in it. */
    private static Optional<RouteText> quoted(List<Throwable> chain, List<RouteText> candidates) {
        return chain.stream()
                .flatMap(cause -> group(STEP, String.valueOf(cause.getMessage())).stream())
                .reduce((outer, inner) -> inner)
                .flatMap(step -> candidates.stream()
                        .filter(text -> text.text().length() >= SHORTEST_QUOTE && step.contains(text.text()))
                        .reduce((one, other) ->
                                other.text().length() > one.text().length() ? other : one));
    }
}
