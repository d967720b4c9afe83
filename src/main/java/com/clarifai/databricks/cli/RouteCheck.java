package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.RouteText;
import com.clarifai.databricks.flow.check.CheckReport;
import com.clarifai.databricks.flow.check.Checks;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.table.ResultPages;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Mistakes in the files of routes that Camel meets only when a message comes by, if at all: calls that lead nowhere, and
 * variables and properties that nothing sets. What only a run completes, {@code direct:table-${…}}, is taken for right
 * when anything may be meant.
 */
final class RouteCheck {

    /** Set by the application. */
    private static final Map<String, Class<?>> GIVEN =
            Map.of(Run.VARIABLE, Run.class, Checks.REPORT, CheckReport.class, ResultPages.AFTER, Object.class);

    private static final Set<String> WORDS_OF_PEOPLE = Set.of("description", "note");

    private static final String NAME = "[A-Za-z][\\w-]*";
    private static final Pattern CALL = Pattern.compile("(?:direct|seda):[^?]+");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{variable\\.(" + NAME + ")((?:\\??\\.\\w+(?![\\w(]))*)(?![\\w:-])");
    private static final Pattern PROPERTY = Pattern.compile("\\$\\{exchangeProperty\\.(" + NAME + ")");
    private static final Pattern IN_SCRIPT = Pattern.compile("set(Variable|Property)\\(\\s*['\"](" + NAME + ")['\"]");
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}|\\{\\{[^}]*}}");

    private final List<RouteText> texts;
    private final Set<String> callable;
    private final Set<String> variables;
    private final Set<String> properties;
    private final List<String> mistakes = new ArrayList<>();

    private RouteCheck(List<RouteText> texts) {
        this.texts = texts;
        this.callable = texts.stream()
                .filter(text -> text.path().matches("(route\\.|routeTemplate\\.)?from(\\.uri)?"))
                .map(text -> text.text().replaceFirst("\\?.*", ""))
                .collect(Collectors.toSet());
        this.variables =
                set("(?i).*(setVariables?(\\.variables)?\\.name|variableReceive|convert\\w+\\.toName)", "Variable");
        this.properties = set("(?i).*setProperty\\.name|.*setProperties\\.properties\\.name", "Property");
    }

    /** @return each with its place */
    static List<String> mistakes(Path directory) {
        RouteCheck check = new RouteCheck(RouteText.in(directory));
        check.texts.stream()
                .filter(text -> !WORDS_OF_PEOPLE.contains(text.entry()))
                .forEach(check::look);
        return check.mistakes;
    }

    /** Names that steps with this path give, and those of scripts. */
    private Set<String> set(String path, String inScript) {
        Stream<String> steps =
                texts.stream().filter(text -> text.path().matches(path)).map(RouteText::text);
        Stream<String> scripts = texts.stream()
                .flatMap(text -> IN_SCRIPT.matcher(text.text()).results())
                .filter(found -> found.group(1).equals(inScript))
                .map(found -> found.group(2));
        return Stream.concat(steps, scripts).collect(Collectors.toSet());
    }

    private void look(RouteText text) {
        if (CALL.matcher(text.text().replaceFirst("\\?.*", "")).matches() && !leadsSomewhere(text.text())) {
            mistake(text, text.text() + " leads nowhere: no route begins with it");
        }
        VARIABLE.matcher(text.text()).results().forEach(found -> lookAtVariable(text, found));
        PROPERTY.matcher(text.text())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("Camel") && isUnknown(name, properties))
                .forEach(name -> mistake(text, "nothing sets a property " + name + " of the exchange"));
    }

    private void lookAtVariable(RouteText text, MatchResult found) {
        String name = found.group(1);
        if (GIVEN.containsKey(name) && !variables.contains(name) || name.equals(Run.VARIABLE)) {
            missing(GIVEN.get(name), found.group(2))
                    .ifPresent(step -> mistake(text, "variable." + name + found.group(2) + ": there is no " + step));
        } else if (isUnknown(name, variables)) {
            mistake(text, "nothing sets a variable " + name);
        }
    }

    private boolean leadsSomewhere(String uri) {
        Pattern meant = anyOf(uri.replaceFirst("\\?.*", ""));
        return callable.stream().anyMatch(meant.asMatchPredicate());
    }

    /** A name that is set may be completed only when its template is used. */
    private static boolean isUnknown(String name, Set<String> known) {
        return known.stream().noneMatch(other -> anyOf(other).matcher(name).matches());
    }

    private static Pattern anyOf(String text) {
        return Pattern.compile(
                Stream.of(EXPRESSION.split(text, -1)).map(Pattern::quote).collect(Collectors.joining(".+")));
    }

    /** The first name on a way such as {@code .tables.tracking} that its class does not have. */
    private static Optional<String> missing(Class<?> type, String way) {
        Class<?> reached = type;
        for (String name : way.split("\\??\\.")) {
            if (name.isEmpty()) {
                continue;
            }
            if (reached == null || reached == Object.class || Map.class.isAssignableFrom(reached)) {
                return Optional.empty();
            }
            Optional<Method> getter = getter(reached, name);
            if (getter.isEmpty()) {
                return Optional.of(name);
            }
            reached = getter.get().getReturnType();
        }
        return Optional.empty();
    }

    private static Optional<Method> getter(Class<?> type, String name) {
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getParameterCount() == 0
                        && Set.of(name, "get" + capital, "is" + capital).contains(method.getName()))
                .findFirst();
    }

    private void mistake(RouteText text, String what) {
        mistakes.add(text.place() + ": " + what);
    }
}
