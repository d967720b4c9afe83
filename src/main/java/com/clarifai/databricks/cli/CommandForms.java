package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.FlowStart;
import com.clarifai.databricks.console.PageWords;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.clarifai.databricks.service.PageProblems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands of the command line as forms, and filled-in forms as command lines: the same parser checks both, so that
 * names, defaults and messages are the same.
 */
final class CommandForms implements Commands {

    /** The commands, and the tab that each belongs to. */
    private static final Map<String, String> TABS = new LinkedHashMap<>();

    static {
        TABS.put("import volume", "import");
        TABS.put("import csv", "import");
        TABS.put("import delta", "import");
        TABS.put("export", "export");
        TABS.put("update", "update");
        TABS.put("migrate", "update");
    }

    private static final Map<String, String> LISTS = Map.of(
            "catalog", "catalogs",
            "schema", "schemas",
            "volume", "volumes",
            "table", "tables",
            "inputs-table", "tables",
            "annotations-table", "tables",
            "app", "apps",
            "dataset", "datasets");

    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

    @Override
    public Map<String, Object> forms() {
        return Map.of(
                "items", TABS.keySet().stream().map(CommandForms::form).toList(), "flows", new FlowCatalog().flows());
    }

    @Override
    public String describe(Throwable problem) {
        return PageProblems.describe(problem);
    }

    @Override
    public FlowStart flow(String command, Map<String, Object> options) {
        if (!TABS.containsKey(command)) {
            throw ApiException.invalidFields(
                    Map.of("command", "'" + command + "' is not one of: " + String.join(", ", TABS.keySet())));
        }
        try {
            List<String> words = FlowCatalog.words(command, options);
            FlowRequest request = FlowCatalog.request(words);
            return new FlowStart(request.flow(), request.headers(), command, options, shellLine(words));
        } catch (WrongParameterException e) {
            Map<String, String> problems = new LinkedHashMap<>(e.problems());
            problems.replaceAll((name, problem) -> PageWords.of(problem));
            throw ApiException.invalidFields(problems);
        }
    }

    @Override
    public FlowStart start(String flow, Map<String, Object> parameters) {
        String command = TABS.keySet().stream()
                .filter(one -> ((FlowCommand) FlowCatalog.spec(one).userObject())
                        .flow()
                        .equals(flow))
                .findFirst()
                .orElse(null);
        if (command == null) {
            return new FlowStart(flow, parameters, flow, Map.of(), null);
        }
        Map<String, Object> options = new LinkedHashMap<>();
        for (ArgSpec arg : FlowOptions.of(FlowCatalog.spec(command))) {
            Object value = parameters.get(FlowOptions.header(FlowOptions.name(arg)));
            if (value != null && !value.toString().equals(FlowOptions.preset(arg))) {
                options.put(FlowOptions.name(arg), value);
            }
        }
        return new FlowStart(flow, parameters, command, options, shellLine(FlowCatalog.words(command, options)));
    }

    private static String shellLine(List<String> words) {
        StringBuilder line = new StringBuilder("databricks-connect");
        for (String word : words) {
            boolean plain = PLAIN_WORD.matcher(word).matches();
            line.append(' ').append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    private static Map<String, Object> form(String command) {
        CommandSpec spec = FlowCatalog.spec(command);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("command", command);
        form.put("flow", ((FlowCommand) spec.userObject()).flow());
        form.put("tab", TABS.get(command));
        form.put("title", title(command));
        form.put(
                "description",
                Arrays.stream(spec.usageMessage().description())
                        .filter(line -> !line.isBlank())
                        .map(PageWords::of)
                        .toList());
        form.put(
                "options",
                FlowOptions.of(spec).stream().map(CommandForms::field).toList());
        return form;
    }

    private static String title(String command) {
        String last = command.substring(command.lastIndexOf(' ') + 1);
        return switch (command) {
            case "import csv" -> "CSV files";
            case "import delta" -> "Table";
            default -> last.substring(0, 1).toUpperCase() + last.substring(1);
        };
    }

    private static Map<String, Object> field(ArgSpec arg) {
        Map<String, Object> field = new LinkedHashMap<>();
        field.put("name", FlowOptions.name(arg));
        field.put("label", FlowOptions.label(arg));
        field.put("placeholder", arg.paramLabel());
        field.put("description", PageWords.of(String.join(" ", arg.renderedDescription())));
        field.put("required", arg.required());
        field.put("default", Objects.requireNonNullElse(FlowOptions.preset(arg), ""));
        field.put("type", type(arg));
        field.put("choices", choices(arg));
        field.put("list", arg.isPositional() ? null : LISTS.get(FlowOptions.name(arg)));
        field.put("group", group(arg));
        return field;
    }

    private static String type(ArgSpec arg) {
        if (FlowOptions.isFlag(arg)) {
            return "flag";
        }
        return arg.type().isEnum() ? "choice" : arg.type() == int.class ? "number" : "text";
    }

    private static List<String> choices(ArgSpec arg) {
        return arg.type().isEnum()
                ? Arrays.stream(arg.type().getEnumConstants())
                        .map(Object::toString)
                        .map(String::toLowerCase)
                        .toList()
                : List.of();
    }

    private static String group(ArgSpec arg) {
        String heading = arg.group() == null ? null : arg.group().heading();
        return heading == null ? "" : heading.replace("%n", "").replace(":", "").strip();
    }
}
