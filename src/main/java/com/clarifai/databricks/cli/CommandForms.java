package com.clarifai.databricks.cli;

import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.FlowStart;
import com.clarifai.databricks.flow.Failure;
import com.clarifai.databricks.flow.ForeignTableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

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

    /** They change what is printed, or the exit code. */
    private static final Set<String> OF_THE_TERMINAL = Set.of("preview", "fail-on-rejects");

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
        return Map.of("items", TABS.keySet().stream().map(CommandForms::form).toList());
    }

    @Override
    public String describe(Throwable problem) {
        if (Failure.cause(problem) instanceof ForeignTableException e) {
            return e.problem() + "; choose another name, or tick Force under More options";
        }
        return Problems.describe(problem);
    }

    @Override
    public FlowStart flow(String command, Map<String, Object> options) {
        if (!TABS.containsKey(command)) {
            throw ApiException.invalidFields(
                    Map.of("command", "'" + command + "' is none of: " + String.join(", ", TABS.keySet())));
        }
        List<String> words = words(command, options);
        FlowRequest request = parse(words);
        return new FlowStart(request.flow(), request.headers(), command, options, shellLine(words));
    }

    private static FlowRequest parse(List<String> words) {
        try {
            CommandLine parsed = CommandLineRunner.commandLine();
            // a value that begins with @ is a value, and no file to read more options from
            parsed.setExpandAtFiles(false);
            CommandLine.ParseResult result = parsed.parseArgs(words.toArray(String[]::new));
            while (result.hasSubcommand()) {
                result = result.subcommand();
            }
            return ((FlowCommand) result.commandSpec().userObject()).request();
        } catch (ParameterException e) {
            throw ApiException.invalidFields(fields(e));
        }
    }

    private static Map<String, String> fields(ParameterException problem) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (problem instanceof MissingParameterException missing) {
            missing.getMissing().forEach(arg -> fields.put(name(arg), label(arg) + " is required"));
        } else {
            String field = problem.getArgSpec() == null ? "command" : name(problem.getArgSpec());
            fields.put(field, problem.getMessage());
        }
        return fields;
    }

    /** The words of the command line, each option one word, so that no value can be taken for an option. */
    private static List<String> words(String command, Map<String, Object> options) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
        List<String> positional = new ArrayList<>();
        Map<String, ArgSpec> known = new LinkedHashMap<>();
        arguments(spec(command)).forEach(arg -> known.put(name(arg), arg));
        Map<String, String> unknown = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            ArgSpec arg = known.get(name);
            String text = value == null ? "" : value.toString().strip();
            if (arg == null || value instanceof Map || value instanceof List) {
                unknown.put(name, name + " is no option of " + command);
            } else if (arg.isPositional() && !text.isEmpty()) {
                positional.add(text);
            } else if (isFlag(arg) && text.equals("true")) {
                words.add("--" + name);
            } else if (!isFlag(arg) && !text.isEmpty()) {
                words.add("--" + name + "=" + text);
            }
        });
        if (!unknown.isEmpty()) {
            throw ApiException.invalidFields(unknown);
        }
        if (!positional.isEmpty()) {
            words.add("--");
            words.addAll(positional);
        }
        return words;
    }

    private static String shellLine(List<String> words) {
        StringBuilder line = new StringBuilder("databricks-connect");
        for (String word : words) {
            boolean plain = PLAIN_WORD.matcher(word).matches();
            line.append(' ').append(plain ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    private static CommandSpec spec(String command) {
        CommandLine line = CommandLineRunner.commandLine();
        for (String word : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        return line.getCommandSpec();
    }

    /** Positional parameters, then options, without those that all commands have. */
    private static List<ArgSpec> arguments(CommandSpec spec) {
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream()
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .filter(option -> !OF_THE_TERMINAL.contains(name(option)))
                .forEach(arguments::add);
        return arguments;
    }

    private static Map<String, Object> form(String command) {
        CommandSpec spec = spec(command);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("command", command);
        form.put("flow", ((FlowCommand) spec.userObject()).flow());
        form.put("tab", TABS.get(command));
        form.put("title", title(command));
        form.put(
                "description",
                Arrays.stream(spec.usageMessage().description())
                        .filter(line -> !line.isBlank())
                        .toList());
        form.put("options", arguments(spec).stream().map(CommandForms::field).toList());
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
        field.put("name", name(arg));
        field.put("label", label(arg));
        field.put("placeholder", arg.paramLabel());
        field.put("description", String.join(" ", arg.renderedDescription()));
        field.put("required", arg.required());
        field.put("default", Optional.ofNullable(arg.defaultValue()).orElse(isFlag(arg) ? "false" : ""));
        field.put("type", type(arg));
        field.put("choices", choices(arg));
        field.put("list", arg.isPositional() ? null : LISTS.get(name(arg)));
        field.put("group", group(arg));
        return field;
    }

    private static String type(ArgSpec arg) {
        if (isFlag(arg)) {
            return "flag";
        }
        return arg.type().isEnum() ? "choice" : arg.type() == int.class ? "number" : "text";
    }

    private static boolean isFlag(ArgSpec arg) {
        return arg.type() == boolean.class;
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

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? option.longestName().replaceFirst("^--", "")
                : ((PositionalParamSpec) arg).paramLabel().toLowerCase();
    }

    private static String label(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
