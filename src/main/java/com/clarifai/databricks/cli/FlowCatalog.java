package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.FlowRequest;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.google.common.base.Suppliers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * The flows that have a command of their own. Whoever starts one, from the page, by schedule or by its id, gives the
 * options of that command, which the parser of the command line checks.
 */
public final class FlowCatalog implements FlowParameters {

    /** What a problem is filed under that no single option has. */
    private static final String COMMAND = "command";

    /** As the page has it at a field that is empty. */
    static final String REQUIRED = "this is required";

    /** The commands as they are declared: to be looked at when they are needed, never to parse with. */
    private static final Supplier<CommandLine> DECLARED = Suppliers.memoize(CommandLineRunner::commandLine);

    /** Commands by the flows that they start. */
    private final Supplier<Map<String, String>> commands = Suppliers.memoize(FlowCatalog::find);

    private static Map<String, String> find() {
        Map<String, String> commands = new LinkedHashMap<>();
        add(commands, DECLARED.get(), "");
        return commands;
    }

    private static void add(Map<String, String> commands, CommandLine line, String prefix) {
        line.getSubcommands().forEach((name, command) -> {
            if (command.getCommand() instanceof RunCommand) {
                return;
            }
            if (command.getCommand() instanceof FlowCommand flow) {
                commands.put(flow.flow(), prefix + name);
            }
            add(commands, command, prefix + name + " ");
        });
    }

    /** The ids of their routes. */
    List<String> flows() {
        return List.copyOf(commands.get().keySet());
    }

    /** Words of the commands, such as {@code import volume}. */
    List<String> commands() {
        return List.copyOf(commands.get().values());
    }

    static CommandSpec spec(String command) {
        CommandLine line = DECLARED.get();
        for (String word : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        return line.getCommandSpec();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (String command : commands()) {
            FlowOptions.of(spec(command)).forEach(arg -> names.add(FlowOptions.header(FlowOptions.name(arg))));
        }
        return names;
    }

    @Override
    public Map<String, Object> headers(String flow, Map<String, String> parameters) {
        String command = commands.get().get(flow);
        if (command != null) {
            return request(words(command, parameters)).headers();
        }
        Map<String, Object> headers = new LinkedHashMap<>();
        parameters.forEach((name, value) -> headers.put(FlowOptions.header(name), value));
        return headers;
    }

    /**
     * What the words of a command line ask for.
     *
     * @throws WrongParameterException naming the options that are wrong
     */
    static FlowRequest request(List<String> words) {
        try {
            CommandLine parsed = CommandLineRunner.commandLine();
            // a value that begins with @ is a value, and no file to read more options from
            parsed.setExpandAtFiles(false);
            CommandLine.ParseResult result = parsed.parseArgs(words.toArray(String[]::new));
            while (result.hasSubcommand()) {
                result = result.subcommand();
            }
            FlowCommand command = (FlowCommand) result.commandSpec().userObject();
            command.checkElsewhere();
            return command.request();
        } catch (ParameterException e) {
            throw new WrongParameterException(problems(e));
        }
    }

    private static Map<String, String> problems(ParameterException problem) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (problem instanceof MissingParameterException missing) {
            missing.getMissing().forEach(arg -> problems.put(FlowOptions.name(arg), REQUIRED));
        } else {
            ArgSpec arg = problem.getArgSpec();
            String message = ParserMessages.of(problem);
            if (arg == null) {
                problems.put(COMMAND, FlowOptions.asParameters(message));
            } else {
                String label = FlowOptions.label(arg) + ": ";
                problems.put(
                        FlowOptions.name(arg),
                        FlowOptions.asParameters(
                                message.startsWith(label) ? message.substring(label.length()) : message));
            }
        }
        return problems;
    }

    /**
     * The words of a command line, each option one word, so that no value can be taken for an option.
     *
     * @param options texts, numbers and booleans by the names of the options
     * @throws WrongParameterException naming those that the command has not
     */
    static List<String> words(String command, Map<String, ?> options) {
        List<String> words = new ArrayList<>(Arrays.asList(command.split(" ")));
        List<String> positional = new ArrayList<>();
        Map<String, ArgSpec> known = new LinkedHashMap<>();
        for (ArgSpec arg : FlowOptions.of(spec(command))) {
            FlowOptions.names(arg).forEach(name -> known.put(name, arg));
        }
        Map<String, String> wrong = new LinkedHashMap<>();
        options.forEach((name, value) -> {
            ArgSpec arg = known.get(name);
            String text = value == null ? "" : value.toString().strip();
            if (arg == null || value instanceof Map || value instanceof List) {
                wrong.put(name, name + " is not an option of " + command);
            } else if (arg.isPositional() && !text.isEmpty()) {
                positional.add(text);
            } else if (!FlowOptions.isFlag(arg) && !text.isEmpty()) {
                words.add("--" + name + "=" + text);
            } else if (text.equals("true")) {
                words.add("--" + name);
            } else if (FlowOptions.isFlag(arg) && !text.isEmpty() && !text.equals("false")) {
                wrong.put(name, name + " is true or false, not '" + text + "'");
            }
        });
        if (!wrong.isEmpty()) {
            throw new WrongParameterException(wrong);
        }
        if (!positional.isEmpty()) {
            words.add("--");
            words.addAll(positional);
        }
        return words;
    }
}
