package com.clarifai.databricks.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion for <a href="https://fishshell.com/docs/current/completions.html">fish</a>, which the parser's library has only
 * for bash and zsh: a line for each command, option and value that can be chosen.
 */
final class FishCompletion {

    /**
     * Whether the words before the cursor lead to a command. A value of an option may be called as a command is, so each
     * option that takes one has the next word skipped.
     */
    private static final String AT = """
            function __%1$s_at
                set -l commands %2$s
                set -l valued %3$s
                set -l path
                set -l skip 0
                for word in (commandline -opc)[2..-1]
                    if test $skip = 1
                        set skip 0
                    else if contains -- $word $valued
                        set skip 1
                    else if contains -- (string join / $path $word) $commands
                        set -a path $word
                    end
                end
                set -l joined (string join / $path)
                test "$joined" = "$argv"
            end
            """;

    private final String name;
    private final List<String> lines = new ArrayList<>();
    private final List<String> commands = new ArrayList<>();
    private final TreeSet<String> valued = new TreeSet<>();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(CommandLine root) {
        FishCompletion fish = new FishCompletion(root.getCommandName());
        fish.add(root, "");
        String function = AT.formatted(fish.function(), String.join(" ", fish.commands), String.join(" ", fish.valued));
        return function + fish.lines.stream().collect(Collectors.joining("\n", "\n", "\n"));
    }

    private String function() {
        return name.replace('-', '_');
    }

    /** @param path the words that lead to the command, with slashes between them */
    private void add(CommandLine command, String path) {
        CommandSpec spec = command.getCommandSpec();
        spec.positionalParameters().stream()
                .filter(parameter -> parameter.completionCandidates() != null)
                .forEach(parameter -> lines.add(line(path) + " -f" + values(parameter)));
        spec.options().stream().filter(option -> !option.hidden()).forEach(option -> add(option, path));
        if (spec.positionalParameters().isEmpty()) {
            lines.add(line(path) + " -f");
        }
        for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
            CommandSpec subspec = sub.getValue().getCommandSpec();
            if (!subspec.usageMessage().hidden()) {
                String subpath = path.isEmpty() ? sub.getKey() : path + "/" + sub.getKey();
                commands.add(subpath);
                lines.add(line(path) + " -a " + sub.getKey()
                        + described(subspec.usageMessage().description()));
                add(sub.getValue(), subpath);
            }
        }
    }

    private void add(OptionSpec option, String path) {
        StringBuilder line = new StringBuilder(line(path));
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (!FlowOptions.isFlag(option) && option.arity().max() > 0) {
            valued.addAll(List.of(option.names()));
            line.append(isFile(option) ? " -rF" : " -x")
                    .append(option.completionCandidates() == null ? "" : values(option));
        }
        lines.add(line + described(option.renderedDescription()));
    }

    private static boolean isFile(OptionSpec option) {
        return option.longestName().endsWith("-file") || option.longestName().equals("--config");
    }

    private String line(String path) {
        return "complete -c " + name + " -n '__" + function() + "_at " + path + "'";
    }

    private static String values(ArgSpec arg) {
        return " -a "
                + quoted(StreamSupport.stream(arg.completionCandidates().spliterator(), false)
                        .map(value -> value.toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" ")));
    }

    /** The first sentence, or part of one. */
    private static String described(String... description) {
        return description.length == 0 ? "" : " -d " + quoted(description[0].split("[.;:] |[.]$", 2)[0]);
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
