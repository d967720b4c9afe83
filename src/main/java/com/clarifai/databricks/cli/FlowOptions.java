package com.clarifai.databricks.cli;

import com.clarifai.databricks.model.ParameterName;
import com.google.common.base.CaseFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a command as the parameters of its flow. The command is where they are declared; the page's forms, the
 * schedules and the headers of the routes have them from here.
 */
final class FlowOptions {

    /** They change what is printed, or the exit code. */
    private static final Set<String> OF_THE_TERMINAL = Set.of("preview", "fail-on-rejects", "list");

    /** As this application's messages write an option, or as those of the parser do: {@code option '--images'}. */
    private static final Pattern OPTION =
            Pattern.compile("option '--([a-z-]+)'|(?<![\\w-])--([a-z]+(?:-[a-z]+)*)(?:=([\\w-]+))?");

    private FlowOptions() {}

    /** Positional parameters, then options, without those that all commands have or that are for a terminal only. */
    static List<ArgSpec> of(CommandSpec spec) {
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream()
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .filter(option -> !OF_THE_TERMINAL.contains(name(option)))
                .forEach(arguments::add);
        return arguments;
    }

    /** As in forms and schedules: {@code label-from-folder}. */
    static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? option.longestName().replaceFirst("^--", "")
                : ((PositionalParamSpec) arg).paramLabel().toLowerCase(Locale.ROOT);
    }

    /** That name, and the others that the option has. */
    static List<String> names(ArgSpec arg) {
        return arg instanceof OptionSpec option
                ? Arrays.stream(option.names())
                        .map(name -> name.replaceFirst("^--", ""))
                        .toList()
                : List.of(name(arg));
    }

    /** As the command line writes it: {@code --label-from-folder}, or the label of a positional parameter. */
    static String label(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    /** A message of the command line's parser with the options in it as parameters of a flow. */
    static String asParameters(String message) {
        return OPTION.matcher(message).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(2) : found.group(1);
            String value = found.group(3);
            return Matcher.quoteReplacement(
                    value == null ? ParameterName.named(name) : ParameterName.named(name, value));
        });
    }

    /** A message with the parameters in it as the command line writes them: {@code --deletes=mark}. */
    static String onCommandLine(String message) {
        return ParameterName.written(message, (name, value) -> "--" + name + (value == null ? "" : "=" + value));
    }

    /** As a header of the flow: {@code labelFromFolder}. */
    static String header(String name) {
        return CaseFormat.LOWER_HYPHEN.to(CaseFormat.LOWER_CAMEL, name);
    }

    static boolean isFlag(ArgSpec arg) {
        return arg.type() == boolean.class;
    }

    /** What it is when it is not given; null when there is no default. */
    static String preset(ArgSpec arg) {
        return isFlag(arg) ? "false" : arg.defaultValue();
    }

    /** What was given on the parsed command line, or is the default: texts, by the name of the header. */
    static Map<String, Object> values(CommandSpec spec) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (ArgSpec arg : of(spec)) {
            String value = value(spec.commandLine().getParseResult(), arg);
            if (value != null) {
                values.put(header(name(arg)), value);
            }
        }
        return values;
    }

    private static String value(ParseResult parsed, ArgSpec arg) {
        Object value = arg instanceof OptionSpec option
                ? parsed.matchedOptionValue(option.longestName(), null)
                : parsed.matchedPositionalValue(
                        ((PositionalParamSpec) arg).index().min(), null);
        if (value == null) {
            return preset(arg);
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : value.toString();
    }
}
